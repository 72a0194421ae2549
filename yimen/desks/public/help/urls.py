"""Addresses of the handbook; the last one takes whatever is left below /help/."""

from django.urls import path

from yimen.desks.public.help import views

app_name = "help"
urlpatterns = [
    path("", views.page, name="start"),
    path("search/", views.search, name="search"),
    path("<path:path>", views.page, name="page"),
]
