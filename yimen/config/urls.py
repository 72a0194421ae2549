"""All addresses. Each view declares its action, object and scope (desks/shared/routes.py)."""

from __future__ import annotations

from django.urls import include, path

from yimen.desks.shared import views

urlpatterns = [
    path("", views.home, name="home"),
    path("login/", views.log_in, name="login"),
    path("logout/", views.log_out, name="logout"),
    path("size/", views.size, name="size"),
    path("", include("yimen.desks.shared.urls")),
    path("township/", include("yimen.desks.township.urls")),
    path("district/", include("yimen.desks.district.urls")),
    path("village/", include("yimen.desks.village.urls")),
    path("", include("yimen.desks.public.urls")),
    path("help/tour/", include("yimen.demo.urls")),
    # Last, because it takes whatever is left below /help/.
    path("help/", include("yimen.desks.public.help.urls")),
]

handler403 = views.forbidden
handler404 = views.not_found
handler500 = views.failed
