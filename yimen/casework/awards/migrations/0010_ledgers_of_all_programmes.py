"""Ledgers of every programme: what each adds to an award, and of which programme a run is."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("awards", "0006_versions")]

    operations = [
        migrations.AddField(
            model_name="award",
            name="basic_fen",
            field=models.BigIntegerField(help_text="of 特困: the part for basic living; none if not known", null=True),
        ),
        migrations.AddField(
            model_name="award",
            name="care_fen",
            field=models.BigIntegerField(
                help_text="of 特困: the part for care; both count while they make the sum", null=True
            ),
        ),
        migrations.AddField(
            model_name="award",
            name="institution",
            field=models.CharField(blank=True, help_text="where somebody on 特困 is cared for", max_length=60),
        ),
        migrations.AddField(
            model_name="award",
            name="recognised_on",
            field=models.DateField(help_text="of a recognition taken over; else the day of its decision", null=True),
        ),
        migrations.AddField(
            model_name="ledgerrun",
            name="programme",
            field=models.CharField(
                blank=True,
                choices=[
                    ("dibao", "最低生活保障"),
                    ("tekun", "特困人员救助供养"),
                    ("edge", "最低生活保障边缘家庭"),
                    ("rigid_expenditure", "刚性支出困难家庭"),
                ],
                default="dibao",
                help_text='"" until recognised',
                max_length=20,
            ),
        ),
        migrations.AddConstraint(
            model_name="award",
            constraint=models.CheckConstraint(
                condition=models.Q(basic_fen__isnull=True, care_fen__isnull=True)
                | models.Q(programme="tekun", basic_fen__gte=0, care_fen__gte=0),
                name="only_tekun_has_basic_living_and_care",
            ),
        ),
    ]
