"""An answer of the monthly comparison is taken in by portions; every one that is there was taken in whole."""

from typing import Any

from django.db import migrations, models
from django.db.models import F, OuterRef, Subquery


def whole(apps: Any, _editor: Any) -> None:
    """What has an answer has all of it, since it was taken in."""
    part, answer = (apps.get_model("monthclose", name) for name in ("ComparisonPart", "ComparisonAnswer"))
    taken = answer.objects.filter(part=OuterRef("pk")).values("taken_at")[:1]
    part.objects.filter(answer__isnull=False).update(position=F("cases"), whole_at=Subquery(taken))


class Migration(migrations.Migration):
    dependencies = [("monthclose", "0001_squashed_0005_month_papers")]

    operations = [
        migrations.AddField("comparisonpart", "position", models.PositiveIntegerField(default=0, db_default=0)),
        migrations.AddField("comparisonpart", "whole_at", models.DateTimeField(null=True)),
        migrations.RunPython(whole, migrations.RunPython.noop, elidable=True),
    ]
