"""Addresses of the demo's own pages, below /help/tour/."""

from django.urls import path

from yimen.demo import views

urlpatterns = [
    path("", views.page, name="tour"),
    path("files/<str:name>", views.file, name="tour_file"),
]
