"""Addresses of the township's desk."""

from django.urls import path

from yimen.desks.township import notices, queue
from yimen.desks.township.intake import views as intake

app_name = "township"
urlpatterns = [
    path("", queue.queue, name="queue"),
    path("notices/", notices.notices, name="notices"),
    path("intake/", intake.intake, name="intake"),
    path("intake/draft/<str:ref>/discard/", intake.discard, name="discard"),
    path("intake/identity/", intake.identity, name="identity"),
]
