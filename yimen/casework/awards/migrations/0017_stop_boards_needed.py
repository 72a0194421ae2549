"""No notice of a proposed end without its place; apart from filling it in, which PostgreSQL wants finished first."""

import django.db.models.deletion
from django.db import migrations, models

from yimen.base.record.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("awards", "0016_stop_boards"),
        ("offices", "0002_standing"),
    ]

    operations = [
        *(
            migrations.AlterField(
                model_name="stopnotice",
                name=name,
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.area"
                ),
            )
            for name in ("township", "village")
        ),
        *append_only("awards_stopposting"),
    ]
