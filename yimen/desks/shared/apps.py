"""App entry: templates, tags and static files of the desks."""

from importlib import import_module

from django.apps import AppConfig


class SharedConfig(AppConfig):
    name = "yimen.desks.shared"
    label = "desks"

    def ready(self) -> None:
        """The worker knows how lists are exported, papers printed, batches run and districts reckoned anew."""
        import_module(f"{self.name}.lists.exporting")
        import_module(f"{self.name}.printing.working")
        import_module(f"{self.name}.batches.running")
        import_module("yimen.desks.district.uplift.working")
