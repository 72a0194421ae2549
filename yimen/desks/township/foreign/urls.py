"""Addresses of the templates of somebody else."""

from django.urls import path

from yimen.desks.township.foreign import columns, filling, home

urlpatterns = [
    path("", home.templates, name="foreign"),
    path("upload/", home.upload, name="foreign_upload"),
    path("columns/<str:ref>/", columns.columns, name="foreign_columns"),
    path("<str:ref>/", filling.fill, name="foreign_fill"),
    path("<str:ref>/retire/", home.retire, name="foreign_retire"),
]
