import django.db.models.deletion
import yimen.base.refs
import yimen.base.sealed
import yimen.law.payments.accounts
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("households", "0002_search"),
        ("offices", "0003_cashier"),
        ("payments", "0005_recovery"),
    ]

    operations = [
        migrations.CreateModel(
            name="AccountChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", models.CharField(default=yimen.base.refs.new_ref, max_length=12, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "待另一人复核"),
                            ("confirmed", "已复核"),
                            ("refused", "复核未通过"),
                            ("withdrawn", "已撤回"),
                        ],
                        default=yimen.law.payments.accounts.AccountState["PROPOSED"],
                        max_length=10,
                    ),
                ),
                ("holder", models.CharField(max_length=100)),
                (
                    "relation",
                    models.CharField(
                        choices=[
                            ("self", "本人"),
                            ("spouse", "配偶"),
                            ("child", "子女"),
                            ("child_in_law", "子女的配偶"),
                            ("grandchild", "孙子女、外孙子女"),
                            ("parent", "父母"),
                            ("parent_in_law", "配偶的父母"),
                            ("grandparent", "祖父母、外祖父母"),
                            ("sibling", "兄弟姐妹"),
                            ("other", "其他"),
                        ],
                        max_length=16,
                    ),
                ),
                ("identity", yimen.base.sealed.SealedText(null=True)),
                ("identity_index", models.CharField(blank=True, db_index=True, max_length=64)),
                ("authority", models.CharField(blank=True, max_length=200)),
                ("bank", models.CharField(max_length=80)),
                ("number", yimen.base.sealed.SealedText()),
                ("number_index", models.CharField(db_index=True, max_length=64)),
                ("reason", models.CharField(max_length=200)),
                ("warnings", models.JSONField(blank=True, default=list)),
                ("first_used", models.DateField(null=True)),
                ("proposed_on", models.DateField()),
                ("decided_on", models.DateField(null=True)),
                ("decided_words", models.CharField(blank=True, max_length=300)),
                ("told_on", models.DateField(null=True)),
                (
                    "before",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="households.bankaccount",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.staff"
                    ),
                ),
                (
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="account_changes",
                        to="households.household",
                    ),
                ),
                (
                    "made",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="households.bankaccount",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="households.person"
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.staff"
                    ),
                ),
                (
                    "told_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.staff"
                    ),
                ),
                (
                    "township",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.area"),
                ),
            ],
            options={
                "ordering": ["-id"],
                "indexes": [models.Index(fields=["township", "state"], name="account_change_state")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "proposed")), fields=("household",), name="one_open_account_change"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["confirmed", "refused"]), _negated=True),
                            models.Q(
                                ("decided_by__isnull", False),
                                models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="account_confirmed_by_second_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "confirmed"), _negated=True),
                            models.Q(("first_used__isnull", False), ("made__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_confirmed_account_change_made_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("member__isnull", False),
                            models.Q(
                                models.Q(("authority", ""), _negated=True),
                                models.Q(("identity_index", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="a_payee_outside_is_authorised",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("told_by__isnull", True),
                            models.Q(
                                models.Q(("told_by", models.F("proposed_by")), _negated=True),
                                models.Q(("told_by", models.F("decided_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="account_letter_sent_by_a_third",
                    ),
                ],
            },
        ),
    ]
