"""App entry. Guards, scopes and papers register themselves when the app is ready."""

from importlib import import_module

from django.apps import AppConfig


class AwardsConfig(AppConfig):
    name = "yimen.casework.awards"
    label = "awards"

    def ready(self) -> None:
        for part in ("acts", "queries", "recertify_queries", "change_queries", "guards", "standing"):
            import_module(f"{self.name}.{part}")
