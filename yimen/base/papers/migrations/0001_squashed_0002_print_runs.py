"""All steps so far as one: a new database is made in seconds. One that has some of them takes the others one by one."""

import django.db.models.deletion
import yimen.base.refs
import yimen.base.sealed
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("papers", "0001_initial"), ("papers", "0002_print_runs")]

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="PaperCounter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("mark", models.CharField(max_length=60)),
                ("year", models.PositiveSmallIntegerField()),
                ("last", models.PositiveIntegerField(default=0)),
            ],
            options={
                "ordering": ["mark", "year"],
                "constraints": [models.UniqueConstraint(fields=("mark", "year"), name="papers_counter_once")],
            },
        ),
        migrations.CreateModel(
            name="Paper",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", models.CharField(default=yimen.base.refs.new_ref, max_length=12, unique=True)),
                ("number", models.CharField(max_length=100, unique=True)),
                ("code", models.CharField(max_length=40)),
                ("title", models.CharField(max_length=60)),
                ("form_version", models.CharField(max_length=20)),
                ("subject_kind", models.CharField(max_length=40)),
                ("subject_ref", models.CharField(max_length=40)),
                ("subject_id", models.BigIntegerField()),
                ("area_code", models.CharField(max_length=12)),
                ("office_name", models.CharField(max_length=100)),
                ("data", yimen.base.sealed.SealedJSON()),
                ("digest", models.CharField(max_length=80)),
                ("issued_at", models.DateTimeField()),
                ("issued_on", models.DateField()),
                ("issued_by_id", models.BigIntegerField()),
                ("issued_by_name", models.CharField(max_length=100)),
                ("demo", models.BooleanField()),
                (
                    "supersedes",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="superseded_by",
                        to="papers.paper",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "indexes": [
                    models.Index(fields=["subject_kind", "subject_ref", "id"], name="papers_of_subject"),
                    models.Index(fields=["area_code", "code", "issued_on"], name="papers_by_place"),
                ],
            },
        ),
        migrations.CreateModel(
            name="PrintRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", models.CharField(default=yimen.base.refs.new_ref, max_length=12, unique=True)),
                ("title", models.CharField(max_length=80)),
                ("lines", models.JSONField(default=list)),
                ("duplex", models.BooleanField(default=False)),
                ("staff_id", models.BigIntegerField()),
                ("staff_name", models.CharField(max_length=100)),
                ("account_id", models.BigIntegerField()),
                ("office_code", models.CharField(max_length=12)),
                ("asked_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "正在生成"),
                            ("ready", "可以打印"),
                            ("failed", "没有生成"),
                            ("gone", "文件已清除"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("why", models.CharField(blank=True, max_length=300)),
                ("papers", models.PositiveIntegerField(default=0)),
                ("size", models.PositiveIntegerField(default=0)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("job_ref", models.CharField(blank=True, max_length=12)),
                ("expires_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["-id"],
                "indexes": [
                    models.Index(fields=["account_id", "-id"], name="papers_runs_own"),
                    models.Index(fields=["state", "expires_at"], name="papers_runs_to_clear"),
                ],
            },
        ),
        migrations.CreateModel(
            name="PaperRendering",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "paper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="renderings", to="papers.paper"
                    ),
                ),
                ("engine", models.CharField(max_length=32)),
                ("pdf_digest", models.CharField(max_length=80)),
                ("size", models.PositiveIntegerField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ["id"],
                "constraints": [models.UniqueConstraint(fields=("paper", "engine"), name="papers_rendering_once")],
            },
        ),
        migrations.CreateModel(
            name="PaperService",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "paper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="services", to="papers.paper"
                    ),
                ),
                ("how", models.CharField(max_length=20)),
                ("served_on", models.DateField()),
                ("to_whom", models.CharField(max_length=100)),
                ("by", models.CharField(max_length=100)),
                ("receipt", models.CharField(max_length=200)),
                ("file_ref", models.CharField(blank=True, max_length=12)),
                ("note", models.CharField(blank=True, max_length=200)),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="PrintLog",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "paper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="prints", to="papers.paper"
                    ),
                ),
                ("officer_id", models.BigIntegerField()),
                ("officer_name", models.CharField(max_length=100)),
                ("purpose", models.CharField(blank=True, max_length=100)),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ["id"],
            },
        ),
    ]
