"""Addresses of changes."""

from django.urls import path

from yimen.desks.township.changes import acting, finding, hits, lists, one, sharing

urlpatterns = [
    path("", lists.changes_list, name="changes"),
    path("report/<str:ref>/", acting.report, name="change_report"),
    path("hits/<str:ref>/", hits.hits, name="change_hits"),
    path("<str:ref>/", one.change, name="change"),
    path("<str:ref>/findings/", finding.findings, name="change_findings"),
    path("<str:ref>/take/", sharing.take, name="change_take"),
    path("<str:ref>/hearing/", acting.hearing, name="change_hearing"),
    path("<str:ref>/notice/", acting.notice, name="change_notice"),
    path("<str:ref>/posting/", acting.posting, name="change_posting"),
    path("<str:ref>/objection/", acting.objection, name="change_objection"),
    path("<str:ref>/submit/", acting.submit, name="change_submit"),
    path("<str:ref>/decide/", acting.decide, name="change_decide"),
    path("<str:ref>/return/", acting.send_back, name="change_return"),
    path("<str:ref>/serve/", acting.serve, name="change_serve"),
    path("<str:ref>/receive/", acting.receive, name="change_receive"),
]
