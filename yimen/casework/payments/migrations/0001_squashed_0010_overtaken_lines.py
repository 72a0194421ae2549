"""All steps so far as one: a new database is made in seconds. One that has some of them takes the others one by one."""

import django.db.models.deletion
import django.db.models.expressions
import yimen.base.refs
import yimen.base.sealed
import yimen.law.payments.accounts
import yimen.law.payments.bank_terms
import yimen.law.payments.funds
import yimen.law.payments.recovery
import yimen.law.payments.relief
import yimen.law.payments.terms
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("payments", "0001_rolls"),
        ("payments", "0002_holds"),
        ("payments", "0003_funds"),
        ("payments", "0004_bank_files"),
        ("payments", "0005_recovery"),
        ("payments", "0006_accounts"),
        ("payments", "0007_relief"),
        ("payments", "0008_custody"),
        ("payments", "0009_bank_letters"),
        ("payments", "0010_overtaken_lines"),
    ]

    initial = True

    dependencies = [
        ("awards", "0001_squashed_0020_residences"),
        ("households", "0001_squashed_0002_search"),
        ("offices", "0001_squashed_0003_cashier"),
    ]

    operations = [
        migrations.CreateModel(
            name="AccountChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", models.CharField(default=yimen.base.refs.new_ref, max_length=12, unique=True)),
                (
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="account_changes",
                        to="households.household",
                    ),
                ),
                (
                    "township",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.area"),
                ),
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
                (
                    "member",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="households.person"
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
                    "made",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="households.bankaccount",
                    ),
                ),
                ("first_used", models.DateField(null=True)),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.staff"
                    ),
                ),
                ("proposed_on", models.DateField()),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.staff"
                    ),
                ),
                ("decided_on", models.DateField(null=True)),
                ("decided_words", models.CharField(blank=True, max_length=300)),
                (
                    "told_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.staff"
                    ),
                ),
                ("told_on", models.DateField(null=True)),
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
        migrations.CreateModel(
            name="Roll",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", models.CharField(default=yimen.base.refs.new_ref, max_length=12, unique=True)),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.office"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("counts", models.JSONField(default=dict)),
                ("lines_digest", models.CharField(blank=True, max_length=80)),
                ("note", models.CharField(blank=True, max_length=400)),
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
                ("released_at", models.DateTimeField(null=True)),
                ("finished_at", models.DateTimeField(null=True)),
                ("position", models.PositiveIntegerField(default=0)),
                ("job_ref", models.CharField(blank=True, max_length=12)),
                (
                    "area",
                    models.ForeignKey(
                        help_text="the township",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="offices.area",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("drawing", "正在编制"),
                            ("previewed", "已编制待提交"),
                            ("proposed", "待负责人批准"),
                            ("approved", "已批准待冻结"),
                            ("running", "正在冻结"),
                            ("done", "已冻结发布"),
                            ("withdrawn", "已撤回"),
                        ],
                        default=yimen.law.payments.terms.RollState["DRAWING"],
                        max_length=12,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("monthly", "月度名册"), ("further", "补充名册")],
                        default=yimen.law.payments.terms.RollKind["MONTHLY"],
                        max_length=10,
                    ),
                ),
                ("month", models.CharField(max_length=7)),
                ("opened_on", models.DateField()),
                ("frozen_on", models.DateField()),
                ("chosen", models.JSONField(blank=True, default=list)),
                ("submitted_at", models.DateTimeField(null=True)),
                (
                    "approved_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.staff"
                    ),
                ),
                ("approved_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["-month", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("released_by__isnull", True),
                            models.Q(("released_by", models.F("proposed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="roll_released_by_another_than_prepared",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved_by__isnull", True),
                            models.Q(("approved_by", models.F("proposed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="roll_approved_by_another_than_prepared",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("released_by__isnull", True),
                            models.Q(
                                ("approved_by__isnull", False),
                                models.Q(("released_by", models.F("approved_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="roll_released_by_another_than_approved",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "monthly"), models.Q(("state", "withdrawn"), _negated=True)),
                        fields=("area", "month"),
                        name="one_monthly_roll",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["done", "withdrawn"]), _negated=True),
                        fields=("area",),
                        name="one_roll_at_work_per_township",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BankTemplate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", models.CharField(default=yimen.base.refs.new_ref, max_length=12, unique=True)),
                (
                    "area",
                    models.ForeignKey(
                        help_text="the district",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="offices.area",
                    ),
                ),
                ("name", models.CharField(max_length=60)),
                ("banks", models.JSONField(default=list)),
                ("valid_from", models.DateField()),
                ("layouts", models.JSONField()),
                ("digest", models.CharField(max_length=80)),
                (
                    "state",
                    models.CharField(
                        choices=[("proposed", "待另一人发布"), ("released", "已发布"), ("withdrawn", "已撤回")],
                        default=yimen.law.payments.bank_terms.TemplateState["PROPOSED"],
                        max_length=10,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=200)),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.staff"
                    ),
                ),
                ("proposed_at", models.DateTimeField()),
                (
                    "released_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.staff"
                    ),
                ),
                ("released_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("released_by__isnull", True),
                            models.Q(("released_by", models.F("proposed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="bank_template_released_by_second_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "released"), _negated=True),
                            models.Q(("released_at__isnull", False), ("released_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_released_bank_template_has_its_second_person",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "released")),
                        fields=("area", "name", "valid_from"),
                        name="one_bank_template_a_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Custody",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", models.CharField(default=yimen.base.refs.new_ref, max_length=12, unique=True)),
                (
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="custodies", to="households.household"
                    ),
                ),
                (
                    "township",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.area"),
                ),
                ("number", models.CharField(blank=True, max_length=100)),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="households.person"
                    ),
                ),
                (
                    "agent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.staff"
                    ),
                ),
                ("post", models.CharField(max_length=80)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="households.bankaccount"
                    ),
                ),
                ("thing", models.CharField(choices=[("passbook", "存折"), ("card", "银行卡")], max_length=10)),
                ("reason", models.CharField(max_length=300)),
                ("duties", models.CharField(max_length=400)),
                ("from_on", models.DateField()),
                ("to_on", models.DateField()),
                (
                    "registered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.staff"
                    ),
                ),
                ("registered_on", models.DateField()),
                (
                    "filed_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.staff"
                    ),
                ),
                ("filed_on", models.DateField(null=True)),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.staff"
                    ),
                ),
                ("ended_on", models.DateField(null=True)),
                ("ended_words", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "ordering": ["-id"],
                "indexes": [models.Index(fields=["township", "ended_on"], name="custody_place")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_on__isnull", True)),
                        fields=("household",),
                        name="one_custody_per_household",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("to_on__gt", models.F("from_on"))), name="custody_ends_after_start"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("registered_by", models.F("agent")), _negated=True),
                        name="custody_registered_by_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("filed_by__isnull", True),
                            models.Q(
                                models.Q(("filed_by", models.F("agent")), _negated=True),
                                models.Q(("filed_by", models.F("registered_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="custody_filed_by_another",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FundOrder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", models.CharField(default=yimen.base.refs.new_ref, max_length=12, unique=True)),
                (
                    "district",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.area"),
                ),
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
                    "reverses",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reversed_by",
                        to="payments.fundorder",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("proposed", "待复核"), ("released", "已记账"), ("withdrawn", "已撤回")],
                        default=yimen.law.payments.funds.FundOrderState["PROPOSED"],
                        max_length=10,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.staff"
                    ),
                ),
                ("proposed_on", models.DateField()),
                (
                    "released_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.staff"
                    ),
                ),
                ("released_on", models.DateField(null=True)),
                ("note", models.CharField(blank=True, help_text="why it was withdrawn or sent back", max_length=200)),
            ],
            options={
                "ordering": ["-id"],
                "indexes": [models.Index(fields=["district", "state"], name="fund_order_state")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("fen__gt", 0)), name="a_fund_order_is_money"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("released_by__isnull", True),
                            models.Q(("released_by", models.F("proposed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="fund_order_released_by_second_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("released_by__isnull", False), ("released_on__isnull", False), ("state", "released")
                            ),
                            models.Q(models.Q(("state", "released"), _negated=True), ("released_by__isnull", True)),
                            _connector="OR",
                        ),
                        name="a_booked_fund_order_has_its_releaser",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("reverses__isnull", False), models.Q(("state", "withdrawn"), _negated=True)
                        ),
                        fields=("reverses",),
                        name="a_fund_order_is_reversed_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FundPosting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=120, unique=True)),
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
            ],
            options={
                "ordering": ["id"],
                "indexes": [
                    models.Index(fields=["township", "programme", "month"], name="fund_posting_place"),
                    models.Index(fields=["basis_kind", "basis_ref"], name="fund_posting_basis"),
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("fen__gt", 0)), name="a_fund_posting_is_money"),
                    models.CheckConstraint(
                        condition=models.Q(("debit", models.F("credit")), _negated=True), name="a_fund_posting_moves"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "credit__in",
                                [
                                    "finance",
                                    "promised",
                                    "district",
                                    "township",
                                    "reserve",
                                    "under_way",
                                    "spent",
                                    "returned",
                                ],
                            ),
                            (
                                "debit__in",
                                [
                                    "finance",
                                    "promised",
                                    "district",
                                    "township",
                                    "reserve",
                                    "under_way",
                                    "spent",
                                    "returned",
                                ],
                            ),
                        ),
                        name="fund_accounts_are_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("programme__in", ["dibao", "tekun", "temporary"])),
                        name="fund_programmes_are_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Hold",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", models.CharField(default=yimen.base.refs.new_ref, max_length=12, unique=True)),
                (
                    "award",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="holds", to="awards.award"
                    ),
                ),
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
                (
                    "placed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.staff"
                    ),
                ),
                ("placed_on", models.DateField()),
                ("placed_at", models.DateTimeField()),
                (
                    "freed_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.staff"
                    ),
                ),
                ("freed_on", models.DateField(null=True)),
                ("freed_at", models.DateTimeField(null=True)),
                ("freed_reason", models.CharField(blank=True, max_length=300)),
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
        migrations.CreateModel(
            name="Recovery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", models.CharField(default=yimen.base.refs.new_ref, max_length=12, unique=True)),
                (
                    "award",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="recoveries", to="awards.award"
                    ),
                ),
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
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.staff"
                    ),
                ),
                ("proposed_on", models.DateField()),
                (
                    "ordered_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.staff"
                    ),
                ),
                ("ordered_on", models.DateField(null=True)),
                ("settled_on", models.DateField(null=True)),
                ("note", models.CharField(blank=True, help_text="why it was sent back or withdrawn", max_length=200)),
            ],
            options={
                "ordering": ["-id"],
                "indexes": [models.Index(fields=["state", "from_month"], name="recovery_state")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("fine_fen__gte", 0), ("total_fen__gt", 0)), name="a_recovery_is_money"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ordered_by__isnull", True),
                            models.Q(("ordered_by", models.F("proposed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="recovery_ordered_by_second_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["ordered", "settled"]), _negated=True),
                            models.Q(("ordered_by__isnull", False), ("ordered_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="nothing_is_taken_back_without_an_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("monthly_fen__gt", 0),
                                ("return_by__isnull", True),
                                ("way", "instalments"),
                                models.Q(("from_month", ""), _negated=True),
                            ),
                            models.Q(
                                ("from_month", ""),
                                ("monthly_fen__isnull", True),
                                ("return_by__isnull", False),
                                ("way", "cash"),
                            ),
                            _connector="OR",
                        ),
                        name="a_recovery_has_one_way",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["proposed", "returned"])),
                        fields=("award",),
                        name="one_proposed_recovery_per_award",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReliefCase",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", models.CharField(default=yimen.base.refs.new_ref, max_length=12, unique=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="households.person"
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
                    "township",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.area"),
                ),
                (
                    "village",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.area"),
                ),
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
                    "registered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.staff"
                    ),
                ),
                ("registered_on", models.DateField()),
                ("papers_due_on", models.DateField(null=True)),
                ("papers_on", models.DateField(help_text="when the papers were complete", null=True)),
                ("paid_on", models.DateField(null=True)),
                (
                    "paid_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.staff"
                    ),
                ),
                ("received_by", models.CharField(blank=True, max_length=100)),
                ("voucher", models.CharField(blank=True, max_length=60)),
                ("shown_to", models.DateField(help_text="the last day of its announcement", null=True)),
                ("note", models.CharField(blank=True, help_text="why it was cancelled", max_length=200)),
            ],
            options={
                "ordering": ["-id"],
                "indexes": [
                    models.Index(fields=["township", "state"], name="relief_state"),
                    models.Index(fields=["village", "shown_to"], name="relief_shown"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("persons__gt", 0), ("wanted_fen__gt", 0)), name="relief_wants_something"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("way", "cash"), ("account__isnull", False), _connector="OR"),
                        name="a_transfer_has_its_account",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "paid"), _negated=True),
                            models.Q(("paid_by__isnull", False), ("paid_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="relief_is_handed_out_by_somebody",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["refused", "cancelled"]), _negated=True),
                        fields=("person", "happened_on", "cause"),
                        name="relief_once_per_event",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DraftLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveIntegerField()),
                (
                    "award",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="awards.award"),
                ),
                (
                    "version",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="awards.awardversion",
                    ),
                ),
                (
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="households.household"
                    ),
                ),
                (
                    "village",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.area"
                    ),
                ),
                (
                    "programme",
                    models.CharField(
                        choices=[
                            ("dibao", "最低生活保障"),
                            ("tekun", "特困人员救助供养"),
                            ("edge", "最低生活保障边缘家庭"),
                            ("rigid_expenditure", "刚性支出困难家庭"),
                        ],
                        max_length=20,
                    ),
                ),
                ("urban", models.BooleanField()),
                ("category", models.CharField(blank=True, max_length=10)),
                (
                    "account",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="households.bankaccount",
                    ),
                ),
                ("due", models.BooleanField()),
                ("covered", models.TextField(blank=True)),
                ("persons", models.PositiveSmallIntegerField()),
                ("base_fen", models.BigIntegerField()),
                ("supplement_fen", models.BigIntegerField()),
                ("addition_fen", models.BigIntegerField()),
                ("arrears_fen", models.BigIntegerField()),
                ("recovery_fen", models.BigIntegerField()),
                ("total_fen", models.BigIntegerField()),
                ("last_fen", models.BigIntegerField(null=True)),
                ("digest", models.CharField(blank=True, max_length=64)),
                (
                    "roll",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="payments.roll"
                    ),
                ),
                (
                    "left_out",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("held", "暂缓发放"),
                            ("clash", "有成员本月已在其他名册"),
                            ("overtaken", "发布以后待遇又有变动"),
                        ],
                        max_length=10,
                    ),
                ),
            ],
            options={
                "ordering": ["roll_id", "position"],
                "constraints": [
                    models.UniqueConstraint(fields=("roll", "award"), name="draft_line_once"),
                    models.UniqueConstraint(fields=("roll", "position"), name="draft_line_in_order"),
                ],
            },
        ),
        migrations.CreateModel(
            name="DraftPart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "award",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="awards.award"),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("addition", "临时加发"),
                            ("missed", "补发以前月份"),
                            ("arrears", "补差"),
                            ("recovery", "扣回"),
                            ("absorbed", "已并入当月"),
                        ],
                        max_length=10,
                    ),
                ),
                ("month", models.CharField(max_length=7)),
                ("fen", models.BigIntegerField()),
                ("words", models.CharField(blank=True, max_length=200)),
                (
                    "version",
                    models.ForeignKey(
                        db_index=False,
                        help_text="of a month that was missed",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="awards.awardversion",
                    ),
                ),
                (
                    "balance",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="awards.balance"
                    ),
                ),
                (
                    "order_ref",
                    models.CharField(blank=True, help_text="of the recovery that it pays off", max_length=40),
                ),
                (
                    "roll",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="parts", to="payments.roll"
                    ),
                ),
            ],
            options={
                "ordering": ["roll_id", "award_id", "kind", "month", "id"],
                "indexes": [models.Index(fields=["roll", "award"], name="draft_part_award")],
            },
        ),
        migrations.CreateModel(
            name="PayLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveIntegerField()),
                (
                    "award",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="awards.award"),
                ),
                (
                    "version",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="awards.awardversion",
                    ),
                ),
                (
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="households.household"
                    ),
                ),
                (
                    "village",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.area"
                    ),
                ),
                (
                    "programme",
                    models.CharField(
                        choices=[
                            ("dibao", "最低生活保障"),
                            ("tekun", "特困人员救助供养"),
                            ("edge", "最低生活保障边缘家庭"),
                            ("rigid_expenditure", "刚性支出困难家庭"),
                        ],
                        max_length=20,
                    ),
                ),
                ("urban", models.BooleanField()),
                ("category", models.CharField(blank=True, max_length=10)),
                (
                    "account",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="households.bankaccount",
                    ),
                ),
                ("due", models.BooleanField()),
                ("covered", models.TextField(blank=True)),
                ("persons", models.PositiveSmallIntegerField()),
                ("base_fen", models.BigIntegerField()),
                ("supplement_fen", models.BigIntegerField()),
                ("addition_fen", models.BigIntegerField()),
                ("arrears_fen", models.BigIntegerField()),
                ("recovery_fen", models.BigIntegerField()),
                ("total_fen", models.BigIntegerField()),
                ("last_fen", models.BigIntegerField(null=True)),
                ("digest", models.CharField(blank=True, max_length=64)),
                (
                    "roll",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="paid", to="payments.roll"
                    ),
                ),
                ("ref", models.CharField(help_text="what the bank's file calls it", max_length=24, unique=True)),
                (
                    "township",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.area"),
                ),
                ("month", models.CharField(max_length=7)),
            ],
            options={
                "ordering": ["roll_id", "position"],
                "indexes": [models.Index(fields=["month", "township", "programme"], name="pay_line_month")],
                "constraints": [
                    models.UniqueConstraint(fields=("award", "month"), name="one_line_per_award_and_month"),
                    models.UniqueConstraint(fields=("roll", "position"), name="pay_line_in_order"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("addition_fen__gte", 0),
                            ("arrears_fen__gte", 0),
                            ("base_fen__gte", 0),
                            ("recovery_fen__gte", 0),
                            ("supplement_fen__gte", 0),
                            ("total_fen__gte", 0),
                        ),
                        name="pay_line_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "total_fen",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        django.db.models.expressions.CombinedExpression(
                                            django.db.models.expressions.CombinedExpression(
                                                models.F("base_fen"), "+", models.F("supplement_fen")
                                            ),
                                            "+",
                                            models.F("addition_fen"),
                                        ),
                                        "+",
                                        models.F("arrears_fen"),
                                    ),
                                    "-",
                                    models.F("recovery_fen"),
                                ),
                            )
                        ),
                        name="pay_line_adds_up",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BankFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", models.CharField(default=yimen.base.refs.new_ref, max_length=12, unique=True)),
                (
                    "number",
                    models.CharField(help_text="what the bank's file calls the batch", max_length=20, unique=True),
                ),
                (
                    "area",
                    models.ForeignKey(
                        help_text="the township",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="offices.area",
                    ),
                ),
                (
                    "template",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="payments.banktemplate"
                    ),
                ),
                ("month", models.CharField(help_text="of its latest lines", max_length=7)),
                ("name", models.CharField(max_length=120)),
                ("count", models.PositiveIntegerField()),
                ("again", models.PositiveIntegerField(help_text="lines sent once more")),
                ("total_fen", models.BigIntegerField()),
                ("size", models.PositiveIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.staff"
                    ),
                ),
                ("on", models.DateField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ["-id"],
                "indexes": [models.Index(fields=["area", "month"], name="bank_file_month")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("count__gt", 0), ("total_fen__gt", 0)), name="a_bank_file_pays_something"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RecoveredBalance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "recovery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="balances", to="payments.recovery"
                    ),
                ),
                (
                    "balance",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="recovered", to="awards.balance"
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
                (
                    "recovery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="refunds", to="payments.recovery"
                    ),
                ),
                ("fen", models.BigIntegerField()),
                ("on", models.DateField()),
                ("receipt", models.CharField(max_length=60)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.staff"
                    ),
                ),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("fen__gt", 0)), name="a_refund_is_money"),
                    models.UniqueConstraint(fields=("recovery", "receipt"), name="a_receipt_once_per_recovery"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReliefDecision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="decision", to="payments.reliefcase"
                    ),
                ),
                ("granted", models.BooleanField()),
                ("fen", models.BigIntegerField(default=0)),
                ("reasons", yimen.base.sealed.SealedText()),
                ("urgent", models.BooleanField()),
                ("limit_fen", models.BigIntegerField(null=True)),
                ("limit_words", models.CharField(blank=True, max_length=200)),
                ("body", models.CharField(max_length=100)),
                (
                    "registered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.staff"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.staff"
                    ),
                ),
                ("on", models.DateField()),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("fen__gt", 0), ("granted", True)),
                            models.Q(("fen", 0), ("granted", False)),
                            _connector="OR",
                        ),
                        name="relief_granted_is_money",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("by", models.F("registered_by")), _negated=True),
                        name="relief_decided_by_second_person",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReliefPapers",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="papers_row", to="payments.reliefcase"
                    ),
                ),
                ("papers", models.JSONField(default=list)),
                ("words", yimen.base.sealed.SealedText()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.staff"
                    ),
                ),
                ("on", models.DateField()),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="PayPart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "award",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="awards.award"),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("addition", "临时加发"),
                            ("missed", "补发以前月份"),
                            ("arrears", "补差"),
                            ("recovery", "扣回"),
                            ("absorbed", "已并入当月"),
                        ],
                        max_length=10,
                    ),
                ),
                ("month", models.CharField(max_length=7)),
                ("fen", models.BigIntegerField()),
                ("words", models.CharField(blank=True, max_length=200)),
                (
                    "version",
                    models.ForeignKey(
                        db_index=False,
                        help_text="of a month that was missed",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="awards.awardversion",
                    ),
                ),
                (
                    "balance",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="awards.balance"
                    ),
                ),
                (
                    "order_ref",
                    models.CharField(blank=True, help_text="of the recovery that it pays off", max_length=40),
                ),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="parts", to="payments.payline"
                    ),
                ),
            ],
            options={
                "ordering": ["line_id", "kind", "month", "id"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("fen__gte", 0)), name="pay_part_not_negative"),
                    models.UniqueConstraint(
                        condition=models.Q(("balance__isnull", False)),
                        fields=("balance",),
                        name="a_balance_is_settled_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PayKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="keys", to="payments.payline"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="households.person",
                    ),
                ),
                (
                    "programme",
                    models.CharField(
                        choices=[
                            ("dibao", "最低生活保障"),
                            ("tekun", "特困人员救助供养"),
                            ("edge", "最低生活保障边缘家庭"),
                            ("rigid_expenditure", "刚性支出困难家庭"),
                        ],
                        max_length=20,
                    ),
                ),
                ("month", models.CharField(max_length=7)),
            ],
            options={
                "ordering": ["line_id", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("person", "programme", "month"), name="paid_once_per_person_and_month"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LineEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="events", to="payments.payline"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("sent", "已报送银行"),
                            ("paid", "已发放"),
                            ("failed", "发放不成功"),
                            ("unknown", "银行未答复"),
                            ("returned", "发放后退回"),
                            ("held", "暂缓发放"),
                            ("freed", "解除暂缓"),
                        ],
                        max_length=10,
                    ),
                ),
                ("attempt", models.PositiveSmallIntegerField(default=0)),
                (
                    "cause",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("closed", "账户已销户"),
                            ("limit", "超过账户限额"),
                            ("name", "户名不符"),
                            ("no_account", "查无此账户"),
                            ("other", "其他原因"),
                        ],
                        max_length=12,
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=200)),
                ("basis_kind", models.CharField(max_length=24)),
                ("basis_ref", models.CharField(max_length=40)),
                ("on", models.DateField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.staff"
                    ),
                ),
            ],
            options={
                "ordering": ["line_id", "id"],
                "indexes": [models.Index(fields=["basis_kind", "basis_ref"], name="line_event_basis")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("kind__in", ["sent", "paid", "failed", "returned"])),
                        fields=("line", "attempt", "kind"),
                        name="one_answer_per_attempt",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "failed"), _negated=True),
                            models.Q(("cause", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="a_failure_has_its_cause",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BankAttempt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "file",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attempts",
                        to="payments.bankfile",
                    ),
                ),
                ("serial", models.PositiveIntegerField()),
                (
                    "line",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attempts",
                        to="payments.payline",
                    ),
                ),
                ("attempt", models.PositiveSmallIntegerField()),
                ("fen", models.BigIntegerField()),
                (
                    "account",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="households.bankaccount",
                    ),
                ),
                ("account_index", models.CharField(max_length=64)),
            ],
            options={
                "ordering": ["file_id", "serial"],
                "constraints": [
                    models.UniqueConstraint(fields=("file", "serial"), name="bank_attempt_in_order"),
                    models.UniqueConstraint(fields=("line", "attempt"), name="bank_attempt_once"),
                    models.CheckConstraint(
                        condition=models.Q(("attempt__gt", 0), ("fen__gt", 0)), name="bank_attempt_pays_something"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BankReturn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", models.CharField(default=yimen.base.refs.new_ref, max_length=12, unique=True)),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="returns", to="payments.bankfile"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("reading", "正在核对"),
                            ("refused", "没有采用"),
                            ("previewed", "已核对待入账"),
                            ("booked", "已入账"),
                            ("withdrawn", "已撤回"),
                        ],
                        max_length=10,
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("sha256", models.CharField(max_length=64)),
                ("size", models.PositiveIntegerField()),
                ("counts", models.JSONField(default=dict)),
                ("faults", models.JSONField(default=list)),
                ("sample", yimen.base.sealed.SealedJSON(default=list)),
                ("note", models.CharField(blank=True, max_length=200)),
                ("job_ref", models.CharField(blank=True, max_length=12)),
                ("letter", models.CharField(blank=True, max_length=60)),
                (
                    "taken_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.staff"
                    ),
                ),
                ("taken_at", models.DateTimeField()),
                (
                    "booked_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.staff"
                    ),
                ),
                ("booked_on", models.DateField(null=True)),
                ("booked_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["reading", "previewed", "booked"])),
                        fields=("sha256",),
                        name="a_bank_return_counts_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "booked"), _negated=True),
                            models.Q(("booked_at__isnull", False), ("booked_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_booked_bank_return_has_its_officer",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("letter", ""),
                            ("booked_by__isnull", True),
                            models.Q(("booked_by", models.F("taken_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="a_bank_letter_has_two_persons",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reissue",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", models.CharField(default=yimen.base.refs.new_ref, max_length=12, unique=True)),
                (
                    "line",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reissues",
                        to="payments.payline",
                    ),
                ),
                ("attempt", models.PositiveSmallIntegerField(help_text="the one that failed")),
                (
                    "cause",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("closed", "账户已销户"),
                            ("limit", "超过账户限额"),
                            ("name", "户名不符"),
                            ("no_account", "查无此账户"),
                            ("other", "其他原因"),
                        ],
                        max_length=12,
                    ),
                ),
                ("correction", models.CharField(max_length=200)),
                ("changed", models.BooleanField(help_text="to another account than the failed attempt")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.staff"
                    ),
                ),
                ("on", models.DateField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ["-id"],
                "constraints": [models.UniqueConstraint(fields=("line", "attempt"), name="reissued_once_per_attempt")],
            },
        ),
        migrations.CreateModel(
            name="RefundCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "refund",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="check_row", to="payments.refund"
                    ),
                ),
                ("accepted", models.BooleanField()),
                ("words", models.CharField(blank=True, max_length=200)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.staff"
                    ),
                ),
                ("on", models.DateField()),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="BankAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "returned",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="payments.bankreturn",
                    ),
                ),
                (
                    "attempt",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="payments.bankattempt",
                    ),
                ),
                ("row", models.PositiveIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("paid", "发放成功"),
                            ("failed", "发放不成功"),
                            ("unknown", "结果不明"),
                            ("returned", "发放后退回"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "cause",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("closed", "账户已销户"),
                            ("limit", "超过账户限额"),
                            ("name", "户名不符"),
                            ("no_account", "查无此账户"),
                            ("other", "其他原因"),
                        ],
                        max_length=12,
                    ),
                ),
                ("code", models.CharField(blank=True, max_length=20)),
                ("words", models.CharField(blank=True, max_length=120)),
            ],
            options={
                "ordering": ["returned_id", "row"],
                "constraints": [
                    models.UniqueConstraint(fields=("attempt", "kind"), name="bank_answer_once"),
                    models.UniqueConstraint(fields=("returned", "attempt"), name="bank_answer_once_per_return"),
                ],
            },
        ),
    ]
