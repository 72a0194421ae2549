"""The gateway as a Django app without rows: its jobs are known to every process, the worker's too."""

from importlib import import_module

from django.apps import AppConfig


class LedgersConfig(AppConfig):
    """Label ``ledgers``."""

    name = "yimen.gateways.ledgers"
    label = "ledgers"
    verbose_name = "台账导入"

    def ready(self) -> None:
        """Register the reading, importing and undoing of ledgers."""
        import_module(f"{self.name}.working")
