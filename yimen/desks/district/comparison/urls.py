"""Addresses of the monthly comparison at the district's desk."""

from django.urls import path

from yimen.desks.district.comparison import acting, pages

urlpatterns = [
    path("", pages.comparisons, name="comparisons"),
    path("new/", acting.new, name="comparison_new"),
    path("file/<str:ref>/", pages.part, name="comparison_part"),
    path("file/<str:ref>/request.<str:suffix>", pages.request_file, name="comparison_file"),
    path("<str:ref>/", pages.comparison, name="comparison"),
    path("<str:ref>/import/", acting.take, name="comparison_import"),
    path("<str:ref>/job/", pages.job, name="comparison_job"),
    path("<str:ref>/practice/", acting.practice, name="comparison_practice"),
]
