"""The notice of a proposed end of 特困 keeps what boards show of it, and where it hangs."""

import django.db.models.deletion
from django.db import migrations, models


def fill(apps, _editor):
    """Notices from before: place and name of the award; where nobody is known, by surname as for a minor."""
    persons = apps.get_model("awards", "AwardPerson").objects.order_by("id").select_related("person")
    for notice in apps.get_model("awards", "StopNotice").objects.select_related("change__award"):
        award = notice.change.award
        person = persons.filter(award=award.pk).first()
        notice.township_id, notice.village_id = award.township_id, award.village_id
        notice.applicant = person.person.name if person else ""
        born, day = person.person.birth_date if person else notice.from_on, notice.from_on
        years = day.year - born.year - ((day.month, day.day) < (born.month, born.day))
        notice.applicant_is_minor = years < 18
        notice.save(update_fields=["township_id", "village_id", "applicant", "applicant_is_minor"])


class Migration(migrations.Migration):
    dependencies = [
        ("awards", "0015_fallen"),
        ("households", "0002_search"),
        ("offices", "0002_standing"),
    ]

    operations = [
        *(
            migrations.AddField(
                model_name="stopnotice",
                name=name,
                field=models.ForeignKey(
                    null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.area"
                ),
            )
            for name in ("township", "village")
        ),
        migrations.AddField(
            model_name="stopnotice",
            name="applicant",
            field=models.CharField(default="", max_length=100),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="stopnotice", name="applicant_is_minor", field=models.BooleanField(default=False)
        ),
        migrations.AddField(
            model_name="stopnotice", name="objection_phone", field=models.CharField(blank=True, max_length=60)
        ),
        migrations.CreateModel(
            name="StopPosting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.CharField(max_length=100)),
                ("posted_on", models.DateField()),
                (
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="postings", to="awards.stopnotice"
                    ),
                ),
                (
                    "posted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.staff"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [models.UniqueConstraint(fields=("notice", "place"), name="a_stop_notice_hangs_once")],
            },
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
