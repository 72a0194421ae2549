"""Addresses of the township's desk."""

from django.urls import path

from yimen.desks.township import queue

app_name = "township"
urlpatterns = [
    path("", queue.queue, name="queue"),
]
