"""App entry. Guards, scopes and papers register themselves when the app is ready."""

from importlib import import_module

from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    name = "yimen.casework.payments"
    label = "payments"

    def ready(self) -> None:
        for part in ("acts", "queries", "accounts.decided"):
            import_module(f"{self.name}.{part}")
