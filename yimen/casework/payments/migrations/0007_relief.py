import django.db.models.deletion
from django.db import migrations, models

import yimen.base.refs
import yimen.base.sealed
import yimen.law.payments.relief


class Migration(migrations.Migration):
    dependencies = [
        ("households", "0002_search"),
        ("offices", "0003_cashier"),
        ("payments", "0006_accounts"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReliefCase",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", models.CharField(default=yimen.base.refs.new_ref, max_length=12, unique=True)),
                ("urban", models.BooleanField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("registered", "待决定"),
                            ("granted", "待发放"),
                            ("paid", "已发放"),
                            ("refused", "不予救助"),
                            ("cancelled", "已撤销"),
                        ],
                        default=yimen.law.payments.relief.ReliefState["REGISTERED"],
                        max_length=10,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("self", "本人或者家庭成员申请"),
                            ("village", "村（社区）发现报告"),
                            ("entrusted", "委托他人申请"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reported_by", models.CharField(max_length=100)),
                (
                    "cause",
                    models.CharField(
                        choices=[
                            ("fire", "火灾"),
                            ("traffic", "交通事故"),
                            ("illness", "突发重大疾病"),
                            ("accident", "意外伤害"),
                            ("job", "失业、务工受阻"),
                            ("spending", "医疗、教育等必需支出过大"),
                            ("other", "其他突发困难"),
                        ],
                        max_length=10,
                    ),
                ),
                ("happened_on", models.DateField()),
                ("situation", yimen.base.sealed.SealedText()),
                ("urgent", models.BooleanField(default=False)),
                ("persons", models.PositiveSmallIntegerField(default=1)),
                ("wanted_fen", models.BigIntegerField()),
                ("way", models.CharField(choices=[("cash", "现金"), ("transfer", "转账到家庭账户")], max_length=10)),
                ("registered_on", models.DateField()),
                ("papers_due_on", models.DateField(null=True)),
                ("papers_on", models.DateField(help_text="when the papers were complete", null=True)),
                ("paid_on", models.DateField(null=True)),
                ("received_by", models.CharField(blank=True, max_length=100)),
                ("voucher", models.CharField(blank=True, max_length=60)),
                ("shown_to", models.DateField(help_text="the last day of its announcement", null=True)),
                ("note", models.CharField(blank=True, help_text="why it was cancelled", max_length=200)),
                (
                    "account",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="households.bankaccount",
                    ),
                ),
                (
                    "household",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="households.household",
                    ),
                ),
                (
                    "paid_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.staff"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="households.person"
                    ),
                ),
                (
                    "registered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.staff"
                    ),
                ),
                (
                    "township",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.area"),
                ),
                (
                    "village",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.area"),
                ),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="ReliefDecision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("granted", models.BooleanField()),
                ("fen", models.BigIntegerField(default=0)),
                ("reasons", yimen.base.sealed.SealedText()),
                ("urgent", models.BooleanField()),
                ("limit_fen", models.BigIntegerField(null=True)),
                ("limit_words", models.CharField(blank=True, max_length=200)),
                ("body", models.CharField(max_length=100)),
                ("on", models.DateField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.staff"
                    ),
                ),
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="decision", to="payments.reliefcase"
                    ),
                ),
                (
                    "registered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.staff"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="ReliefPapers",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("papers", models.JSONField(default=list)),
                ("words", yimen.base.sealed.SealedText()),
                ("on", models.DateField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.staff"
                    ),
                ),
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="papers_row", to="payments.reliefcase"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.AddIndex(
            model_name="reliefcase",
            index=models.Index(fields=["township", "state"], name="relief_state"),
        ),
        migrations.AddIndex(
            model_name="reliefcase",
            index=models.Index(fields=["village", "shown_to"], name="relief_shown"),
        ),
        migrations.AddConstraint(
            model_name="reliefcase",
            constraint=models.CheckConstraint(
                condition=models.Q(("persons__gt", 0), ("wanted_fen__gt", 0)), name="relief_wants_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="reliefcase",
            constraint=models.CheckConstraint(
                condition=models.Q(("way", "cash"), ("account__isnull", False), _connector="OR"),
                name="a_transfer_has_its_account",
            ),
        ),
        migrations.AddConstraint(
            model_name="reliefcase",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "paid"), _negated=True),
                    models.Q(("paid_by__isnull", False), ("paid_on__isnull", False)),
                    _connector="OR",
                ),
                name="relief_is_handed_out_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="reliefcase",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["refused", "cancelled"]), _negated=True),
                fields=("person", "happened_on", "cause"),
                name="relief_once_per_event",
            ),
        ),
        migrations.AddConstraint(
            model_name="reliefdecision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("fen__gt", 0), ("granted", True)),
                    models.Q(("fen", 0), ("granted", False)),
                    _connector="OR",
                ),
                name="relief_granted_is_money",
            ),
        ),
        migrations.AddConstraint(
            model_name="reliefdecision",
            constraint=models.CheckConstraint(
                condition=models.Q(("by", models.F("registered_by")), _negated=True),
                name="relief_decided_by_second_person",
            ),
        ),
    ]
