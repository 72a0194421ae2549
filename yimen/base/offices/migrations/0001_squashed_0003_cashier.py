"""All steps so far as one: a new database is made in seconds. One that has some of them takes the others one by one."""

import django.db.models.deletion
import yimen.base.refs
import yimen.base.sealed
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("offices", "0001_initial"), ("offices", "0002_standing"), ("offices", "0003_cashier")]

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Area",
            fields=[
                ("code", models.CharField(max_length=12, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=60)),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("village", "村（社区）"),
                            ("township", "乡街"),
                            ("district", "区"),
                            ("city", "市"),
                            ("province", "省"),
                            ("country", "全国"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="offices.area",
                    ),
                ),
                ("urban", models.BooleanField(help_text="village level: urban community or rural village", null=True)),
                ("initials", models.CharField(blank=True, max_length=40)),
            ],
            options={
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="CalendarYear",
            fields=[
                ("year", models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                ("document", models.CharField(max_length=120)),
            ],
            options={
                "ordering": ["year"],
            },
        ),
        migrations.CreateModel(
            name="CalendarDay",
            fields=[
                ("day", models.DateField(primary_key=True, serialize=False)),
                ("working", models.BooleanField()),
                ("name", models.CharField(max_length=40)),
                ("document", models.CharField(max_length=120)),
            ],
            options={
                "ordering": ["day"],
            },
        ),
        migrations.CreateModel(
            name="Standing",
            fields=[
                ("id", models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                ("mark", models.CharField(max_length=40)),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Office",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", models.CharField(default=yimen.base.refs.new_ref, max_length=12, unique=True)),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="offices", to="offices.area"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("department", "区民政部门"),
                            ("district_centre", "区社会救助中心"),
                            ("township", "乡镇人民政府（街道办事处）"),
                            ("village", "村（居）民委员会"),
                        ],
                        max_length=20,
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                ("mark", models.CharField(max_length=20)),
                ("address", models.CharField(blank=True, max_length=120)),
                ("phone", models.CharField(blank=True, max_length=40)),
                ("hotline", models.CharField(blank=True, max_length=40)),
            ],
            options={
                "ordering": ["area_id", "kind"],
                "constraints": [models.UniqueConstraint(fields=("area", "kind"), name="office_once_per_area")],
            },
        ),
        migrations.CreateModel(
            name="Staff",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", models.CharField(default=yimen.base.refs.new_ref, max_length=12, unique=True)),
                ("name", models.CharField(max_length=100)),
                ("initials", models.CharField(blank=True, max_length=100)),
                ("identity", yimen.base.sealed.SealedText()),
                ("identity_index", models.CharField(max_length=64, unique=True)),
                ("phone", yimen.base.sealed.SealedText(null=True)),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="staff", to="offices.office"
                    ),
                ),
                (
                    "duty",
                    models.CharField(
                        choices=[
                            ("official", "民政干部"),
                            ("handling_officer", "社会救助经办人员"),
                            ("committee_member", "村（社区）两委成员"),
                            ("aide", "社会救助协理员"),
                        ],
                        max_length=24,
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=40)),
                ("left_on", models.DateField(blank=True, null=True)),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="StaffRelative",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", models.CharField(default=yimen.base.refs.new_ref, max_length=12, unique=True)),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="relatives", to="offices.staff"
                    ),
                ),
                ("name", models.CharField(max_length=100)),
                ("identity", yimen.base.sealed.SealedText()),
                ("identity_index", models.CharField(db_index=True, max_length=64)),
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
                        max_length=12,
                    ),
                ),
                ("registered_on", models.DateField()),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(fields=("staff", "identity_index"), name="relative_once_per_staff")
                ],
            },
        ),
        migrations.CreateModel(
            name="Account",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                ("username", models.CharField(max_length=40, unique=True)),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="accounts", to="offices.staff"
                    ),
                ),
                ("is_active", models.BooleanField(default=True)),
                ("second_factor", yimen.base.sealed.SealedText(null=True)),
                ("settings", models.JSONField(blank=True, default=dict)),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Post",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="posts", to="offices.staff"
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="posts", to="offices.office"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("aide", "村协理"),
                            ("handler", "乡街经办"),
                            ("head", "乡街负责人（确认）"),
                            ("cashier", "乡街资金发放"),
                            ("checker", "区级核对"),
                            ("district_handler", "区级经办"),
                            ("district_decider", "区级确认"),
                            ("supervisor", "区级监督"),
                            ("system_admin", "系统管理员"),
                            ("security_admin", "安全管理员"),
                            ("audit_admin", "审计管理员"),
                        ],
                        max_length=20,
                    ),
                ),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(blank=True, null=True)),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                        ),
                        name="post_ends_after_start",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Delegation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", models.CharField(default=yimen.base.refs.new_ref, max_length=12, unique=True)),
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
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="delegations", to="offices.area"
                    ),
                ),
                (
                    "mode",
                    models.CharField(
                        choices=[("delegation", "下放（以乡街名义）"), ("entrustment", "委托（以区级民政部门名义）")],
                        max_length=12,
                    ),
                ),
                ("document", models.CharField(max_length=120)),
                ("basis", models.CharField(max_length=300)),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(blank=True, null=True)),
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
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="offices.staff",
                    ),
                ),
                ("released_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["township_id", "programme", "valid_from"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("released_by__isnull", True),
                            models.Q(("released_by", models.F("proposed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="delegation_released_by_second_person",
                    ),
                    models.UniqueConstraint(
                        fields=("programme", "township", "valid_from"), name="delegation_once_per_start"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OrderChoice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "area",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.area"),
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
                    "order",
                    models.CharField(
                        choices=[
                            ("plan", "先核对后受理（实施方案四）"),
                            ("ministry", "先受理后核对（民发〔2021〕57号）"),
                        ],
                        max_length=12,
                    ),
                ),
                ("valid_from", models.DateField()),
                ("document", models.CharField(max_length=120)),
                (
                    "chosen_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.staff"
                    ),
                ),
            ],
            options={
                "ordering": ["area_id", "programme", "valid_from"],
                "constraints": [
                    models.UniqueConstraint(fields=("area", "programme", "valid_from"), name="order_once_per_start")
                ],
            },
        ),
    ]
