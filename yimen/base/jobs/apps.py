"""Jobs as a Django app."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Label ``jobs``."""

    name = "yimen.base.jobs"
    label = "jobs"
    verbose_name = "后台任务"

    def ready(self) -> None:
        """The worker seals the record when a seal is due."""
        from yimen.base.jobs.worker import every_minute
        from yimen.base.record.sealing import seal_if_due

        every_minute(seal_if_due)
