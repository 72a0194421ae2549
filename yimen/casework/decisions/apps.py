"""App entry. Guards, scopes and papers register themselves when the app is ready."""

from importlib import import_module

from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    name = "yimen.casework.decisions"
    label = "decisions"

    def ready(self) -> None:
        for part in ("acts", "queries", "guards", "clocking"):
            import_module(f"{self.name}.{part}")
