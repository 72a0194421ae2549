"""The gateway as a Django app without rows: its jobs are known to every process, the worker's too."""

from importlib import import_module

from django.apps import AppConfig


class ProvincialConfig(AppConfig):
    """Label ``provincial``."""

    name = "yimen.gateways.provincial"
    label = "provincial"
    verbose_name = "省级核对"

    def ready(self) -> None:
        """Register the import of large files and what else arrives in the folder."""
        for part in ("working", "monthly"):
            import_module(f"{self.name}.{part}")
