"""The sealer waits for whoever is writing, so that nothing commits into a sealed range (K12)."""

import threading

import pytest
from django.db import connection, transaction

from yimen.base.record import sealing
from yimen.base.record.models import Entry, Seal
from yimen.base.record.verify import verify


@pytest.mark.django_db(transaction=True)
def test_the_sealer_waits_for_an_open_writer(enter):
    wrote, release = threading.Event(), threading.Event()

    def write_slowly() -> None:
        try:
            with transaction.atomic():
                enter(staff_name="慢")
                wrote.set()
                release.wait(10)
        finally:
            connection.close()

    def seal() -> None:
        try:
            sealing.seal_now()
        finally:
            connection.close()

    writer, sealers = threading.Thread(target=write_slowly), [threading.Thread(target=seal) for _ in range(3)]
    writer.start()
    assert wrote.wait(10)
    for sealer in sealers:
        sealer.start()
    sealers[0].join(0.3)
    assert sealers[0].is_alive()
    release.set()
    for thread in (writer, *sealers):
        thread.join(20)
    assert Entry.objects.count() == 1 and verify().ok
    assert list(Seal.objects.order_by("number").values_list("number", "count")) == [(1, 1)]
