"""App entry: the acts register themselves when the app is ready."""

from importlib import import_module

from django.apps import AppConfig


class PowersConfig(AppConfig):
    name = "yimen.base.powers"
    label = "powers"

    def ready(self) -> None:
        import_module(f"{self.name}.acts")
