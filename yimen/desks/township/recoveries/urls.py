"""Addresses of what was paid too much."""

from django.urls import path

from yimen.desks.township.recoveries import acting, pages

urlpatterns = [
    path("", pages.recoveries, name="recoveries"),
    path("new/<str:ref>/", acting.propose, name="recovery_new"),
    path("refunds/<str:ref>/", acting.check, name="refund_check"),
    path("<str:ref>/", pages.recovery, name="recovery"),
    path("<str:ref>/order/", acting.order, name="recovery_order"),
    path("<str:ref>/return/", acting.send_back, name="recovery_return"),
    path("<str:ref>/withdraw/", acting.withdraw, name="recovery_withdraw"),
    path("<str:ref>/refund/", acting.refund, name="recovery_refund"),
]
