"""All steps so far as one: a new database is made in seconds. One that has some of them takes the others one by one."""

import django.db.models.deletion
import yimen.base.refs
import yimen.base.sealed
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("investigation", "0001_initial"),
        ("investigation", "0002_programme_facts"),
        ("investigation", "0003_owners"),
        ("investigation", "0004_inquiry"),
    ]

    initial = True

    dependencies = [
        ("applications", "0001_squashed_0004_standing_consents"),
        ("households", "0001_squashed_0002_search"),
        ("offices", "0001_squashed_0003_cashier"),
    ]

    operations = [
        migrations.CreateModel(
            name="TekunRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", models.CharField(default=yimen.base.refs.new_ref, max_length=12, unique=True)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tekun_records",
                        to="applications.application",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="households.person"
                    ),
                ),
                ("obligors_known", models.BooleanField(help_text="who the legal obligors are has been established")),
                (
                    "no_labour_ground",
                    models.CharField(blank=True, help_text="code of tekun.no_labour_local", max_length=40),
                ),
                (
                    "disabilities",
                    yimen.base.sealed.SealedJSON(default=list, help_text="of 多重: list of [kind, grade]"),
                ),
                (
                    "school",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("kindergarten", "幼儿园"),
                            ("primary", "小学"),
                            ("junior", "初中"),
                            ("senior", "普通高中"),
                            ("vocational", "中等职业学校"),
                            ("college", "全日制高等职业学校、高等专科学校"),
                            ("undergraduate", "全日制普通本科高等学校"),
                            ("other", "其他"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "child_benefit_fits",
                    models.BooleanField(default=False, help_text="fits 孤儿 or 事实无人抚养儿童 as well (T9)"),
                ),
                (
                    "child_benefit_choice",
                    models.CharField(
                        blank=True,
                        choices=[("tekun", "特困人员救助供养"), ("child", "孤儿、事实无人抚养儿童基本生活保障")],
                        max_length=8,
                    ),
                ),
                ("contracted_land", models.BooleanField(default=False)),
                ("collective_income", models.BooleanField(default=False)),
                (
                    "relocated",
                    models.BooleanField(default=False, help_text="relocated to a town under poverty relocation (T19)"),
                ),
                (
                    "form",
                    models.CharField(
                        blank=True,
                        choices=[("institutional", "集中供养"), ("at_home", "分散供养")],
                        help_text="chosen freely",
                        max_length=16,
                    ),
                ),
                ("recorded_on", models.DateField()),
                (
                    "recorded_by",
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
            name="AbilityRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ability_records",
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
                    "obligor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="households.obligor",
                    ),
                ),
                ("on_tekun", models.BooleanField(default=False)),
                ("on_dibao", models.BooleanField(default=False)),
                ("own_income_fen", models.BigIntegerField(help_text="own income, fen a month", null=True)),
                (
                    "property_fits",
                    models.BooleanField(help_text="within the local limits of low-income households", null=True),
                ),
                ("health", yimen.base.sealed.SealedJSON(default=dict)),
                (
                    "situation",
                    models.CharField(
                        blank=True,
                        choices=[("incapable", "无民事行为能力"), ("missing", "被宣告失踪"), ("prison", "在监狱服刑")],
                        max_length=12,
                    ),
                ),
                (
                    "local_ground",
                    models.CharField(blank=True, help_text="code of tekun.obligor_grounds_local", max_length=40),
                ),
                ("ground", models.CharField(blank=True, help_text="how it was established", max_length=200)),
                (
                    "inquiry",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("visit", "入户调查"),
                            ("neighbour", "邻里访问"),
                            ("letter", "信函索证"),
                            ("appraisal", "民主评议"),
                            ("none", "各种方式都没有查清"),
                        ],
                        default="",
                        help_text="how without a check (T13)",
                        max_length=10,
                    ),
                ),
                ("recorded_on", models.DateField()),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.staff"
                    ),
                ),
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
                        name="ability_of_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("own_income_fen__isnull", True), ("own_income_fen__gte", 0), _connector="OR"
                        ),
                        name="ability_income_not_negative",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OwnerRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="owner_records",
                        to="applications.application",
                    ),
                ),
                (
                    "thing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="applications.property"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="households.person"
                    ),
                ),
                ("recorded_on", models.DateField()),
                (
                    "recorded_by",
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
            name="SelfCareAssessment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", models.CharField(default=yimen.base.refs.new_ref, max_length=12, unique=True)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="self_care_assessments",
                        to="applications.application",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="households.person"
                    ),
                ),
                ("items", yimen.base.sealed.SealedJSON(help_text="indicator: whether the person manages it")),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("able", "具备生活自理能力"),
                            ("partly_lost", "部分丧失生活自理能力"),
                            ("lost", "完全丧失生活自理能力"),
                        ],
                        max_length=12,
                    ),
                ),
                ("assessed_on", models.DateField()),
                ("place", models.CharField(max_length=100)),
                ("body", models.CharField(blank=True, help_text="a contracted third party, or empty", max_length=120)),
                ("names", models.JSONField(help_text="names of everybody who assessed")),
                ("present", models.CharField(help_text="the person or the carer who signed", max_length=100)),
                ("note", models.CharField(blank=True, max_length=300)),
                ("recorded_on", models.DateField()),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.staff"
                    ),
                ),
                (
                    "assessors",
                    models.ManyToManyField(
                        help_text="officers; none where a third party assessed", related_name="+", to="offices.staff"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="SpendingRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", models.CharField(default=yimen.base.refs.new_ref, max_length=12, unique=True)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="spending_records",
                        to="applications.application",
                    ),
                ),
                (
                    "total_income_fen",
                    models.BigIntegerField(help_text="of the same months, established as a sum", null=True),
                ),
                ("total_income_source", models.CharField(blank=True, max_length=200)),
                ("none_found", models.BooleanField(default=False, help_text="it was asked and there is none")),
                ("recorded_on", models.DateField()),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.staff"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("total_income_fen__isnull", True), ("total_income_fen__gte", 0), _connector="OR"
                        ),
                        name="spending_income_not_negative",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Round",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="investigation_rounds",
                        to="applications.application",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(help_text="from 2; the first round needs no row")),
                ("reason", models.CharField(max_length=200)),
                ("opened_on", models.DateField()),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(fields=("application", "number"), name="investigation_round_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="HomeVisit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", models.CharField(default=yimen.base.refs.new_ref, max_length=12, unique=True)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="home_visits",
                        to="applications.application",
                    ),
                ),
                ("by_district", models.BooleanField(default=False)),
                (
                    "district_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("relatives", "近亲属备案"),
                            ("complaint", "审核确认阶段接到投诉举报"),
                            ("other", "其他"),
                        ],
                        max_length=10,
                    ),
                ),
                ("district_reason_text", models.CharField(blank=True, max_length=200)),
                ("visited_on", models.DateField()),
                ("visited_at", models.TimeField()),
                ("place", models.CharField(blank=True, max_length=120)),
                (
                    "leader",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.staff"
                    ),
                ),
                ("helper", models.CharField(blank=True, max_length=100)),
                ("present", models.JSONField(help_text="names of the members present")),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("visit", "入户"),
                            ("phone", "电话（重大突发事件）"),
                            ("video", "视频（重大突发事件）"),
                        ],
                        default="visit",
                        max_length=8,
                    ),
                ),
                (
                    "remote_reason",
                    models.CharField(
                        blank=True, help_text="which major emergency, if by phone or video", max_length=200
                    ),
                ),
                ("residents_match", models.BooleanField()),
                ("residents_note", models.CharField(blank=True, max_length=300)),
                (
                    "living",
                    yimen.base.sealed.SealedJSON(default=dict, help_text="吃穿住用: eating, clothing, housing, using"),
                ),
                ("support_found", models.TextField(blank=True)),
                ("income_found", models.TextField(blank=True)),
                ("property_found", models.TextField(blank=True)),
                (
                    "answers",
                    models.JSONField(
                        default=list, help_text="answers to open items: comparison ref, holds, actual fen, note"
                    ),
                ),
                (
                    "result",
                    models.CharField(
                        choices=[("same", "与申报一致"), ("partly", "部分不一致"), ("far", "明显不一致")], max_length=8
                    ),
                ),
                ("conclusion", models.TextField()),
                ("signed_by_investigators", models.BooleanField(default=False)),
                ("signed_by_member", models.CharField(blank=True, max_length=100)),
                ("photo_refs", models.JSONField(default=list)),
                ("round", models.PositiveSmallIntegerField(default=1, help_text="1, then that of the latest Round")),
                ("investigators", models.ManyToManyField(related_name="+", to="offices.staff")),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="NeighbourInterview",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", models.CharField(default=yimen.base.refs.new_ref, max_length=12, unique=True)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="interviews",
                        to="applications.application",
                    ),
                ),
                ("held_on", models.DateField()),
                ("held_at", models.TimeField()),
                ("place", models.CharField(max_length=100)),
                ("interviewee", yimen.base.sealed.SealedText(help_text="name, protected; may be empty", null=True)),
                ("willing_to_sign", models.BooleanField(default=False)),
                ("answers", yimen.base.sealed.SealedJSON(help_text="list of {question, answer}")),
                ("conclusion", models.TextField()),
                ("investigators", models.ManyToManyField(related_name="+", to="offices.staff")),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="EvidenceLetter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", models.CharField(default=yimen.base.refs.new_ref, max_length=12, unique=True)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letters",
                        to="applications.application",
                    ),
                ),
                ("addressee", models.CharField(max_length=120)),
                ("person_name", models.CharField(help_text="whom it is about", max_length=100)),
                ("items", models.JSONField(help_text="list of what is asked for")),
                ("reply_by", models.DateField()),
                ("sent_on", models.DateField()),
                ("reply", models.TextField(blank=True)),
                ("replied_on", models.DateField(null=True)),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="ThirdPartyAssessment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assessments",
                        to="applications.application",
                    ),
                ),
                ("body", models.CharField(max_length=120)),
                ("contract", models.CharField(max_length=80)),
                ("assessors", models.JSONField(help_text="names")),
                ("assessed_on", models.DateField()),
                ("assessed_at", models.TimeField()),
                ("method", models.TextField()),
                ("findings", models.JSONField(help_text="list of {item, finding, ground}")),
                ("conclusion", models.TextField()),
                ("conflict_declaration", models.CharField(max_length=200)),
                (
                    "taken_over",
                    models.CharField(
                        choices=[("whole", "采用"), ("partly", "部分采用"), ("no", "不采用")], max_length=8
                    ),
                ),
                ("taken_over_note", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Conclusion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conclusions",
                        to="applications.application",
                    ),
                ),
                ("disputed", models.BooleanField()),
                ("reason", models.TextField()),
                ("concluded_on", models.DateField()),
                ("round", models.PositiveSmallIntegerField(default=1)),
                (
                    "concluded_by",
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
            name="Appraisal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", models.CharField(default=yimen.base.refs.new_ref, max_length=12, unique=True)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appraisals",
                        to="applications.application",
                    ),
                ),
                ("matter", models.TextField()),
                ("held_on", models.DateField()),
                ("held_at", models.TimeField()),
                ("place", models.CharField(max_length=100)),
                ("chair", models.CharField(max_length=100)),
                ("recorder", models.CharField(blank=True, max_length=100)),
                ("expected", models.PositiveSmallIntegerField()),
                ("attendees", models.JSONField(help_text="list of {name, role, recused}; the recused do not vote")),
                ("agree", models.PositiveSmallIntegerField()),
                ("against", models.PositiveSmallIntegerField()),
                ("abstain", models.PositiveSmallIntegerField()),
                ("minutes", models.TextField()),
                ("result", models.TextField()),
                ("supports_application", models.BooleanField(help_text="by the majority of the place")),
                ("recusals", models.CharField(blank=True, max_length=300)),
                ("round", models.PositiveSmallIntegerField(default=1)),
                ("photo_refs", models.JSONField(default=list)),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="SpentRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rows",
                        to="investigation.spendingrecord",
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
                (
                    "person",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="households.person"
                    ),
                ),
                ("amount_fen", models.BigIntegerField()),
                ("reimbursed_fen", models.BigIntegerField(default=0, help_text="borne by insurance, aid, subsidy")),
                ("paid_on", models.DateField(null=True)),
                (
                    "period",
                    models.CharField(
                        blank=True,
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
                (
                    "schooling",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("kindergarten", "幼儿园"),
                            ("primary", "小学"),
                            ("junior", "初中"),
                            ("senior", "普通高中"),
                            ("vocational", "中等职业学校"),
                            ("college", "全日制高等职业学校、高等专科学校"),
                            ("undergraduate", "全日制普通本科高等学校"),
                            ("other", "其他"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "public_fee_fen",
                    models.BigIntegerField(help_text="what a public school of the place charges", null=True),
                ),
                ("designated", models.BooleanField(default=False, help_text="a designated medical institution")),
                ("receipt", models.CharField(blank=True, max_length=60)),
                (
                    "recognised",
                    models.CharField(blank=True, help_text="why it counts without a receipt", max_length=120),
                ),
                (
                    "item",
                    models.CharField(blank=True, help_text="code of rigid_expenditure.other_kinds", max_length=40),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("paid_on__isnull", False), ("period", "")),
                            models.Q(("paid_on__isnull", True), models.Q(("period", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="spent_on_a_day_or_in_every_period",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("amount_fen__gt", 0),
                            ("reimbursed_fen__gte", 0),
                            ("reimbursed_fen__lte", models.F("amount_fen")),
                        ),
                        name="spent_more_than_reimbursed",
                    ),
                ],
            },
        ),
    ]
