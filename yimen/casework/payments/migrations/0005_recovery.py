import django.db.models.deletion
from django.db import migrations, models

import yimen.base.refs
import yimen.base.sealed
import yimen.law.payments.recovery


class Migration(migrations.Migration):
    dependencies = [
        ("awards", "0020_residences"),
        ("offices", "0003_cashier"),
        ("payments", "0004_bank_files"),
    ]

    operations = [
        migrations.CreateModel(
            name="Recovery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", models.CharField(default=yimen.base.refs.new_ref, max_length=12, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "待区级决定"),
                            ("returned", "退回乡街"),
                            ("ordered", "正在退回"),
                            ("settled", "已退清"),
                            ("withdrawn", "已撤回"),
                        ],
                        default=yimen.law.payments.recovery.RecoveryState["PROPOSED"],
                        max_length=10,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("fraud", "虚报、隐瞒、伪造等手段骗取"),
                            ("refused", "拒不执行调减、终止决定，非法占有"),
                            ("error", "情况变化后多发"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reasons", yimen.base.sealed.SealedText()),
                ("parts", models.JSONField()),
                ("total_fen", models.BigIntegerField()),
                ("fine_fen", models.BigIntegerField(default=0)),
                (
                    "way",
                    models.CharField(
                        choices=[("instalments", "从以后的保障金中分期扣回"), ("cash", "限期退回")], max_length=12
                    ),
                ),
                ("monthly_fen", models.BigIntegerField(null=True)),
                ("from_month", models.CharField(blank=True, max_length=7)),
                ("return_by", models.DateField(null=True)),
                ("heard", yimen.base.sealed.SealedJSON()),
                ("proposed_on", models.DateField()),
                ("ordered_on", models.DateField(null=True)),
                ("settled_on", models.DateField(null=True)),
                ("note", models.CharField(blank=True, help_text="why it was sent back or withdrawn", max_length=200)),
                (
                    "award",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="recoveries", to="awards.award"
                    ),
                ),
                (
                    "ordered_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.staff"
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.staff"
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="RecoveredBalance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "balance",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="recovered", to="awards.balance"
                    ),
                ),
                (
                    "recovery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="balances", to="payments.recovery"
                    ),
                ),
            ],
            options={
                "ordering": ["recovery_id", "id"],
            },
        ),
        migrations.CreateModel(
            name="Refund",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", models.CharField(default=yimen.base.refs.new_ref, max_length=12, unique=True)),
                ("fen", models.BigIntegerField()),
                ("on", models.DateField()),
                ("receipt", models.CharField(max_length=60)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.staff"
                    ),
                ),
                (
                    "recovery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="refunds", to="payments.recovery"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="RefundCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("accepted", models.BooleanField()),
                ("words", models.CharField(blank=True, max_length=200)),
                ("on", models.DateField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.staff"
                    ),
                ),
                (
                    "refund",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="check_row", to="payments.refund"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.AddIndex(
            model_name="recovery",
            index=models.Index(fields=["state", "from_month"], name="recovery_state"),
        ),
        migrations.AddConstraint(
            model_name="recovery",
            constraint=models.CheckConstraint(
                condition=models.Q(("fine_fen__gte", 0), ("total_fen__gt", 0)), name="a_recovery_is_money"
            ),
        ),
        migrations.AddConstraint(
            model_name="recovery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ordered_by__isnull", True),
                    models.Q(("ordered_by", models.F("proposed_by")), _negated=True),
                    _connector="OR",
                ),
                name="recovery_ordered_by_second_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="recovery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["ordered", "settled"]), _negated=True),
                    models.Q(("ordered_by__isnull", False), ("ordered_on__isnull", False)),
                    _connector="OR",
                ),
                name="nothing_is_taken_back_without_an_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="recovery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("monthly_fen__gt", 0),
                        ("return_by__isnull", True),
                        ("way", "instalments"),
                        models.Q(("from_month", ""), _negated=True),
                    ),
                    models.Q(
                        ("from_month", ""), ("monthly_fen__isnull", True), ("return_by__isnull", False), ("way", "cash")
                    ),
                    _connector="OR",
                ),
                name="a_recovery_has_one_way",
            ),
        ),
        migrations.AddConstraint(
            model_name="recovery",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["proposed", "returned"])),
                fields=("award",),
                name="one_proposed_recovery_per_award",
            ),
        ),
        migrations.AddConstraint(
            model_name="refund",
            constraint=models.CheckConstraint(condition=models.Q(("fen__gt", 0)), name="a_refund_is_money"),
        ),
        migrations.AddConstraint(
            model_name="refund",
            constraint=models.UniqueConstraint(fields=("recovery", "receipt"), name="a_receipt_once_per_recovery"),
        ),
    ]
