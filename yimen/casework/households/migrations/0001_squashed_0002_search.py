"""All steps so far as one: a new database is made in seconds. One that has some of them takes the others one by one."""

import django.db.models.deletion
import yimen.base.refs
import yimen.base.sealed
import yimen.law.terms
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("households", "0001_initial"), ("households", "0002_search")]

    initial = True

    dependencies = [
        ("offices", "0001_squashed_0003_cashier"),
    ]

    operations = [
        migrations.CreateModel(
            name="Person",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", models.CharField(default=yimen.base.refs.new_ref, max_length=12, unique=True)),
                ("name", models.CharField(db_index=True, max_length=100)),
                ("pinyin", models.CharField(db_index=True, max_length=200)),
                ("initials", models.CharField(db_index=True, max_length=100)),
                ("identity", yimen.base.sealed.SealedText()),
                ("identity_index", models.CharField(max_length=64, unique=True)),
                ("sex", models.CharField(choices=[("male", "男"), ("female", "女")], max_length=6)),
                ("birth_date", models.DateField()),
                ("nationality", models.CharField(default="汉族", max_length=20)),
                (
                    "marriage",
                    models.CharField(
                        choices=[
                            ("single", "未婚"),
                            ("married", "已婚"),
                            ("widowed", "丧偶"),
                            ("divorced", "离婚"),
                            ("unknown", "未说明"),
                        ],
                        default=yimen.law.terms.Marriage["UNKNOWN"],
                        max_length=10,
                    ),
                ),
                ("occupation", models.CharField(blank=True, help_text="job or school", max_length=60)),
                ("student", models.BooleanField(default=False, help_text="full-time up to bachelor level (D7)")),
                ("hukou_place", models.CharField(blank=True, max_length=120)),
                ("phone", yimen.base.sealed.SealedText(null=True)),
                (
                    "phone_tail",
                    models.CharField(
                        blank=True, db_index=True, help_text="blind index of the last 4 digits", max_length=16
                    ),
                ),
                ("health", yimen.base.sealed.SealedJSON(default=dict)),
                ("died_on", models.DateField(blank=True, null=True)),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Household",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", models.CharField(default=yimen.base.refs.new_ref, max_length=12, unique=True)),
                (
                    "township",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.area"),
                ),
                (
                    "village",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.area"),
                ),
                ("group", models.CharField(blank=True, help_text="village group or building unit", max_length=40)),
                (
                    "head",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="households.person"
                    ),
                ),
                ("address", yimen.base.sealed.SealedText(null=True)),
                ("urban", models.BooleanField(help_text="which standard applies")),
                (
                    "land_mu",
                    models.DecimalField(decimal_places=2, default=0, help_text="contracted land, mu", max_digits=8),
                ),
                ("opened_on", models.DateField()),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="households.household",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="memberships", to="households.person"
                    ),
                ),
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
                        help_text="to the head",
                        max_length=16,
                    ),
                ),
                ("co_resident", models.BooleanField(default=True)),
                ("from_on", models.DateField()),
                ("to_on", models.DateField(blank=True, null=True)),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("to_on__isnull", True)), fields=("person",), name="person_in_one_household"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Obligor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", models.CharField(default=yimen.base.refs.new_ref, max_length=12, unique=True)),
                (
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="obligors", to="households.household"
                    ),
                ),
                (
                    "supports",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="households.person"
                    ),
                ),
                ("name", models.CharField(max_length=100)),
                ("identity", yimen.base.sealed.SealedText()),
                ("identity_index", models.CharField(db_index=True, max_length=64)),
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
                        help_text="to the supported member",
                        max_length=16,
                    ),
                ),
                ("occupation", models.CharField(blank=True, max_length=60)),
                ("family_size", models.PositiveSmallIntegerField(default=1)),
                (
                    "monthly_income_fen",
                    models.BigIntegerField(help_text="of the obligor's family, fen a month", null=True),
                ),
                (
                    "agreed_fee_fen",
                    models.BigIntegerField(default=0, help_text="actual or court-ordered fee, fen a month"),
                ),
                ("inability_reason", models.CharField(blank=True, max_length=200)),
                (
                    "supported_count",
                    models.PositiveSmallIntegerField(default=1, help_text="persons this obligor supports"),
                ),
                ("to_on", models.DateField(blank=True, null=True)),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("to_on__isnull", True)),
                        fields=("household", "supports", "identity_index"),
                        name="obligor_once_per_member",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="BankAccount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="accounts", to="households.household"
                    ),
                ),
                ("holder", models.CharField(max_length=100)),
                (
                    "holder_relation",
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
                        default=yimen.law.terms.Relation["SELF"],
                        max_length=16,
                    ),
                ),
                ("bank", models.CharField(max_length=80)),
                ("number", yimen.base.sealed.SealedText()),
                ("number_index", models.CharField(db_index=True, max_length=64)),
                ("from_on", models.DateField()),
                ("to_on", models.DateField(blank=True, null=True)),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("to_on__isnull", True)), fields=("household",), name="one_account_in_use"
                    )
                ],
            },
        ),
    ]
