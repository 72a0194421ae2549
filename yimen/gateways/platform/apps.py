"""The gateway as a Django app without rows: its jobs are known to every process, the worker's too."""

from importlib import import_module

from django.apps import AppConfig


class PlatformConfig(AppConfig):
    """Label ``platform``."""

    name = "yimen.gateways.platform"
    label = "platform"
    verbose_name = "平台对账"

    def ready(self) -> None:
        """Register the comparing of long files."""
        import_module(f"{self.name}.working")
