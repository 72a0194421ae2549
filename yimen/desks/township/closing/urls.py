"""Addresses of 月末办结 at the township's desk."""

from django.urls import path

from yimen.desks.township.closing import acting, pages, rows

urlpatterns = [
    path("", pages.now, name="closing"),
    path("signed/<str:ref>/job/", pages.job, name="close_job"),
    path("signed/<str:ref>/rows/", rows.rows, name="close_rows"),
    path("signed/<str:ref>/file/", acting.file, name="close_file"),
    path("signed/<str:ref>/return/", acting.send_back, name="close_return"),
    path("signed/<str:ref>/resume/", acting.resume, name="close_resume"),
    path("<str:month>/", pages.close, name="close"),
    path("<str:month>/sign/", acting.sign, name="close_sign"),
    path("<str:month>/<str:area>/", pages.close_of, name="close_of"),
]
