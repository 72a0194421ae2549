"""Addresses of the imports."""

from django.urls import path

from yimen.desks.township.ledgers import acting, center, columns, runs

urlpatterns = [
    path("", center.ledgers, name="ledgers"),
    path("upload/", center.upload, name="ledger_upload"),
    path("template/", center.template, name="ledger_template"),
    path("<str:ref>/", runs.ledger, name="ledger"),
    path("<str:ref>/columns/", columns.columns, name="ledger_columns"),
    path("<str:ref>/errors/", runs.errors, name="ledger_errors"),
    path("<str:ref>/job/", runs.job, name="ledger_job"),
    path("<str:ref>/submit/", acting.submit, name="ledger_submit"),
    path("<str:ref>/confirm/", acting.confirm, name="ledger_confirm"),
    path("<str:ref>/withdraw/", acting.withdraw, name="ledger_withdraw"),
    path("<str:ref>/undo/", acting.undo, name="ledger_undo"),
    path("<str:ref>/resume/", acting.resume, name="ledger_resume"),
]
