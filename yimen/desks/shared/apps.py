"""App entry: templates, tags and static files of the desks."""

from importlib import import_module

from django.apps import AppConfig

_JOBS = (
    "yimen.desks.shared.lists.exporting",
    "yimen.desks.shared.printing.working",
    "yimen.desks.shared.batches.running",
    "yimen.desks.district.uplift.working",
    "yimen.desks.township.money.rolls.working",
    "yimen.desks.township.closing.working",
    "yimen.gateways.bank.working",
)
"""Where jobs are done that no other app brings along: the worker opens no page and would not know them otherwise."""


class SharedConfig(AppConfig):
    name = "yimen.desks.shared"
    label = "desks"

    def ready(self) -> None:
        """The worker knows every kind of job: lists, papers, batches, reckoning anew, rolls, closes, banks' answers."""
        for module in _JOBS:
            import_module(module)
