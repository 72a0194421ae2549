"""All steps so far as one: a new database is made in seconds. One that has some of them takes the others one by one."""

import django.db.models.deletion
import yimen.base.refs
import yimen.base.sealed
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("decisions", "0001_initial"), ("decisions", "0002_programmes"), ("decisions", "0003_proposed")]

    initial = True

    dependencies = [
        ("applications", "0001_squashed_0004_standing_consents"),
        ("offices", "0001_squashed_0003_cashier"),
    ]

    operations = [
        migrations.CreateModel(
            name="Opinion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", models.CharField(default=yimen.base.refs.new_ref, max_length=12, unique=True)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="opinions",
                        to="applications.application",
                    ),
                ),
                ("version", models.PositiveSmallIntegerField()),
                ("approve", models.BooleanField()),
                (
                    "notice_required",
                    models.BooleanField(help_text="whether it hangs in public before the decision (D19)"),
                ),
                ("reckoning", yimen.base.sealed.SealedJSON()),
                ("inputs", yimen.base.sealed.SealedJSON()),
                ("assessment", yimen.base.sealed.SealedJSON(null=True)),
                ("grants", yimen.base.sealed.SealedJSON(null=True)),
                ("departure", models.TextField(blank=True, default="")),
                ("digest", models.CharField(help_text="of all facts and figures it rests on", max_length=80)),
                ("members", models.PositiveSmallIntegerField()),
                ("covered", models.PositiveSmallIntegerField()),
                ("amount_fen", models.BigIntegerField()),
                ("category", models.CharField(blank=True, max_length=10)),
                ("recertify_months", models.PositiveSmallIntegerField(null=True)),
                ("reasons", models.TextField()),
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
                    models.UniqueConstraint(fields=("application", "version"), name="opinion_version_once"),
                    models.CheckConstraint(
                        condition=models.Q(("amount_fen__gte", 0)), name="opinion_amount_not_negative"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Extension",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="extensions",
                        to="applications.application",
                    ),
                ),
                ("ground", models.CharField(max_length=40)),
                ("facts", models.TextField()),
                ("old_due", models.DateField()),
                ("new_due", models.DateField()),
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
            name="CaseConference",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", models.CharField(default=yimen.base.refs.new_ref, max_length=12, unique=True)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conferences",
                        to="applications.application",
                    ),
                ),
                ("held_on", models.DateField()),
                ("participants", models.JSONField()),
                ("question", models.TextField()),
                ("views", models.TextField()),
                ("resolution", models.TextField()),
                ("basis", models.CharField(max_length=300)),
                (
                    "grants",
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
            name="Notice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", models.CharField(default=yimen.base.refs.new_ref, max_length=12, unique=True)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to="applications.application",
                    ),
                ),
                (
                    "opinion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="notices", to="decisions.opinion"
                    ),
                ),
                ("kind", models.CharField(choices=[("notice", "公示"), ("announcement", "公布")], max_length=12)),
                (
                    "township",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.area"),
                ),
                (
                    "village",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.area"),
                ),
                ("from_on", models.DateField()),
                ("to_on", models.DateField()),
                ("withdrawn_on", models.DateField(null=True)),
                ("applicant", models.CharField(max_length=100)),
                ("applicant_is_minor", models.BooleanField(default=False)),
                ("members", models.PositiveSmallIntegerField()),
                ("programme", models.CharField(max_length=40)),
                ("amount_fen", models.BigIntegerField()),
                ("category", models.CharField(blank=True, max_length=10)),
                ("objection_phone", models.CharField(blank=True, max_length=60)),
                ("places", models.JSONField(default=list, help_text="where it must hang")),
                ("paper_ref", models.CharField(blank=True, max_length=12)),
                ("paper_number", models.CharField(blank=True, max_length=60)),
            ],
            options={
                "ordering": ["-id"],
                "indexes": [models.Index(fields=["village", "to_on"], name="notice_board")],
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", models.CharField(default=yimen.base.refs.new_ref, max_length=12, unique=True)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="applications.application",
                    ),
                ),
                (
                    "opinion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="decisions", to="decisions.opinion"
                    ),
                ),
                ("approve", models.BooleanField()),
                ("body", models.CharField(help_text="deciding body of record", max_length=80)),
                ("delegated", models.BooleanField()),
                ("basis", models.TextField()),
                ("reasons", models.TextField()),
                ("articles", models.JSONField()),
                ("amount_fen", models.BigIntegerField()),
                ("covered", models.PositiveSmallIntegerField()),
                ("members", models.PositiveSmallIntegerField()),
                ("category", models.CharField(blank=True, max_length=10)),
                ("start_month", models.CharField(blank=True, max_length=7)),
                ("recertify_on", models.DateField(null=True)),
                ("terms", models.JSONField(default=dict)),
                ("conditions", models.JSONField(default=list, help_text="what is not met, in words, of a refusal")),
                ("bound", models.JSONField()),
                ("digest", models.CharField(max_length=80)),
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
                "ordering": ["id"],
                "constraints": [models.UniqueConstraint(fields=("application",), name="one_decision_per_application")],
            },
        ),
        migrations.CreateModel(
            name="SentBack",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sent_back",
                        to="applications.application",
                    ),
                ),
                (
                    "opinion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="decisions.opinion"
                    ),
                ),
                (
                    "to",
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
                        max_length=20,
                    ),
                ),
                ("reason", models.TextField()),
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
            name="Posting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", models.CharField(default=yimen.base.refs.new_ref, max_length=12, unique=True)),
                (
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="postings", to="decisions.notice"
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
                ("photo_ref", models.CharField(blank=True, max_length=12)),
                ("taken_down_on", models.DateField(null=True)),
                ("taken_down_photo_ref", models.CharField(blank=True, max_length=12)),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="NoticeObjection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", models.CharField(default=yimen.base.refs.new_ref, max_length=12, unique=True)),
                (
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="objections", to="decisions.notice"
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notice_objections",
                        to="applications.application",
                    ),
                ),
                ("named", models.BooleanField(default=True, help_text="实名; verified and answered (D37)")),
                ("objector", yimen.base.sealed.SealedText(help_text="protected; may be empty", null=True)),
                ("content", models.TextField()),
                ("evidence", models.TextField(blank=True)),
                ("file_refs", models.JSONField(default=list)),
                ("raised_on", models.DateField()),
                (
                    "answer",
                    models.CharField(
                        blank=True, choices=[("reinvestigation", "重新调查"), ("appraisal", "民主评议")], max_length=20
                    ),
                ),
                ("answer_reason", models.TextField(blank=True)),
                ("answered_on", models.DateField(null=True)),
                ("result", models.TextField(blank=True)),
            ],
            options={
                "ordering": ["id"],
            },
        ),
    ]
