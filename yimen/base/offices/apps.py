"""App entry."""

from django.apps import AppConfig


class OfficesConfig(AppConfig):
    name = "yimen.base.offices"
    label = "offices"

    def ready(self) -> None:
        """What stands still is watched after every ``migrate``, the figures above included."""
        from django.db.models.signals import post_migrate

        from yimen.base.offices.standing import lay_missing

        post_migrate.connect(lay_missing, sender=self, dispatch_uid="offices.standing.lay_missing")
