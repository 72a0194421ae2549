"""No version without its place; apart from the change of the rows, which PostgreSQL wants finished first."""

import django.db.models.deletion
from django.db import migrations, models

from yimen.base.record.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("awards", "0012_places"),
        ("offices", "0002_standing"),
    ]

    operations = [
        *(
            migrations.AlterField(
                model_name="awardversion",
                name=name,
                field=models.ForeignKey(
                    db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.area"
                ),
            )
            for name in ("township", "village")
        ),
        migrations.AddIndex(
            model_name="awardversion",
            index=models.Index(fields=["township", "village"], name="award_version_place"),
        ),
        *append_only("awards_awardversion"),
    ]
