"""Addresses of the public desk. The address of a progress page is in the QR of the receipt."""

from django.urls import path

from yimen.desks.public import board, progress, screen

app_name = "public"
urlpatterns = [
    path("public/", board.places, name="places"),
    path("public/screen/", screen.own_screen, name="own_screen"),
    path("public/screen/<str:area>/<str:key>/", screen.screen, name="screen"),
    path("public/notice/<str:ref>/", board.notice, name="notice"),
    path("public/remedy/<str:township>/", progress.remedy, name="remedy"),
    path("public/<str:township>/", board.township, name="township"),
    path("public/<str:township>/<str:village>/<str:kind>/", board.board, name="board"),
    path("p/", progress.ask, name="ask"),
    path("p/<str:code>/", progress.progress, name="progress"),
    path("p/<str:code>/close/", progress.leave, name="leave"),
    path("p/<str:code>/letter/<str:ref>/", progress.letter, name="letter"),
]
