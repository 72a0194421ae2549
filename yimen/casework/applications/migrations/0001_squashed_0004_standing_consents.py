"""All steps so far as one: a new database is made in seconds. One that has some of them takes the others one by one."""

import django.db.models.deletion
import yimen.base.refs
import yimen.base.sealed
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("applications", "0001_initial"),
        ("applications", "0002_programmes"),
        ("applications", "0003_wished"),
        ("applications", "0004_standing_consents"),
    ]

    initial = True

    dependencies = [
        ("households", "0001_squashed_0002_search"),
        ("offices", "0001_squashed_0003_cashier"),
    ]

    operations = [
        migrations.CreateModel(
            name="Draft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", models.CharField(default=yimen.base.refs.new_ref, max_length=12, unique=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=120)),
                ("body", yimen.base.sealed.SealedJSON()),
                ("saved_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["-saved_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Application",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", models.CharField(default=yimen.base.refs.new_ref, max_length=12, unique=True)),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("registered", "申请登记"),
                            ("supplementing", "待补正"),
                            ("accepted", "已受理"),
                            ("checking", "信息核对中"),
                            ("checked", "核对已返回"),
                            ("investigating", "调查核实"),
                            ("appraising", "民主评议"),
                            ("examining", "拟定审核意见"),
                            ("notice_ready", "待公示"),
                            ("on_notice", "公示中"),
                            ("objected", "公示异议处理"),
                            ("deciding", "待确认"),
                            ("approved", "已确认待公布"),
                            ("refused_telling", "不予确认待送达"),
                            ("on_assistance", "已纳入保障"),
                            ("refused", "不予确认"),
                            ("declined", "不予受理"),
                            ("ended", "程序终止"),
                        ],
                        db_index=True,
                        max_length=20,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "order",
                    models.CharField(
                        choices=[
                            ("plan", "先核对后受理（实施方案四）"),
                            ("ministry", "先受理后核对（民发〔2021〕57号）"),
                        ],
                        max_length=12,
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
                (
                    "township",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.area"),
                ),
                (
                    "village",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.area"),
                ),
                ("number", models.CharField(max_length=40, unique=True)),
                (
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="applications",
                        to="households.household",
                    ),
                ),
                (
                    "applicant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="applications", to="households.person"
                    ),
                ),
                (
                    "applied_by",
                    models.CharField(
                        choices=[
                            ("self", "本人（家庭成员）申请"),
                            ("family", "委托家属代办"),
                            ("village", "委托村（社区）代办"),
                            ("other", "委托他人代办"),
                        ],
                        max_length=10,
                    ),
                ),
                ("dictated", models.BooleanField(default=False, help_text="口述代填")),
                ("witness", models.CharField(blank=True, max_length=100)),
                ("single_person", models.BooleanField(default=False)),
                ("single_person_reason", models.CharField(blank=True, max_length=200)),
                ("single_person_ground", models.CharField(blank=True, max_length=40)),
                (
                    "poverty_cause",
                    models.CharField(
                        choices=[
                            ("illness", "因病"),
                            ("disability", "因残"),
                            ("age", "年老体弱"),
                            ("no_labour", "缺少劳动力"),
                            ("unemployed", "失业、收入不稳定"),
                            ("education", "因学"),
                            ("accident", "突发意外、灾害"),
                            ("other", "其他"),
                        ],
                        max_length=16,
                    ),
                ),
                ("reason", models.TextField()),
                ("relative_declared", models.BooleanField(help_text="applicant's statement on close relatives (D11)")),
                ("away_from_hukou", models.BooleanField(default=False)),
                ("applied_on", models.DateField()),
                ("supplemented_on", models.DateField(blank=True, null=True)),
                ("check_requested_on", models.DateField(blank=True, null=True)),
                ("check_returned_on", models.DateField(blank=True, null=True)),
                ("accepted_on", models.DateField(blank=True, null=True)),
                ("decided_on", models.DateField(blank=True, null=True)),
                ("ended_on", models.DateField(blank=True, null=True)),
                ("ended_reason", models.CharField(blank=True, max_length=300)),
                (
                    "handler",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.staff"
                    ),
                ),
                ("progress_code", models.CharField(max_length=24, unique=True)),
                (
                    "wished",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("dibao", "最低生活保障"),
                            ("tekun", "特困人员救助供养"),
                            ("edge", "最低生活保障边缘家庭"),
                            ("rigid_expenditure", "刚性支出困难家庭"),
                        ],
                        default="",
                        help_text="what the applicant hopes for",
                        max_length=20,
                    ),
                ),
                (
                    "proposed",
                    models.CharField(
                        blank=True,
                        default="",
                        help_text="programmes of the opinion that counts, as 'tekun,edge'",
                        max_length=80,
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
                "indexes": [models.Index(fields=["township", "stage"], name="application_queue")],
            },
        ),
        migrations.CreateModel(
            name="Agent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "application",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="agent", to="applications.application"
                    ),
                ),
                ("name", models.CharField(max_length=100)),
                ("relation", models.CharField(max_length=40)),
                ("identity", yimen.base.sealed.SealedText(null=True)),
                ("phone", yimen.base.sealed.SealedText(null=True)),
                ("reason", models.CharField(max_length=200)),
                ("scope", models.CharField(max_length=200)),
                ("valid_to", models.DateField()),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Participant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="participants",
                        to="applications.application",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="households.person"
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
                        help_text="to the applicant",
                        max_length=16,
                    ),
                ),
                ("co_resident", models.BooleanField(default=True)),
                ("long_co_resident", models.BooleanField(default=False, help_text="长期共同居住 (D7(4))")),
                ("can_live_independently", models.BooleanField(default=True)),
                (
                    "not_counted",
                    models.CharField(
                        blank=True, help_text="prison, rehabilitation, missing, clergy: D7 paragraph 2", max_length=20
                    ),
                ),
                ("work_capacity", models.CharField(blank=True, max_length=10)),
                ("employed", models.BooleanField(default=False)),
            ],
            options={
                "ordering": ["id"],
                "constraints": [models.UniqueConstraint(fields=("application", "person"), name="participant_once")],
            },
        ),
        migrations.CreateModel(
            name="Income",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="incomes",
                        to="applications.application",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="households.person"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("wage", "工资性收入"),
                            ("business", "经营净收入"),
                            ("property", "财产净收入"),
                            ("transfer", "转移净收入"),
                            ("other", "其他收入"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "project",
                    models.CharField(help_text="item code of law.checks where one fits, else other", max_length=40),
                ),
                ("label", models.CharField(max_length=60)),
                ("amount_fen", models.BigIntegerField()),
                (
                    "period",
                    models.CharField(
                        choices=[
                            ("month", "每月"),
                            ("quarter", "每季"),
                            ("season", "每半年"),
                            ("year", "每年"),
                            ("once", "一次性"),
                        ],
                        max_length=10,
                    ),
                ),
                ("quantity", models.DecimalField(decimal_places=2, max_digits=10, null=True)),
                ("unit", models.CharField(blank=True, max_length=10)),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Property",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="properties",
                        to="applications.application",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="households.person"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("deposit", "银行存款"),
                            ("securities", "证券、基金"),
                            ("insurance", "商业保险"),
                            ("claim", "债权、互联网金融资产"),
                            ("vehicle", "机动车辆"),
                            ("house", "房屋"),
                            ("machinery", "大型农机具"),
                            ("business", "市场主体"),
                            ("land", "承包土地"),
                            ("fixture", "林木等其他定着物"),
                        ],
                        max_length=12,
                    ),
                ),
                ("label", models.CharField(max_length=80)),
                ("value_fen", models.BigIntegerField(null=True)),
                ("quantity", models.DecimalField(decimal_places=2, max_digits=10, null=True)),
                ("detail", yimen.base.sealed.SealedText(help_text="address, plate, account tail", null=True)),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Expense",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="expenses",
                        to="applications.application",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="households.person"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("living", "基本生活"),
                            ("medical", "医疗"),
                            ("education", "教育"),
                            ("rehabilitation", "残疾康复"),
                            ("other", "其他"),
                        ],
                        max_length=16,
                    ),
                ),
                ("label", models.CharField(max_length=80)),
                ("amount_fen", models.BigIntegerField()),
                (
                    "period",
                    models.CharField(
                        choices=[
                            ("month", "每月"),
                            ("quarter", "每季"),
                            ("season", "每半年"),
                            ("year", "每年"),
                            ("once", "一次性"),
                        ],
                        max_length=10,
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Consent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "application",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consents",
                        to="applications.application",
                    ),
                ),
                (
                    "household",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consents",
                        to="households.household",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="households.person"
                    ),
                ),
                (
                    "obligor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="households.obligor",
                    ),
                ),
                ("given", models.BooleanField()),
                ("signed_on", models.DateField()),
                ("valid_to", models.DateField()),
                ("signed_by", models.CharField(help_text="the person, or the guardian", max_length=100)),
                ("refused_reason", models.CharField(blank=True, max_length=200)),
                ("paper_ref", models.CharField(blank=True, max_length=12)),
                ("file_ref", models.CharField(blank=True, max_length=12)),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("obligor__isnull", True), ("person__isnull", False)),
                            models.Q(("obligor__isnull", False), ("person__isnull", True)),
                            _connector="OR",
                        ),
                        name="consent_of_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("application__isnull", False), ("household__isnull", True)),
                            models.Q(("application__isnull", True), ("household__isnull", False)),
                            _connector="OR",
                        ),
                        name="consent_stands_somewhere",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RelativeFiling",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="relative_filings",
                        to="applications.application",
                    ),
                ),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.staff"
                    ),
                ),
                ("person_name", models.CharField(max_length=100)),
                (
                    "relation",
                    models.CharField(
                        choices=[
                            ("spouse", "配偶"),
                            ("parent", "父母"),
                            ("child", "子女"),
                            ("sibling", "兄弟姐妹"),
                            ("grandparent", "祖父母、外祖父母"),
                            ("grandchild", "孙子女、外孙子女"),
                            ("self", "本人"),
                        ],
                        help_text="of the member to the person on staff",
                        max_length=12,
                    ),
                ),
                ("declared", models.BooleanField(default=False)),
                ("matched", models.BooleanField(default=False)),
                ("found_on", models.DateField()),
                ("filed_on", models.DateField(null=True)),
                ("paper_ref", models.CharField(blank=True, max_length=12)),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(fields=("application", "staff", "person_name"), name="relation_filed_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Material",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="materials",
                        to="applications.application",
                    ),
                ),
                ("code", models.CharField(max_length=40)),
                ("label", models.CharField(max_length=80)),
                ("required", models.BooleanField(default=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("by_check", "由核对取得，无需提供"),
                            ("original_seen", "已核验原件"),
                            ("promised", "告知承诺"),
                            ("submitted", "已提交"),
                            ("missing", "缺"),
                        ],
                        max_length=16,
                    ),
                ),
                ("file_ref", models.CharField(blank=True, max_length=12)),
                ("note", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "ordering": ["id"],
                "constraints": [models.UniqueConstraint(fields=("application", "code"), name="material_once")],
            },
        ),
        migrations.CreateModel(
            name="SupplementNotice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="supplement_notices",
                        to="applications.application",
                    ),
                ),
                ("items", models.JSONField()),
                ("by_on", models.DateField()),
                ("sent_on", models.DateField()),
                ("second_reason", models.CharField(blank=True, max_length=200)),
                ("received_on", models.DateField(null=True)),
                ("paper_ref", models.CharField(blank=True, max_length=12)),
            ],
            options={
                "ordering": ["id"],
            },
        ),
    ]
