"""Indexes for the search: how a name begins, and the last four digits of a telephone as a blind index."""

from django.db import migrations, models


def fill(apps, _editor):
    """Index the telephones that are there."""
    from yimen.casework.households.queries import phone_tail

    Person = apps.get_model("households", "Person")
    waiting = []
    for person in Person.objects.filter(phone__isnull=False).only("id", "phone", "phone_tail").order_by("id").iterator():
        person.phone_tail = phone_tail(person.phone)
        waiting.append(person)
        if len(waiting) == 500:
            Person.objects.bulk_update(waiting, ["phone_tail"])
            waiting.clear()
    Person.objects.bulk_update(waiting, ["phone_tail"])


class Migration(migrations.Migration):
    dependencies = [("households", "0001_initial")]

    operations = [
        migrations.AlterField("person", "name", models.CharField(db_index=True, max_length=100)),
        migrations.AddField(
            "person",
            "phone_tail",
            models.CharField(blank=True, default="", help_text="blind index of the last 4 digits", max_length=16),
            preserve_default=False,
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AlterField(
            "person",
            "phone_tail",
            models.CharField(blank=True, db_index=True, help_text="blind index of the last 4 digits", max_length=16),
        ),
    ]
