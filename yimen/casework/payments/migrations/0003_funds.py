import django.db.models.deletion
from django.db import migrations, models

import yimen.base.refs
import yimen.law.payments.funds


class Migration(migrations.Migration):
    dependencies = [
        ("households", "0002_search"),
        ("offices", "0003_cashier"),
        ("payments", "0002_holds"),
    ]

    operations = [
        migrations.CreateModel(
            name="FundOrder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", models.CharField(default=yimen.base.refs.new_ref, max_length=12, unique=True)),
                (
                    "move",
                    models.CharField(
                        choices=[
                            ("promise", "下达预算"),
                            ("arrive", "财政拨款到位"),
                            ("transfer", "拨付乡街"),
                            ("reserve", "拨入应急储备金"),
                            ("back", "乡街资金收回区级"),
                            ("reserve_back", "储备金收回区级"),
                            ("surrender", "交回财政"),
                            ("reverse", "冲正"),
                        ],
                        max_length=14,
                    ),
                ),
                (
                    "programme",
                    models.CharField(
                        choices=[("dibao", "最低生活保障"), ("tekun", "特困人员救助供养"), ("temporary", "临时救助")],
                        max_length=12,
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("central", "中央财政"),
                            ("province", "省级财政"),
                            ("city", "市级财政"),
                            ("district", "区级财政"),
                            ("other", "其他"),
                            ("pooled", "统筹"),
                        ],
                        max_length=10,
                    ),
                ),
                ("month", models.CharField(max_length=7)),
                ("rows", models.JSONField()),
                ("fen", models.BigIntegerField()),
                ("document", models.CharField(max_length=120)),
                ("words", models.CharField(blank=True, max_length=200)),
                (
                    "state",
                    models.CharField(
                        choices=[("proposed", "待复核"), ("released", "已记账"), ("withdrawn", "已撤回")],
                        default=yimen.law.payments.funds.FundOrderState["PROPOSED"],
                        max_length=10,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("proposed_on", models.DateField()),
                ("released_on", models.DateField(null=True)),
                ("note", models.CharField(blank=True, help_text="why it was withdrawn or sent back", max_length=200)),
                (
                    "district",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.area"),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.staff"
                    ),
                ),
                (
                    "released_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.staff"
                    ),
                ),
                (
                    "reverses",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reversed_by",
                        to="payments.fundorder",
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="FundPosting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=120, unique=True)),
                (
                    "debit",
                    models.CharField(
                        choices=[
                            ("finance", "财政部门"),
                            ("promised", "预算未到位"),
                            ("district", "区级资金"),
                            ("township", "乡街资金"),
                            ("reserve", "应急储备金"),
                            ("under_way", "已报送银行"),
                            ("spent", "支出"),
                            ("returned", "退回"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "credit",
                    models.CharField(
                        choices=[
                            ("finance", "财政部门"),
                            ("promised", "预算未到位"),
                            ("district", "区级资金"),
                            ("township", "乡街资金"),
                            ("reserve", "应急储备金"),
                            ("under_way", "已报送银行"),
                            ("spent", "支出"),
                            ("returned", "退回"),
                        ],
                        max_length=10,
                    ),
                ),
                ("fen", models.BigIntegerField()),
                (
                    "programme",
                    models.CharField(
                        choices=[("dibao", "最低生活保障"), ("tekun", "特困人员救助供养"), ("temporary", "临时救助")],
                        max_length=12,
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("central", "中央财政"),
                            ("province", "省级财政"),
                            ("city", "市级财政"),
                            ("district", "区级财政"),
                            ("other", "其他"),
                            ("pooled", "统筹"),
                        ],
                        max_length=10,
                    ),
                ),
                ("urban", models.BooleanField(null=True)),
                ("month", models.CharField(max_length=7)),
                ("basis_kind", models.CharField(max_length=24)),
                ("basis_ref", models.CharField(max_length=40)),
                ("words", models.CharField(max_length=200)),
                ("on", models.DateField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.staff"
                    ),
                ),
                (
                    "district",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.area"),
                ),
                (
                    "township",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="offices.area",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.AddIndex(
            model_name="fundorder",
            index=models.Index(fields=["district", "state"], name="fund_order_state"),
        ),
        migrations.AddConstraint(
            model_name="fundorder",
            constraint=models.CheckConstraint(condition=models.Q(("fen__gt", 0)), name="a_fund_order_is_money"),
        ),
        migrations.AddConstraint(
            model_name="fundorder",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("released_by__isnull", True),
                    models.Q(("released_by", models.F("proposed_by")), _negated=True),
                    _connector="OR",
                ),
                name="fund_order_released_by_second_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="fundorder",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("released_by__isnull", False), ("released_on__isnull", False), ("state", "released")),
                    models.Q(models.Q(("state", "released"), _negated=True), ("released_by__isnull", True)),
                    _connector="OR",
                ),
                name="a_booked_fund_order_has_its_releaser",
            ),
        ),
        migrations.AddConstraint(
            model_name="fundorder",
            constraint=models.UniqueConstraint(
                condition=models.Q(("reverses__isnull", False), models.Q(("state", "withdrawn"), _negated=True)),
                fields=("reverses",),
                name="a_fund_order_is_reversed_once",
            ),
        ),
        migrations.AddIndex(
            model_name="fundposting",
            index=models.Index(fields=["township", "programme", "month"], name="fund_posting_place"),
        ),
        migrations.AddIndex(
            model_name="fundposting",
            index=models.Index(fields=["basis_kind", "basis_ref"], name="fund_posting_basis"),
        ),
        migrations.AddConstraint(
            model_name="fundposting",
            constraint=models.CheckConstraint(condition=models.Q(("fen__gt", 0)), name="a_fund_posting_is_money"),
        ),
        migrations.AddConstraint(
            model_name="fundposting",
            constraint=models.CheckConstraint(
                condition=models.Q(("debit", models.F("credit")), _negated=True), name="a_fund_posting_moves"
            ),
        ),
        migrations.AddConstraint(
            model_name="fundposting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "credit__in",
                        ["finance", "promised", "district", "township", "reserve", "under_way", "spent", "returned"],
                    ),
                    (
                        "debit__in",
                        ["finance", "promised", "district", "township", "reserve", "under_way", "spent", "returned"],
                    ),
                ),
                name="fund_accounts_are_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="fundposting",
            constraint=models.CheckConstraint(
                condition=models.Q(("programme__in", ["dibao", "tekun", "temporary"])), name="fund_programmes_are_known"
            ),
        ),
    ]
