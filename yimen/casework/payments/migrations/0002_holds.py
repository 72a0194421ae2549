import django.db.models.deletion
import yimen.base.refs
import yimen.base.sealed
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("awards", "0020_residences"),
        ("offices", "0003_cashier"),
        ("payments", "0001_rolls"),
    ]

    operations = [
        migrations.CreateModel(
            name="Hold",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", models.CharField(default=yimen.base.refs.new_ref, max_length=12, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("death", "死亡待核实"),
                            ("identity", "身份存疑"),
                            ("hit", "比对结果未办结"),
                            ("account", "发放账户存疑"),
                            ("other", "其他"),
                        ],
                        max_length=10,
                    ),
                ),
                ("basis_kind", models.CharField(max_length=24)),
                ("basis_ref", models.CharField(max_length=40)),
                ("words", yimen.base.sealed.SealedText()),
                ("placed_on", models.DateField()),
                ("placed_at", models.DateTimeField()),
                ("freed_on", models.DateField(null=True)),
                ("freed_at", models.DateTimeField(null=True)),
                ("freed_reason", models.CharField(blank=True, max_length=300)),
                (
                    "award",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="holds", to="awards.award"
                    ),
                ),
                (
                    "freed_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.staff"
                    ),
                ),
                (
                    "placed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.staff"
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
                "indexes": [
                    models.Index(condition=models.Q(("freed_at__isnull", True)), fields=["award"], name="hold_open")
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("award", "basis_kind", "basis_ref"), name="hold_once_per_basis"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("freed_at__isnull", False),
                                ("freed_by__isnull", False),
                                ("freed_on__isnull", False),
                                models.Q(("freed_reason", ""), _negated=True),
                            ),
                            models.Q(
                                ("freed_at__isnull", True),
                                ("freed_by__isnull", True),
                                ("freed_on__isnull", True),
                                ("freed_reason", ""),
                            ),
                            _connector="OR",
                        ),
                        name="a_hold_is_freed_with_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("freed_by__isnull", True),
                            models.Q(("freed_by", models.F("placed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="hold_freed_by_second_person",
                    ),
                ],
            },
        ),
    ]
