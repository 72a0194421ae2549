"""All steps so far as one: a new database is made in seconds. One that has some of them takes the others one by one."""

import django.db.models.deletion
import yimen.base.refs
import yimen.base.sealed
import yimen.law.closing
import yimen.law.comparison
import yimen.law.platform.terms
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("monthclose", "0001_comparison"),
        ("monthclose", "0002_platform"),
        ("monthclose", "0003_closes"),
        ("monthclose", "0004_foreign_templates"),
        ("monthclose", "0005_month_papers"),
    ]

    initial = True

    dependencies = [
        ("awards", "0001_squashed_0020_residences"),
        ("households", "0001_squashed_0002_search"),
        ("offices", "0001_squashed_0003_cashier"),
        ("payments", "0001_squashed_0010_overtaken_lines"),
    ]

    operations = [
        migrations.CreateModel(
            name="MonthClose",
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
                            ("signed", "已签字待负责人报备"),
                            ("running", "正在存档"),
                            ("filed", "已报备"),
                            ("received", "区级已收"),
                            ("returned", "已退回"),
                            ("reopened", "区级已重开"),
                        ],
                        default=yimen.law.closing.CloseState["SIGNED"],
                        max_length=10,
                    ),
                ),
                ("month", models.CharField(max_length=7)),
                ("stages", models.JSONField(default=list)),
                ("signed_on", models.DateField()),
                ("filed_on", models.DateField(null=True)),
                (
                    "received_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.staff"
                    ),
                ),
                ("received_at", models.DateTimeField(null=True)),
                (
                    "reopened_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.staff"
                    ),
                ),
                ("reopened_at", models.DateTimeField(null=True)),
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
                        name="month_filed_by_second_person",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["signed", "running", "filed", "received"])),
                        fields=("area", "month"),
                        name="one_close_per_month",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "reopened"), _negated=True),
                            models.Q(("reopened_by__isnull", False), models.Q(("note", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="a_month_is_reopened_for_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ComparisonRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", models.CharField(default=yimen.base.refs.new_ref, max_length=12, unique=True)),
                ("number", models.CharField(max_length=40, unique=True)),
                (
                    "district",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.area"),
                ),
                ("month", models.CharField(max_length=7)),
                ("asked_on", models.DateField()),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.staff"
                    ),
                ),
                ("sources", models.JSONField(help_text="codes of the sources asked")),
                ("due_on", models.DateField(help_text="the day by which the sources are to answer")),
                ("counts", models.JSONField(default=dict)),
                ("digest", models.CharField(blank=True, help_text="over who was asked about", max_length=80)),
            ],
            options={
                "ordering": ["-month", "-id"],
                "constraints": [models.UniqueConstraint(fields=("district", "month"), name="compared_once_a_month")],
            },
        ),
        migrations.CreateModel(
            name="ForeignTemplate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", models.CharField(default=yimen.base.refs.new_ref, max_length=12, unique=True)),
                (
                    "district",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.area"),
                ),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.office"
                    ),
                ),
                ("title", models.CharField(max_length=80)),
                ("what", models.CharField(help_text="law.platform.ForeignList", max_length=10)),
                ("file_name", models.CharField(max_length=120)),
                ("file_ref", models.CharField(max_length=12)),
                ("file_sha256", models.CharField(max_length=64)),
                ("sheet", models.CharField(max_length=80)),
                ("columns", models.JSONField()),
                ("fields", models.JSONField()),
                ("layout", models.JSONField()),
                (
                    "kept_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.staff"
                    ),
                ),
                ("kept_at", models.DateTimeField()),
                (
                    "retired_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.staff"
                    ),
                ),
                ("retired_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="MonthPaper",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", models.CharField(default=yimen.base.refs.new_ref, max_length=12, unique=True)),
                (
                    "area",
                    models.ForeignKey(
                        help_text="a township or a district",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="offices.area",
                    ),
                ),
                ("month", models.CharField(max_length=7)),
                ("code", models.CharField(help_text="of the form", max_length=40)),
                ("digest", models.CharField(max_length=80)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.staff"
                    ),
                ),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ["-id"],
                "constraints": [
                    models.UniqueConstraint(fields=("area", "month", "code", "digest"), name="month_paper_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="PlatformRun",
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
                    "township",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.area"),
                ),
                ("month", models.CharField(max_length=7)),
                (
                    "programme",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("dibao", "最低生活保障"),
                            ("tekun", "特困人员救助供养"),
                            ("edge", "最低生活保障边缘家庭"),
                            ("rigid_expenditure", "刚性支出困难家庭"),
                        ],
                        max_length=20,
                    ),
                ),
                ("programmes", models.JSONField(default=list)),
                (
                    "state",
                    models.CharField(
                        choices=[("reading", "待核对列名"), ("compared", "已比对"), ("replaced", "已被后来的取代")],
                        default=yimen.law.platform.terms.PlatformState["READING"],
                        max_length=10,
                    ),
                ),
                ("file_ref", models.CharField(max_length=12)),
                ("file_name", models.CharField(max_length=120)),
                ("file_sha256", models.CharField(max_length=64)),
                ("sheet", models.CharField(blank=True, max_length=80)),
                ("columns", models.JSONField(default=list)),
                ("fields", models.JSONField(default=list)),
                ("proposed_at", models.DateTimeField()),
                ("skipped", models.JSONField(default=list, help_text="rows that are no household, with the reason")),
            ],
            options={
                "ordering": ["-id"],
                "indexes": [models.Index(fields=["township", "month", "state"], name="platform_run_month")],
            },
        ),
        migrations.CreateModel(
            name="PlatformHeads",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "district",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.area"),
                ),
                ("signature", models.CharField(max_length=64)),
                ("fields", models.JSONField()),
                (
                    "kept_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.staff"
                    ),
                ),
                ("kept_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(fields=("district", "signature"), name="platform_heads_once_per_district")
                ],
            },
        ),
        migrations.CreateModel(
            name="PlatformSheet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", models.CharField(default=yimen.base.refs.new_ref, max_length=12, unique=True)),
                (
                    "township",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.area"),
                ),
                ("month", models.CharField(max_length=7)),
                ("runs", models.JSONField()),
                ("counts", models.JSONField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.staff"
                    ),
                ),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ["-id"],
                "indexes": [models.Index(fields=["township", "month"], name="platform_sheet_month")],
            },
        ),
        migrations.CreateModel(
            name="FiledRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "close",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="rows", to="monthclose.monthclose"
                    ),
                ),
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
                    "line",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="payments.payline",
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
                    "village",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.area"
                    ),
                ),
                ("urban", models.BooleanField()),
                ("category", models.CharField(blank=True, max_length=10)),
                ("standing", models.CharField(help_text="law.aftercare.movement.Standing", max_length=10)),
                (
                    "movement",
                    models.CharField(
                        choices=[
                            ("new", "新增"),
                            ("moved_in", "转入"),
                            ("resumed", "恢复"),
                            ("increased", "增发"),
                            ("decreased", "减发"),
                            ("suspended", "暂停"),
                            ("moved_out", "转出"),
                            ("ended", "终止"),
                            ("expired", "认定到期"),
                            ("restated", "调整（金额不变）"),
                            ("held", "仍在暂停"),
                            ("unchanged", "没有变化"),
                        ],
                        max_length=10,
                    ),
                ),
                ("cause", models.CharField(blank=True, max_length=16)),
                ("ground", models.CharField(blank=True, max_length=40)),
                ("persons", models.PositiveSmallIntegerField()),
                ("persons_before", models.PositiveSmallIntegerField()),
                ("due_fen", models.BigIntegerField()),
                ("before_fen", models.BigIntegerField()),
                ("supplement_fen", models.BigIntegerField()),
                ("paid_fen", models.BigIntegerField()),
                ("waits", models.CharField(blank=True, max_length=40)),
            ],
            options={
                "ordering": ["close_id", "id"],
                "indexes": [models.Index(fields=["close", "programme", "movement"], name="filed_row_by")],
                "constraints": [models.UniqueConstraint(fields=("close", "award"), name="filed_once_per_award")],
            },
        ),
        migrations.CreateModel(
            name="ComparisonSubject",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "run",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="subjects",
                        to="monthclose.comparisonrun",
                    ),
                ),
                (
                    "award",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="awards.award"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="households.person",
                    ),
                ),
                (
                    "obligor",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="households.obligor",
                    ),
                ),
                ("consent_id", models.BigIntegerField()),
                ("part", models.PositiveIntegerField()),
            ],
            options={
                "ordering": ["id"],
                "indexes": [
                    models.Index(fields=["run", "part"], name="compared_part"),
                    models.Index(
                        condition=models.Q(("person__isnull", False)), fields=["person", "run"], name="compared_person"
                    ),
                    models.Index(
                        condition=models.Q(("obligor__isnull", False)),
                        fields=["obligor", "run"],
                        name="compared_obligor",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("obligor__isnull", True), ("person__isnull", False)),
                            models.Q(("obligor__isnull", False), ("person__isnull", True)),
                            _connector="OR",
                        ),
                        name="compared_is_one",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ComparisonLeftOut",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="left_out",
                        to="monthclose.comparisonrun",
                    ),
                ),
                (
                    "award",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="awards.award"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="households.person",
                    ),
                ),
                (
                    "obligor",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="households.obligor",
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[("none", "没有登记授权书"), ("refused", "不同意核对"), ("lapsed", "授权已过有效期")],
                        max_length=10,
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="ComparisonFeed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="feeds", to="monthclose.comparisonrun"
                    ),
                ),
                ("source", models.CharField(max_length=30)),
                ("position", models.PositiveSmallIntegerField()),
            ],
            options={
                "ordering": ["run", "position"],
                "constraints": [models.UniqueConstraint(fields=("run", "source"), name="one_feed_per_source")],
            },
        ),
        migrations.CreateModel(
            name="PlatformLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", models.CharField(default=yimen.base.refs.new_ref, max_length=12, unique=True)),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="monthclose.platformrun"
                    ),
                ),
                ("position", models.PositiveIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("differs", "字段不同"),
                            ("ours", "只有我方"),
                            ("theirs", "只有平台"),
                            ("refused", "没有读取"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "programme",
                    models.CharField(
                        blank=True,
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
                    "award",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="awards.award"
                    ),
                ),
                ("field", models.CharField(blank=True, max_length=20)),
                (
                    "row",
                    models.PositiveIntegerField(default=0, help_text="of the platform's sheet, as Excel numbers it"),
                ),
                ("head_name", models.CharField(blank=True, max_length=100)),
                ("village_name", models.CharField(blank=True, max_length=60)),
                ("ours", models.CharField(blank=True, max_length=200)),
                ("theirs", models.CharField(blank=True, max_length=200)),
                ("remark", models.CharField(blank=True, max_length=300)),
                ("spot", models.CharField(max_length=80)),
                ("mark", models.CharField(max_length=80)),
                ("entry", yimen.base.sealed.SealedJSON(null=True)),
                (
                    "handling",
                    models.CharField(
                        choices=[
                            ("open", "待处理"),
                            ("adopting", "我方更正中"),
                            ("fix", "待平台修改"),
                            ("fixed", "已在平台改好"),
                            ("kept", "保留差异"),
                            ("settled", "已一致"),
                        ],
                        default=yimen.law.platform.terms.Handling["OPEN"],
                        max_length=10,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=200)),
                (
                    "change",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="awards.changecase"
                    ),
                ),
                (
                    "handled_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.staff"
                    ),
                ),
                ("handled_at", models.DateTimeField(null=True)),
                (
                    "settled_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="monthclose.platformrun",
                    ),
                ),
            ],
            options={
                "ordering": ["run_id", "position"],
                "indexes": [models.Index(fields=["run", "kind", "handling"], name="platform_line_open")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("handling", "kept"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="a_difference_stays_for_a_reason",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FiledPerson",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "row",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="people", to="monthclose.filedrow"
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
            ],
            options={
                "ordering": ["row_id", "id"],
                "constraints": [models.UniqueConstraint(fields=("row", "person"), name="filed_once_per_person")],
            },
        ),
        migrations.CreateModel(
            name="ComparisonPart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", models.CharField(default=yimen.base.refs.new_ref, max_length=12, unique=True)),
                (
                    "feed",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="monthclose.comparisonfeed",
                    ),
                ),
                ("part", models.PositiveIntegerField()),
                ("number", models.CharField(max_length=60, unique=True)),
                ("cases", models.PositiveIntegerField()),
                ("persons", models.PositiveIntegerField()),
            ],
            options={
                "ordering": ["feed", "part"],
                "constraints": [models.UniqueConstraint(fields=("feed", "part"), name="one_file_per_part")],
            },
        ),
        migrations.CreateModel(
            name="ComparisonAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "part",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answer",
                        to="monthclose.comparisonpart",
                    ),
                ),
                ("number", models.CharField(max_length=64)),
                ("agency", models.CharField(blank=True, max_length=120)),
                ("answered_on", models.DateField()),
                ("digest", models.CharField(max_length=80, unique=True)),
                ("taken_at", models.DateTimeField()),
                (
                    "taken_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.staff"
                    ),
                ),
                ("rows", models.PositiveIntegerField()),
                ("found", models.PositiveIntegerField()),
                ("unanswered", models.PositiveIntegerField()),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="ComparisonGap",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "subject",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="monthclose.comparisonsubject",
                    ),
                ),
                (
                    "answer",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="gaps",
                        to="monthclose.comparisonanswer",
                    ),
                ),
                ("state", models.CharField(max_length=16)),
                ("note", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "ordering": ["id"],
                "constraints": [models.UniqueConstraint(fields=("answer", "subject"), name="one_gap")],
            },
        ),
        migrations.CreateModel(
            name="ComparisonFinding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "subject",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="monthclose.comparisonsubject",
                    ),
                ),
                (
                    "answer",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="findings",
                        to="monthclose.comparisonanswer",
                    ),
                ),
                ("item", models.CharField(max_length=30)),
                ("text", yimen.base.sealed.SealedText(null=True)),
                ("mark", models.CharField(max_length=64)),
                ("amount_fen", models.BigIntegerField(null=True)),
                ("period", models.CharField(blank=True, max_length=10)),
                ("count", models.PositiveIntegerField(null=True)),
                ("queried_on", models.DateField()),
            ],
            options={
                "ordering": ["id"],
                "indexes": [models.Index(fields=["subject", "item"], name="compared_found")],
                "constraints": [
                    models.UniqueConstraint(fields=("answer", "subject", "item"), name="found_once_per_item")
                ],
            },
        ),
        migrations.CreateModel(
            name="ComparisonHit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", models.CharField(default=yimen.base.refs.new_ref, max_length=12, unique=True)),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="hits", to="monthclose.comparisonrun"
                    ),
                ),
                (
                    "award",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comparison_hits",
                        to="awards.award",
                    ),
                ),
                (
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comparison_hits",
                        to="households.household",
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="monthclose.comparisonsubject"
                    ),
                ),
                (
                    "answer",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="monthclose.comparisonanswer",
                    ),
                ),
                ("source", models.CharField(max_length=30)),
                ("item", models.CharField(max_length=30)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("death", "死亡"),
                            ("duplicate", "异地重复救助"),
                            ("assistance", "其他救助待遇"),
                            ("pension", "养老金"),
                            ("income", "其他收入"),
                            ("company", "市场主体"),
                            ("vehicle", "车辆"),
                            ("house", "房屋"),
                            ("savings", "金融资产"),
                            ("register", "户籍、婚姻、残疾"),
                        ],
                        max_length=12,
                    ),
                ),
                ("before_text", yimen.base.sealed.SealedText(null=True)),
                ("before_from", models.CharField(blank=True, max_length=60)),
                ("now_text", yimen.base.sealed.SealedText(null=True)),
                ("queried_on", models.DateField()),
                ("found_on", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "待处理"),
                            ("confirmed", "属实，已登记变动"),
                            ("explained", "已说明"),
                            ("dismissed", "不属实"),
                        ],
                        default=yimen.law.comparison.HitState["OPEN"],
                        max_length=10,
                    ),
                ),
                ("held", models.BooleanField(default=False)),
                ("settled_on", models.DateField(null=True)),
                (
                    "settled_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.staff"
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=400)),
                ("evidence", models.CharField(blank=True, max_length=200)),
                (
                    "change",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comparison_hits",
                        to="awards.changecase",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "indexes": [models.Index(fields=["award", "state"], name="comparison_hit_waits")],
                "constraints": [
                    models.UniqueConstraint(fields=("subject", "source", "item"), name="one_hit_per_thing"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("settled_by__isnull", True), ("settled_on__isnull", True), ("state", "open")),
                            models.Q(
                                models.Q(("state", "open"), _negated=True),
                                ("settled_by__isnull", False),
                                ("settled_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="settled_hit_has_its_officer",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["explained", "dismissed"]), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="settled_hit_has_its_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "confirmed"), _negated=True), ("change__isnull", False), _connector="OR"
                        ),
                        name="confirmed_hit_has_its_change",
                    ),
                ],
            },
        ),
    ]
