"""Every version of an award says where the household belonged: where the award lies now, or before a transfer where it lay then."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import OuterRef, Subquery

from yimen.base.record.triggers import let_change


def give_places(apps, _editor):
    """The place of today for every version, then the earlier one for what was written before a transfer was received."""
    version, award = apps.get_model("awards", "AwardVersion"), apps.get_model("awards", "Award")
    own = award.objects.filter(pk=OuterRef("award"))
    version.objects.update(
        township_id=Subquery(own.values("township")[:1]), village_id=Subquery(own.values("village")[:1])
    )
    moves = version.objects.filter(cause="transferred_in", basis_kind="change").order_by("award", "-seq")
    for move in moves.select_related("award__application"):
        township, village = _before(apps, move)
        if village:
            earlier = version.objects.filter(award=move.award_id, seq__lt=move.seq)
            earlier.update(township_id=township, village_id=village)


def _before(apps, move):
    """Where a transfer came from, by the letter that the old township issued and the village that it names."""
    letters = apps.get_model("papers", "Paper").objects.filter(subject_kind="change", subject_ref=move.basis_ref)
    letter = letters.filter(code="transfer_letter").order_by("-id").first()
    if letter is None:
        return "", ""
    villages = apps.get_model("offices", "Area").objects.filter(parent=letter.area_code).order_by("code")
    named = villages.filter(name=letter.data.get("village", "")).first()
    asked = move.award.application
    applied = asked and villages.filter(code=asked.village_id).first()
    found = named or applied or villages.first()
    return letter.area_code, found and found.code


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0001_initial"),
        ("awards", "0011_additions"),
        ("offices", "0002_standing"),
        ("papers", "0002_print_runs"),
    ]

    operations = [
        *(
            migrations.AddField(
                model_name="awardversion",
                name=name,
                field=models.ForeignKey(
                    db_index=False,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="offices.area",
                ),
            )
            for name in ("township", "village")
        ),
        *let_change("awards_awardversion"),
        migrations.RunPython(give_places, migrations.RunPython.noop),
    ]
