"""The record as a Django app."""

from django.apps import AppConfig


class RecordConfig(AppConfig):
    """Label ``record``."""

    name = "yimen.base.record"
    label = "record"
    verbose_name = "留痕"

    def ready(self) -> None:
        """Append-only tables of every app are guarded after every ``migrate``."""
        from django.db.models.signals import post_migrate

        from yimen.base.record.triggers import lay_missing

        post_migrate.connect(lay_missing, sender=self, dispatch_uid="record.lay_missing")
