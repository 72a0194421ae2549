"""Addresses of bank files, their answers and failures."""

from django.urls import path

from yimen.desks.township.money.banks import failures, files, letters, returns

urlpatterns = [
    path("banks/", files.banks, name="banks"),
    path("banks/send/<str:ref>/", files.send, name="bank_send"),
    path("bankfiles/<str:ref>/", files.file, name="bank_file"),
    path("bankfiles/<str:ref>/out/", files.give_out, name="bank_file_out"),
    path("bankfiles/<str:ref>/answer/", returns.take, name="bank_answer"),
    path("bankfiles/<str:ref>/practise/", returns.practise, name="bank_practise"),
    path("bankletters/<str:ref>/", letters.letter, name="bank_letter"),
    path("bankreturns/<str:ref>/", returns.one, name="bank_return"),
    path("bankreturns/<str:ref>/job/", returns.job, name="bank_return_job"),
    path("bankreturns/<str:ref>/judge/", returns.judge, name="bank_judge"),
    path("bankreturns/<str:ref>/book/", returns.book, name="bank_book"),
    path("bankreturns/<str:ref>/withdraw/", returns.withdraw, name="bank_return_withdraw"),
    path("bankpapers/<str:ref>/", returns.paper, name="bank_paper"),
    path("payfailures/", failures.failures, name="bank_failures"),
    path("payfailures/<str:ref>/", failures.reissue, name="bank_reissue"),
]
