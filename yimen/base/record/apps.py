"""The record as a Django app."""

from django.apps import AppConfig


class RecordConfig(AppConfig):
    """Label ``record``."""

    name = "yimen.base.record"
    label = "record"
    verbose_name = "留痕"
