"""App entry: templates, tags and static files of the desks."""

from importlib import import_module

from django.apps import AppConfig


class SharedConfig(AppConfig):
    name = "yimen.desks.shared"
    label = "desks"

    def ready(self) -> None:
        """The worker knows how lists are exported, papers printed and batches run."""
        import_module(f"{self.name}.lists.exporting")
        import_module(f"{self.name}.printing.working")
        import_module(f"{self.name}.batches.running")
