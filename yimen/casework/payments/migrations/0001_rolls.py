
import django.db.models.deletion
import django.db.models.expressions
import yimen.base.refs
import yimen.law.payments.terms
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('awards', '0019_linked_changes'),
        ('households', '0002_search'),
        ('offices', '0002_standing'),
    ]

    operations = [
        migrations.CreateModel(
            name='Roll',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(default=yimen.base.refs.new_ref, max_length=12, unique=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('counts', models.JSONField(default=dict)),
                ('lines_digest', models.CharField(blank=True, max_length=80)),
                ('note', models.CharField(blank=True, max_length=400)),
                ('released_at', models.DateTimeField(null=True)),
                ('finished_at', models.DateTimeField(null=True)),
                ('position', models.PositiveIntegerField(default=0)),
                ('job_ref', models.CharField(blank=True, max_length=12)),
                ('state', models.CharField(choices=[('drawing', '正在编制'), ('previewed', '已编制待提交'), ('proposed', '待负责人批准'), ('approved', '已批准待冻结'), ('running', '正在冻结'), ('done', '已冻结发布'), ('withdrawn', '已撤回')], default=yimen.law.payments.terms.RollState['DRAWING'], max_length=12)),
                ('kind', models.CharField(choices=[('monthly', '月度名册'), ('further', '补充名册')], default=yimen.law.payments.terms.RollKind['MONTHLY'], max_length=10)),
                ('month', models.CharField(max_length=7)),
                ('opened_on', models.DateField()),
                ('frozen_on', models.DateField()),
                ('chosen', models.JSONField(blank=True, default=list)),
                ('submitted_at', models.DateTimeField(null=True)),
                ('approved_at', models.DateTimeField(null=True)),
                ('approved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='offices.staff')),
                ('area', models.ForeignKey(help_text='the township', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='offices.area')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='offices.office')),
                ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='offices.staff')),
                ('released_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='offices.staff')),
            ],
            options={
                'ordering': ['-month', '-id'],
            },
        ),
        migrations.CreateModel(
            name='PayLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField()),
                ('programme', models.CharField(choices=[('dibao', '最低生活保障'), ('tekun', '特困人员救助供养'), ('edge', '最低生活保障边缘家庭'), ('rigid_expenditure', '刚性支出困难家庭')], max_length=20)),
                ('urban', models.BooleanField()),
                ('category', models.CharField(blank=True, max_length=10)),
                ('due', models.BooleanField()),
                ('covered', models.TextField(blank=True)),
                ('persons', models.PositiveSmallIntegerField()),
                ('base_fen', models.BigIntegerField()),
                ('supplement_fen', models.BigIntegerField()),
                ('addition_fen', models.BigIntegerField()),
                ('arrears_fen', models.BigIntegerField()),
                ('recovery_fen', models.BigIntegerField()),
                ('total_fen', models.BigIntegerField()),
                ('last_fen', models.BigIntegerField(null=True)),
                ('digest', models.CharField(blank=True, max_length=64)),
                ('ref', models.CharField(help_text="what the bank's file calls it", max_length=24, unique=True)),
                ('month', models.CharField(max_length=7)),
                ('account', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='households.bankaccount')),
                ('award', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='awards.award')),
                ('household', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='households.household')),
                ('township', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='offices.area')),
                ('version', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='awards.awardversion')),
                ('village', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='offices.area')),
                ('roll', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='paid', to='payments.roll')),
            ],
            options={
                'ordering': ['roll_id', 'position'],
            },
        ),
        migrations.CreateModel(
            name='DraftPart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('addition', '临时加发'), ('missed', '补发以前月份'), ('arrears', '补差'), ('recovery', '扣回'), ('absorbed', '已并入当月')], max_length=10)),
                ('month', models.CharField(max_length=7)),
                ('fen', models.BigIntegerField()),
                ('words', models.CharField(blank=True, max_length=200)),
                ('order_ref', models.CharField(blank=True, help_text='of the recovery that it pays off', max_length=40)),
                ('award', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='awards.award')),
                ('balance', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='awards.balance')),
                ('version', models.ForeignKey(db_index=False, help_text='of a month that was missed', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='awards.awardversion')),
                ('roll', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='payments.roll')),
            ],
            options={
                'ordering': ['roll_id', 'award_id', 'kind', 'month', 'id'],
            },
        ),
        migrations.CreateModel(
            name='DraftLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField()),
                ('programme', models.CharField(choices=[('dibao', '最低生活保障'), ('tekun', '特困人员救助供养'), ('edge', '最低生活保障边缘家庭'), ('rigid_expenditure', '刚性支出困难家庭')], max_length=20)),
                ('urban', models.BooleanField()),
                ('category', models.CharField(blank=True, max_length=10)),
                ('due', models.BooleanField()),
                ('covered', models.TextField(blank=True)),
                ('persons', models.PositiveSmallIntegerField()),
                ('base_fen', models.BigIntegerField()),
                ('supplement_fen', models.BigIntegerField()),
                ('addition_fen', models.BigIntegerField()),
                ('arrears_fen', models.BigIntegerField()),
                ('recovery_fen', models.BigIntegerField()),
                ('total_fen', models.BigIntegerField()),
                ('last_fen', models.BigIntegerField(null=True)),
                ('digest', models.CharField(blank=True, max_length=64)),
                ('left_out', models.CharField(blank=True, choices=[('held', '暂缓发放'), ('clash', '有成员本月已在其他名册')], max_length=10)),
                ('account', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='households.bankaccount')),
                ('award', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='awards.award')),
                ('household', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='households.household')),
                ('version', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='awards.awardversion')),
                ('village', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='offices.area')),
                ('roll', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='payments.roll')),
            ],
            options={
                'ordering': ['roll_id', 'position'],
            },
        ),
        migrations.CreateModel(
            name='PayKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('programme', models.CharField(choices=[('dibao', '最低生活保障'), ('tekun', '特困人员救助供养'), ('edge', '最低生活保障边缘家庭'), ('rigid_expenditure', '刚性支出困难家庭')], max_length=20)),
                ('month', models.CharField(max_length=7)),
                ('person', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='households.person')),
                ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='keys', to='payments.payline')),
            ],
            options={
                'ordering': ['line_id', 'id'],
                'constraints': [models.UniqueConstraint(fields=('person', 'programme', 'month'), name='paid_once_per_person_and_month')],
            },
        ),
        migrations.CreateModel(
            name='LineEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('sent', '已报送银行'), ('paid', '已发放'), ('failed', '发放不成功'), ('unknown', '银行未答复'), ('returned', '发放后退回'), ('held', '暂缓发放'), ('freed', '解除暂缓')], max_length=10)),
                ('attempt', models.PositiveSmallIntegerField(default=0)),
                ('cause', models.CharField(blank=True, choices=[('closed', '账户已销户'), ('limit', '超过账户限额'), ('name', '户名不符'), ('no_account', '查无此账户'), ('other', '其他原因')], max_length=12)),
                ('words', models.CharField(blank=True, max_length=200)),
                ('basis_kind', models.CharField(max_length=24)),
                ('basis_ref', models.CharField(max_length=40)),
                ('on', models.DateField()),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='offices.staff')),
                ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='payments.payline')),
            ],
            options={
                'ordering': ['line_id', 'id'],
                'indexes': [models.Index(fields=['basis_kind', 'basis_ref'], name='line_event_basis')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('kind__in', ['sent', 'paid', 'failed', 'returned'])), fields=('line', 'attempt', 'kind'), name='one_answer_per_attempt'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'failed'), _negated=True), models.Q(('cause', ''), _negated=True), _connector='OR'), name='a_failure_has_its_cause')],
            },
        ),
        migrations.CreateModel(
            name='PayPart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('addition', '临时加发'), ('missed', '补发以前月份'), ('arrears', '补差'), ('recovery', '扣回'), ('absorbed', '已并入当月')], max_length=10)),
                ('month', models.CharField(max_length=7)),
                ('fen', models.BigIntegerField()),
                ('words', models.CharField(blank=True, max_length=200)),
                ('order_ref', models.CharField(blank=True, help_text='of the recovery that it pays off', max_length=40)),
                ('award', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='awards.award')),
                ('balance', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='awards.balance')),
                ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='payments.payline')),
                ('version', models.ForeignKey(db_index=False, help_text='of a month that was missed', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='awards.awardversion')),
            ],
            options={
                'ordering': ['line_id', 'kind', 'month', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('fen__gte', 0)), name='pay_part_not_negative'), models.UniqueConstraint(condition=models.Q(('balance__isnull', False)), fields=('balance',), name='a_balance_is_settled_once')],
            },
        ),
        migrations.AddConstraint(
            model_name='roll',
            constraint=models.CheckConstraint(condition=models.Q(('released_by__isnull', True), models.Q(('released_by', models.F('proposed_by')), _negated=True), _connector='OR'), name='roll_released_by_another_than_prepared'),
        ),
        migrations.AddConstraint(
            model_name='roll',
            constraint=models.CheckConstraint(condition=models.Q(('approved_by__isnull', True), models.Q(('approved_by', models.F('proposed_by')), _negated=True), _connector='OR'), name='roll_approved_by_another_than_prepared'),
        ),
        migrations.AddConstraint(
            model_name='roll',
            constraint=models.CheckConstraint(condition=models.Q(('released_by__isnull', True), models.Q(('approved_by__isnull', False), models.Q(('released_by', models.F('approved_by')), _negated=True)), _connector='OR'), name='roll_released_by_another_than_approved'),
        ),
        migrations.AddConstraint(
            model_name='roll',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'monthly'), models.Q(('state', 'withdrawn'), _negated=True)), fields=('area', 'month'), name='one_monthly_roll'),
        ),
        migrations.AddConstraint(
            model_name='roll',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['done', 'withdrawn']), _negated=True), fields=('area',), name='one_roll_at_work_per_township'),
        ),
        migrations.AddIndex(
            model_name='payline',
            index=models.Index(fields=['month', 'township', 'programme'], name='pay_line_month'),
        ),
        migrations.AddConstraint(
            model_name='payline',
            constraint=models.UniqueConstraint(fields=('award', 'month'), name='one_line_per_award_and_month'),
        ),
        migrations.AddConstraint(
            model_name='payline',
            constraint=models.UniqueConstraint(fields=('roll', 'position'), name='pay_line_in_order'),
        ),
        migrations.AddConstraint(
            model_name='payline',
            constraint=models.CheckConstraint(condition=models.Q(('addition_fen__gte', 0), ('arrears_fen__gte', 0), ('base_fen__gte', 0), ('recovery_fen__gte', 0), ('supplement_fen__gte', 0), ('total_fen__gte', 0)), name='pay_line_not_negative'),
        ),
        migrations.AddConstraint(
            model_name='payline',
            constraint=models.CheckConstraint(condition=models.Q(('total_fen', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('base_fen'), '+', models.F('supplement_fen')), '+', models.F('addition_fen')), '+', models.F('arrears_fen')), '-', models.F('recovery_fen')))), name='pay_line_adds_up'),
        ),
        migrations.AddIndex(
            model_name='draftpart',
            index=models.Index(fields=['roll', 'award'], name='draft_part_award'),
        ),
        migrations.AddConstraint(
            model_name='draftline',
            constraint=models.UniqueConstraint(fields=('roll', 'award'), name='draft_line_once'),
        ),
        migrations.AddConstraint(
            model_name='draftline',
            constraint=models.UniqueConstraint(fields=('roll', 'position'), name='draft_line_in_order'),
        ),
    ]
