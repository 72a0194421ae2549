"""All steps so far as one: a new database is made in seconds. One that has some of them takes the others one by one."""

import django.db.models.deletion
import yimen.base.refs
import yimen.base.sealed
import yimen.law.aftercare.changing
import yimen.law.aftercare.terms
import yimen.law.aftercare.uplift
import yimen.law.ledger
import yimen.law.recertify
import yimen.law.terms
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("awards", "0001_initial"),
        ("awards", "0002_ledgers"),
        ("awards", "0003_ledger_jobs"),
        ("awards", "0004_roll"),
        ("awards", "0005_recertification"),
        ("awards", "0006_versions"),
        ("awards", "0008_changes"),
        ("awards", "0009_uplift"),
        ("awards", "0010_ledgers_of_all_programmes"),
        ("awards", "0011_additions"),
        ("awards", "0012_places"),
        ("awards", "0013_places_needed"),
        ("awards", "0014_closed_with_the_award"),
        ("awards", "0015_fallen"),
        ("awards", "0016_stop_boards"),
        ("awards", "0017_stop_boards_needed"),
        ("awards", "0018_change_hits"),
        ("awards", "0019_linked_changes"),
        ("awards", "0020_residences"),
    ]

    initial = True

    dependencies = [
        ("applications", "0001_squashed_0004_standing_consents"),
        ("decisions", "0001_squashed_0003_proposed"),
        ("households", "0001_squashed_0002_search"),
        ("offices", "0001_squashed_0003_cashier"),
        ("verification", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="LedgerRun",
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
                        default=yimen.law.terms.Programme["DIBAO"],
                        help_text='"" until recognised',
                        max_length=20,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("reading", "待核对列名"),
                            ("previewed", "已预览待提交"),
                            ("submitted", "待负责人确认"),
                            ("running", "正在导入"),
                            ("done", "已导入"),
                            ("undoing", "正在撤销"),
                            ("undone", "已撤销"),
                            ("withdrawn", "已撤回"),
                        ],
                        default=yimen.law.ledger.RunState["READING"],
                        max_length=12,
                    ),
                ),
                ("file_ref", models.CharField(blank=True, max_length=12)),
                ("file_name", models.CharField(max_length=120)),
                ("file_sha256", models.CharField(max_length=64)),
                ("sheets", models.JSONField(default=list)),
                ("columns", models.JSONField(default=dict, help_text="heading to field, as read")),
                (
                    "skipped",
                    models.JSONField(
                        default=list, help_text="rows that are no household: subtotals, repeated heads, notes"
                    ),
                ),
                ("proposed_at", models.DateTimeField()),
                ("submitted_at", models.DateTimeField(null=True)),
                ("undo_until", models.DateTimeField(null=True)),
                (
                    "undone_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.staff"
                    ),
                ),
                ("undone_at", models.DateTimeField(null=True)),
                ("undo_reason", models.CharField(blank=True, max_length=200)),
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
                        name="ledger_confirmed_by_second_person",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["running", "undoing"])),
                        fields=("township",),
                        name="one_ledger_at_work_per_township",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LedgerHeads",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.office"
                    ),
                ),
                ("signature", models.CharField(max_length=64)),
                ("columns", models.JSONField()),
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
                    models.UniqueConstraint(fields=("office", "signature"), name="ledger_heads_once_per_office")
                ],
            },
        ),
        migrations.CreateModel(
            name="UpliftRun",
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
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.area"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("drawing", "正在核算"),
                            ("previewed", "已核算待提交"),
                            ("proposed", "待另一人发布"),
                            ("running", "正在执行"),
                            ("done", "已执行"),
                            ("withdrawn", "已撤回"),
                        ],
                        default=yimen.law.aftercare.uplift.UpliftState["DRAWING"],
                        max_length=12,
                    ),
                ),
                ("month", models.CharField(max_length=7)),
                ("figures", models.JSONField(default=list)),
                ("opened_on", models.DateField()),
                ("proposed_at", models.DateTimeField(null=True)),
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
                        name="uplift_released_by_second_person",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "running")),
                        fields=("area",),
                        name="one_uplift_at_work_per_district",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RegisterCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "area",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.area"),
                ),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.staff"
                    ),
                ),
                ("awards", models.PositiveIntegerField()),
                ("unfounded", models.PositiveIntegerField()),
                ("differing", models.PositiveIntegerField()),
                ("found", yimen.base.sealed.SealedJSON(default=dict)),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="LedgerLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="awards.ledgerrun"
                    ),
                ),
                ("position", models.PositiveIntegerField()),
                ("place", models.CharField(help_text="where it stands in the file: 第12行", max_length=60)),
                ("head_name", models.CharField(blank=True, max_length=100)),
                ("village_name", models.CharField(blank=True, max_length=60)),
                (
                    "state",
                    models.CharField(
                        choices=[("new", "新增"), ("changed", "变更"), ("same", "无变化"), ("error", "错误")],
                        max_length=8,
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("waiting", "待导入"),
                            ("taken", "已导入"),
                            ("left", "未导入"),
                            ("reversed", "已撤销"),
                            ("kept", "未撤销"),
                        ],
                        default=yimen.law.ledger.LineOutcome["WAITING"],
                        max_length=8,
                    ),
                ),
                (
                    "reason",
                    models.CharField(blank=True, help_text="why it was not taken in or not reversed", max_length=400),
                ),
                ("entry", yimen.base.sealed.SealedJSON()),
                ("changes", models.JSONField(default=list)),
                ("problems", models.JSONField(default=list)),
                ("remarks", models.JSONField(default=list)),
                ("remarked", models.BooleanField(default=False)),
                ("trace", yimen.base.sealed.SealedJSON(null=True)),
            ],
            options={
                "ordering": ["run_id", "position"],
                "indexes": [models.Index(fields=["run", "state", "position"], name="ledger_line_state")],
                "constraints": [models.UniqueConstraint(fields=("run", "position"), name="ledger_line_once")],
            },
        ),
        migrations.CreateModel(
            name="Award",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", models.CharField(default=yimen.base.refs.new_ref, max_length=12, unique=True)),
                ("number", models.CharField(max_length=40, unique=True)),
                (
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="awards", to="households.household"
                    ),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[("decision", "本系统确认"), ("ledger", "台账接续")],
                        default=yimen.law.ledger.AwardOrigin["DECISION"],
                        max_length=10,
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="awards",
                        to="applications.application",
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="awards",
                        to="decisions.decision",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="awards",
                        to="awards.ledgerrun",
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
                ("category", models.CharField(blank=True, max_length=10)),
                ("monthly_fen", models.BigIntegerField()),
                (
                    "phase",
                    models.CharField(
                        default=yimen.law.aftercare.terms.AwardPhase["RUNNING"],
                        help_text="law.aftercare.terms.AwardPhase",
                        max_length=10,
                    ),
                ),
                (
                    "single",
                    models.BooleanField(default=False, help_text="单人保: one severe member of an edge family (L21.2)"),
                ),
                (
                    "self_care",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("able", "具备生活自理能力"),
                            ("partly_lost", "部分丧失生活自理能力"),
                            ("lost", "完全丧失生活自理能力"),
                        ],
                        help_text="of 特困 (T22)",
                        max_length=12,
                    ),
                ),
                (
                    "support_form",
                    models.CharField(
                        blank=True,
                        choices=[("institutional", "集中供养"), ("at_home", "分散供养")],
                        help_text="of 特困 (L16.2)",
                        max_length=14,
                    ),
                ),
                (
                    "institution",
                    models.CharField(blank=True, help_text="where somebody on 特困 is cared for", max_length=60),
                ),
                (
                    "basic_fen",
                    models.BigIntegerField(
                        help_text="of 特困: the part for basic living; none if not known", null=True
                    ),
                ),
                (
                    "care_fen",
                    models.BigIntegerField(
                        help_text="of 特困: the part for care; both count while they make the sum", null=True
                    ),
                ),
                (
                    "recognised_on",
                    models.DateField(help_text="of a recognition taken over; else the day of its decision", null=True),
                ),
                ("start_month", models.CharField(max_length=7)),
                ("end_month", models.CharField(blank=True, max_length=7)),
                ("recertify_on", models.DateField(help_text="none for a recognition that expires instead", null=True)),
                ("valid_to", models.DateField(null=True)),
                ("voided_on", models.DateField(blank=True, null=True)),
            ],
            options={
                "ordering": ["-id"],
                "indexes": [models.Index(fields=["end_month", "township", "village", "number"], name="award_roll")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("monthly_fen__gt", 0),
                            models.Q(("monthly_fen", 0), ("programme__in", ["edge", "rigid_expenditure"])),
                            _connector="OR",
                        ),
                        name="award_pays_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("programme", "rigid_expenditure"), _negated=True),
                            ("valid_to__isnull", False),
                            _connector="OR",
                        ),
                        name="a_rigid_expenditure_award_expires",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("basic_fen__isnull", True), ("care_fen__isnull", True)),
                            models.Q(("basic_fen__gte", 0), ("care_fen__gte", 0), ("programme", "tekun")),
                            _connector="OR",
                        ),
                        name="only_tekun_has_basic_living_and_care",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("single", False), ("programme", "dibao"), _connector="OR"),
                        name="only_dibao_is_single",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("origin", yimen.law.ledger.AwardOrigin["DECISION"]),
                                ("application__isnull", False),
                                ("decision__isnull", False),
                                ("run__isnull", True),
                            ),
                            models.Q(
                                ("origin", yimen.law.ledger.AwardOrigin["LEDGER"]),
                                ("application__isnull", True),
                                ("decision__isnull", True),
                                ("run__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="award_rests_on_a_decision_or_a_ledger",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("voided_on__isnull", True),
                            models.Q(
                                ("origin", yimen.law.ledger.AwardOrigin["LEDGER"]),
                                models.Q(("end_month", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="only_a_taken_over_award_is_voided",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AdditionNotice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", models.CharField(default=yimen.base.refs.new_ref, max_length=12, unique=True)),
                (
                    "award",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="addition_notices", to="awards.award"
                    ),
                ),
                ("code", models.CharField(max_length=40)),
                ("label", models.CharField(max_length=60)),
                ("document", models.CharField(max_length=160)),
                ("from_month", models.CharField(max_length=7)),
                ("to_month", models.CharField(max_length=7)),
                ("total_fen", models.BigIntegerField()),
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
                "constraints": [
                    models.UniqueConstraint(
                        fields=("award", "code", "from_month", "to_month"), name="an_addition_is_announced_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("to_month__gte", models.F("from_month")), ("total_fen__gt", 0)),
                        name="an_announced_addition_is_money",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Balance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "award",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="balances", to="awards.award"
                    ),
                ),
                ("basis_kind", models.CharField(max_length=24)),
                ("basis_ref", models.CharField(max_length=40)),
                ("kind", models.CharField(choices=[("overpaid", "多发"), ("arrears", "应补")], max_length=10)),
                ("month", models.CharField(max_length=7)),
                ("fen", models.BigIntegerField()),
                ("cause", models.CharField(max_length=100)),
                ("on", models.DateField()),
            ],
            options={
                "ordering": ["award", "month", "id"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("fen__gt", 0)), name="a_balance_is_money"),
                    models.UniqueConstraint(
                        fields=("award", "basis_kind", "basis_ref", "kind", "month"), name="balance_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Recertification",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", models.CharField(default=yimen.base.refs.new_ref, max_length=12, unique=True)),
                (
                    "award",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="recertifications", to="awards.award"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("started", "复核中"),
                            ("recorded", "待负责人确认"),
                            ("done", "已复核"),
                            ("changing", "待办变更"),
                            ("changed", "变更已办结"),
                            ("closed", "随保障停止办结"),
                        ],
                        default=yimen.law.recertify.RecertifyState["STARTED"],
                        max_length=10,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("due_on", models.DateField()),
                ("started_on", models.DateField()),
                (
                    "started_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.staff"
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.staff"
                    ),
                ),
                ("returned_reason", models.CharField(blank=True, max_length=200)),
                ("checked_on", models.DateField(help_text="when the household was really checked", null=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("unchanged", "没有明显变化，金额不变"), ("changed", "有变化，须办理变更")],
                        max_length=10,
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.staff"
                    ),
                ),
                ("confirmed_on", models.DateField(null=True)),
                ("months", models.PositiveSmallIntegerField(help_text="the interval that set next_due_on", null=True)),
                ("document", models.CharField(blank=True, help_text="what sets the interval", max_length=200)),
                ("next_due_on", models.DateField(null=True)),
                ("closed_on", models.DateField(help_text="when the award ended over it", null=True)),
                ("closed_reason", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "ordering": ["id"],
                "indexes": [
                    models.Index(fields=["state", "due_on"], name="recertify_state"),
                    models.Index(fields=["award", "state"], name="recertify_award"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["started", "recorded", "changing"])),
                        fields=("award",),
                        name="one_open_recertification_per_award",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("confirmed_by__isnull", True),
                            models.Q(("confirmed_by", models.F("recorded_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="recertification_confirmed_by_second_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "done"), _negated=True),
                            models.Q(
                                ("checked_on__isnull", False),
                                ("confirmed_by__isnull", False),
                                ("next_due_on__isnull", False),
                                ("outcome", "unchanged"),
                            ),
                            _connector="OR",
                        ),
                        name="a_done_recertification_says_when_next",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AwardVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "award",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="awards.award"
                    ),
                ),
                (
                    "township",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.area"
                    ),
                ),
                (
                    "village",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.area"
                    ),
                ),
                ("seq", models.PositiveSmallIntegerField()),
                ("from_month", models.CharField(max_length=7)),
                ("cause", models.CharField(help_text="law.aftercare.terms.AwardCause", max_length=16)),
                (
                    "phase",
                    models.CharField(
                        default=yimen.law.aftercare.terms.AwardPhase["RUNNING"],
                        help_text="law.aftercare.terms.AwardPhase",
                        max_length=10,
                    ),
                ),
                ("monthly_fen", models.BigIntegerField()),
                ("category", models.CharField(blank=True, max_length=10)),
                ("urban", models.BooleanField(default=False)),
                ("persons", models.JSONField(default=list)),
                ("basis_kind", models.CharField(max_length=24)),
                ("basis_ref", models.CharField(max_length=40)),
                ("facts", yimen.base.sealed.SealedJSON(null=True)),
                ("reckoning", yimen.base.sealed.SealedJSON(null=True)),
                ("on", models.DateField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.staff"
                    ),
                ),
            ],
            options={
                "ordering": ["award", "seq"],
                "indexes": [models.Index(fields=["township", "village"], name="award_version_place")],
                "constraints": [
                    models.UniqueConstraint(fields=("award", "seq"), name="award_version_once"),
                    models.CheckConstraint(
                        condition=models.Q(("monthly_fen__gte", 0)), name="award_version_not_negative"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("phase__in", ["running", "grace"]), ("monthly_fen", 0), _connector="OR"),
                        name="nothing_is_due_while_an_award_rests",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AwardPerson",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "award",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="persons", to="awards.award"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="households.person"
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
                ("single", models.BooleanField(default=False)),
                ("active", models.BooleanField(default=True)),
                ("supplement_fen", models.BigIntegerField(default=0)),
            ],
            options={
                "ordering": ["id"],
                "indexes": [models.Index(fields=["award", "active"], name="award_covers")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("active", True), ("programme__in", ["dibao", "tekun", "rigid_expenditure"])
                        ),
                        fields=("person",),
                        name="one_basic_programme_per_person",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("active", True), models.Q(("programme", "dibao"), ("single", True), _negated=True)
                        ),
                        fields=("person",),
                        name="one_household_programme_per_person",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ChangeCase",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", models.CharField(default=yimen.base.refs.new_ref, max_length=12, unique=True)),
                (
                    "award",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="changes", to="awards.award"
                    ),
                ),
                (
                    "recertification",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="awards.recertification",
                    ),
                ),
                (
                    "first",
                    models.ForeignKey(
                        help_text="the change whose report opened this one for another award of the household",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="linked",
                        to="awards.changecase",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("reported", "待受理"),
                            ("handling", "待核实"),
                            ("reckoned", "已核算"),
                            ("on_notice", "终止公示中"),
                            ("deciding", "待负责人决定"),
                            ("decided", "待送达告知书"),
                            ("moving", "待迁入地接收"),
                            ("closed", "已办结"),
                        ],
                        default=yimen.law.aftercare.changing.ChangeState["REPORTED"],
                        max_length=12,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("event", models.CharField(help_text="law.aftercare.terms.ChangeEvent", max_length=20)),
                ("source", models.CharField(help_text="law.aftercare.terms.ChangeSource", max_length=16)),
                ("since", models.DateField()),
                ("reported_by", models.CharField(max_length=100)),
                ("reported_on", models.DateField()),
                ("statement", yimen.base.sealed.SealedText()),
                ("concerns", models.JSONField(default=list)),
                ("held_from", models.CharField(blank=True, max_length=7)),
                (
                    "registered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.staff"
                    ),
                ),
                (
                    "handler",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.staff"
                    ),
                ),
                ("returned_reason", models.CharField(blank=True, max_length=200)),
                ("due_on", models.DateField(null=True)),
                (
                    "effect",
                    models.CharField(
                        blank=True, db_index=True, help_text="law.aftercare.terms.ChangeEffect", max_length=16
                    ),
                ),
                ("ground", models.CharField(blank=True, help_text="law.aftercare.grounds", max_length=40)),
                ("from_month", models.CharField(blank=True, max_length=7)),
                (
                    "to_village",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.area"
                    ),
                ),
                ("to_place", models.CharField(blank=True, max_length=200)),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.staff"
                    ),
                ),
                ("decided_on", models.DateField(null=True)),
                ("closed_on", models.DateField(null=True)),
                (
                    "closed_reason",
                    models.CharField(blank=True, help_text="where the award ended over it", max_length=200),
                ),
            ],
            options={
                "ordering": ["id"],
                "indexes": [
                    models.Index(fields=["state", "due_on"], name="change_state"),
                    models.Index(fields=["award", "state"], name="change_award"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                ["reported", "handling", "reckoned", "on_notice", "deciding", "decided", "moving"],
                            )
                        ),
                        fields=("award",),
                        name="one_open_change_per_award",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by__isnull", True),
                            ("handler__isnull", True),
                            models.Q(("decided_by", models.F("handler")), _negated=True),
                            _connector="OR",
                        ),
                        name="change_decided_by_second_person",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RecertifyFinding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "recertification",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="findings",
                        to="awards.recertification",
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[("unchanged", "没有明显变化，金额不变"), ("changed", "有变化，须办理变更")],
                        max_length=10,
                    ),
                ),
                ("checked_on", models.DateField()),
                (
                    "data_check",
                    models.CharField(
                        choices=[("none", "本次没有提请核对"), ("clear", "核对没有差异"), ("different", "核对有差异")],
                        max_length=10,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=400)),
                ("changes", models.JSONField(default=list)),
                ("since", models.DateField(null=True)),
                ("investigators", models.JSONField()),
                ("reckoned", yimen.base.sealed.SealedJSON(null=True)),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.staff"
                    ),
                ),
                ("recorded_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="ChangeFinding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "change",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="findings", to="awards.changecase"
                    ),
                ),
                ("effect", models.CharField(max_length=16)),
                ("ground", models.CharField(max_length=40)),
                ("before_fen", models.BigIntegerField()),
                ("after_fen", models.BigIntegerField()),
                ("category", models.CharField(blank=True, max_length=10)),
                ("cover", models.JSONField(default=list)),
                ("figures", yimen.base.sealed.SealedJSON(default=list)),
                ("entry", yimen.base.sealed.SealedJSON(default=dict)),
                ("facts", yimen.base.sealed.SealedJSON(null=True)),
                ("reckoned", yimen.base.sealed.SealedJSON(null=True)),
                ("reasons", yimen.base.sealed.SealedText()),
                ("paid_through", models.CharField(blank=True, max_length=7)),
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
                    models.CheckConstraint(
                        condition=models.Q(("after_fen__gte", 0), ("before_fen__gte", 0)),
                        name="change_amounts_not_negative",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ChangeHit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "change",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="hits", to="awards.changecase"
                    ),
                ),
                (
                    "comparison",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="verification.comparison",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [models.UniqueConstraint(fields=("change", "comparison"), name="a_hit_once_per_change")],
            },
        ),
        migrations.CreateModel(
            name="Residence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="residences",
                        to="households.household",
                    ),
                ),
                (
                    "change",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="residences", to="awards.changecase"
                    ),
                ),
                (
                    "village",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.area"
                    ),
                ),
                ("address", yimen.base.sealed.SealedText()),
                ("contact", models.CharField(blank=True, help_text="whom to ask there: name and tie", max_length=60)),
                ("phone", yimen.base.sealed.SealedText(null=True)),
                ("helper", models.CharField(blank=True, max_length=100)),
                ("helper_phone", models.CharField(blank=True, max_length=30)),
                ("from_on", models.DateField()),
                ("to_on", models.DateField(null=True)),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="awards.changecase"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("to_on__isnull", True)),
                        fields=("household",),
                        name="a_household_lives_in_one_place",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_by__isnull", True), ("to_on__isnull", True)),
                            models.Q(("ended_by__isnull", False), ("to_on__gte", models.F("from_on"))),
                            _connector="OR",
                        ),
                        name="a_residence_ends_after_it_began",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="UpliftLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="awards.upliftrun"
                    ),
                ),
                ("position", models.PositiveIntegerField()),
                (
                    "award",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="uplifts", to="awards.award"
                    ),
                ),
                (
                    "township",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.area"),
                ),
                (
                    "effect",
                    models.CharField(
                        choices=[
                            ("raised", "提高"),
                            ("same", "不变"),
                            ("falls", "减少或不再符合"),
                            ("unknown", "无法核算"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("waiting", "待执行"),
                            ("done", "已执行"),
                            ("left", "未执行"),
                            ("apart", "另行办理"),
                            ("none", "无须办理"),
                        ],
                        default=yimen.law.aftercare.uplift.UpliftOutcome["WAITING"],
                        max_length=8,
                    ),
                ),
                ("before_fen", models.BigIntegerField()),
                ("after_fen", models.BigIntegerField()),
                (
                    "category_after",
                    models.CharField(blank=True, help_text="where the rules give another one", max_length=10),
                ),
                ("reason", models.CharField(blank=True, max_length=400)),
                ("seq", models.PositiveSmallIntegerField()),
                ("plan", models.JSONField(default=list)),
                ("arrears", models.JSONField(default=dict)),
                (
                    "change",
                    models.ForeignKey(
                        help_text="what a fall became",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="uplift_lines",
                        to="awards.changecase",
                    ),
                ),
                ("sheets", yimen.base.sealed.SealedJSON(null=True)),
                ("sheet_digest", models.CharField(blank=True, help_text="of the packed sheets", max_length=64)),
            ],
            options={
                "ordering": ["run_id", "position"],
                "indexes": [
                    models.Index(fields=["run", "effect", "position"], name="uplift_effect"),
                    models.Index(fields=["run", "township", "effect"], name="uplift_township"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("run", "position"), name="uplift_line_once"),
                    models.UniqueConstraint(fields=("run", "award"), name="uplift_award_once_per_run"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ViewsRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "change",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="views", to="awards.changecase"
                    ),
                ),
                (
                    "finding",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="views", to="awards.changefinding"
                    ),
                ),
                (
                    "how",
                    models.CharField(
                        choices=[
                            ("in_person", "当面"),
                            ("phone", "电话"),
                            ("writing", "书面"),
                            ("not_possible", "无法听取"),
                        ],
                        max_length=16,
                    ),
                ),
                ("heard_on", models.DateField()),
                ("place", models.CharField(blank=True, max_length=100)),
                ("who", models.CharField(blank=True, max_length=100)),
                (
                    "view",
                    models.CharField(
                        blank=True,
                        choices=[("agrees", "没有意见"), ("objects", "有不同意见"), ("silent", "未表示意见")],
                        max_length=10,
                    ),
                ),
                ("said", yimen.base.sealed.SealedText(null=True)),
                ("evidence", yimen.base.sealed.SealedText(null=True)),
                ("answer", yimen.base.sealed.SealedText(null=True)),
                ("not_possible", models.CharField(blank=True, max_length=300)),
                ("officers", models.JSONField(help_text="pairs of number and name")),
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
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("how", "not_possible"), models.Q(("not_possible", ""), _negated=True)),
                            models.Q(
                                models.Q(("how", "not_possible"), _negated=True), models.Q(("who", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="a_hearing_says_who_or_why_not",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="StopNotice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", models.CharField(default=yimen.base.refs.new_ref, max_length=12, unique=True)),
                (
                    "change",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="notices", to="awards.changecase"
                    ),
                ),
                (
                    "finding",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="notices", to="awards.changefinding"
                    ),
                ),
                ("from_on", models.DateField()),
                ("to_on", models.DateField(help_text="the last day; the day it goes up is not counted")),
                ("places", models.JSONField(default=list)),
                ("ground", models.CharField(help_text="neutral words", max_length=100)),
                (
                    "township",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.area"),
                ),
                (
                    "village",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.area"),
                ),
                ("applicant", models.CharField(max_length=100)),
                ("applicant_is_minor", models.BooleanField(default=False)),
                ("objection_phone", models.CharField(blank=True, max_length=60)),
                ("objected_on", models.DateField(null=True)),
                ("objection", yimen.base.sealed.SealedText(null=True)),
                ("objector", yimen.base.sealed.SealedText(null=True)),
                ("answer", yimen.base.sealed.SealedText(null=True)),
                ("answered_on", models.DateField(null=True)),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="ChangeDecision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "change",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="decision", to="awards.changecase"
                    ),
                ),
                (
                    "finding",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="decision", to="awards.changefinding"
                    ),
                ),
                ("effect", models.CharField(max_length=16)),
                ("ground", models.CharField(max_length=40)),
                ("ground_label", models.CharField(max_length=100)),
                ("before_fen", models.BigIntegerField()),
                ("after_fen", models.BigIntegerField()),
                ("from_month", models.CharField(blank=True, max_length=7)),
                (
                    "from_month_basis",
                    models.CharField(blank=True, help_text="the document that sets the month", max_length=200),
                ),
                ("until_month", models.CharField(blank=True, max_length=7)),
                ("reasons", yimen.base.sealed.SealedText()),
                ("articles", models.JSONField(default=list)),
                ("body", models.CharField(max_length=100)),
                ("basis", models.CharField(max_length=400)),
                ("other_programmes", yimen.base.sealed.SealedText(null=True)),
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
            },
        ),
        migrations.CreateModel(
            name="StopPosting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="postings", to="awards.stopnotice"
                    ),
                ),
                ("place", models.CharField(max_length=100)),
                ("posted_on", models.DateField()),
                (
                    "posted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.staff"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [models.UniqueConstraint(fields=("notice", "place"), name="a_stop_notice_hangs_once")],
            },
        ),
    ]
