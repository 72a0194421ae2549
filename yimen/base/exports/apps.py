"""Exports as a Django app."""

from django.apps import AppConfig


class ExportsConfig(AppConfig):
    """Label ``exports``."""

    name = "yimen.base.exports"
    label = "exports"
    verbose_name = "导出"

    def ready(self) -> None:
        """The worker clears away what has lain for a day."""
        from yimen.base.exports.keeping import sweep
        from yimen.base.jobs.worker import every_minute

        every_minute(sweep)
