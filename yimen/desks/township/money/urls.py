"""Addresses of payment at the township's desk."""

from django.urls import include, path

from yimen.desks.shared.accounts import acting as account_acting, pages as account_pages
from yimen.desks.township.money import custody, holds
from yimen.desks.township.money.rolls import acting, line, pages, papers

urlpatterns = [
    path("", include("yimen.desks.township.money.banks.urls")),
    path("holds/", holds.holds, name="holds"),
    path("holds/place/<str:ref>/", holds.place, name="hold_place"),
    path("holds/free/<str:ref>/", holds.free, name="hold_free"),
    path("accounts/", account_pages.township, name="accounts"),
    path("accounts/new/<str:ref>/", account_acting.new, name="account_new"),
    path("accounts/<str:ref>/", account_pages.account, name="account"),
    path("accounts/<str:ref>/confirm/", account_acting.confirm, name="account_confirm"),
    path("accounts/<str:ref>/refuse/", account_acting.refuse, name="account_refuse"),
    path("accounts/<str:ref>/withdraw/", account_acting.withdraw, name="account_withdraw"),
    path("custody/", custody.register, name="custody"),
    path("custody/file/", custody.file, name="custody_file"),
    path("custody/new/<str:ref>/", custody.new, name="custody_new"),
    path("custody/<str:ref>/", custody.one, name="custody_one"),
    path("custody/<str:ref>/end/", custody.end, name="custody_end"),
    path("rolls/", pages.rolls, name="rolls"),
    path("rolls/new/", acting.new, name="roll_new"),
    path("rolls/<str:ref>/", pages.roll, name="roll"),
    path("rolls/<str:ref>/table/", papers.table, name="roll_table"),
    path("rolls/<str:ref>/issue/", papers.issue, name="roll_issue"),
    path("rolls/<str:ref>/slips/", papers.slips, name="roll_slips"),
    path("rolls/<str:ref>/job/", pages.job, name="roll_job"),
    path("rolls/<str:ref>/lines/<str:award>/", line.line, name="roll_line"),
    path("rolls/<str:ref>/submit/", acting.submit, name="roll_submit"),
    path("rolls/<str:ref>/resume/", acting.resume, name="roll_resume"),
    path("rolls/<str:ref>/approve/", acting.approve, name="roll_approve"),
    path("rolls/<str:ref>/release/", acting.release, name="roll_release"),
    path("rolls/<str:ref>/return/", acting.send_back, name="roll_return"),
    path("rolls/<str:ref>/withdraw/", acting.withdraw, name="roll_withdraw"),
    path("rolls/<str:ref>/further/", acting.further, name="roll_further"),
]
