
import django.db.models.deletion
import yimen.base.refs
import yimen.base.sealed
import yimen.law.ledger
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('applications', '0001_initial'),
        ('awards', '0001_initial'),
        ('decisions', '0001_initial'),
        ('households', '0001_initial'),
        ('offices', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='award',
            name='origin',
            field=models.CharField(choices=[('decision', '本系统确认'), ('ledger', '台账接续')], default=yimen.law.ledger.AwardOrigin['DECISION'], max_length=10),
        ),
        migrations.AddField(
            model_name='award',
            name='voided_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name='award',
            name='application',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='award', to='applications.application'),
        ),
        migrations.AlterField(
            model_name='award',
            name='decision',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='award', to='decisions.decision'),
        ),
        migrations.CreateModel(
            name='LedgerHeads',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('signature', models.CharField(max_length=64)),
                ('columns', models.JSONField()),
                ('kept_at', models.DateTimeField()),
                ('kept_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='offices.staff')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='offices.office')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='LedgerRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(default=yimen.base.refs.new_ref, max_length=12, unique=True)),
                ('state', models.CharField(choices=[('reading', '待核对列名'), ('previewed', '已预览待提交'), ('submitted', '待负责人确认'), ('running', '正在导入'), ('done', '已导入'), ('undoing', '正在撤销'), ('undone', '已撤销'), ('withdrawn', '已撤回'), ('failed', '没有读成')], default=yimen.law.ledger.RunState['READING'], max_length=12)),
                ('version', models.PositiveIntegerField(default=1)),
                ('file_ref', models.CharField(blank=True, max_length=12)),
                ('file_name', models.CharField(max_length=120)),
                ('file_sha256', models.CharField(max_length=64)),
                ('sheets', models.JSONField(default=list)),
                ('columns', models.JSONField(default=dict, help_text='heading to field, as read')),
                ('skipped', models.JSONField(default=list, help_text='rows that are no household: subtotals, repeated heads, notes')),
                ('counts', models.JSONField(default=dict)),
                ('lines_digest', models.CharField(blank=True, max_length=80)),
                ('note', models.CharField(blank=True, max_length=400)),
                ('proposed_at', models.DateTimeField()),
                ('submitted_at', models.DateTimeField(null=True)),
                ('released_at', models.DateTimeField(null=True)),
                ('finished_at', models.DateTimeField(null=True)),
                ('undo_until', models.DateTimeField(null=True)),
                ('undone_at', models.DateTimeField(null=True)),
                ('undo_reason', models.CharField(blank=True, max_length=200)),
                ('position', models.PositiveIntegerField(default=0)),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='offices.office')),
                ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='offices.staff')),
                ('released_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='offices.staff')),
                ('township', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='offices.area')),
                ('undone_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='offices.staff')),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='LedgerLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField()),
                ('place', models.CharField(help_text='where it stands in the file: 第12行', max_length=60)),
                ('head_name', models.CharField(blank=True, max_length=100)),
                ('village_name', models.CharField(blank=True, max_length=60)),
                ('state', models.CharField(choices=[('new', '新增'), ('changed', '变更'), ('same', '无变化'), ('error', '错误')], max_length=8)),
                ('outcome', models.CharField(choices=[('waiting', '待导入'), ('taken', '已导入'), ('left', '未导入'), ('reversed', '已撤销'), ('kept', '未撤销')], default=yimen.law.ledger.LineOutcome['WAITING'], max_length=8)),
                ('reason', models.CharField(blank=True, help_text='why it was not taken in or not reversed', max_length=400)),
                ('entry', yimen.base.sealed.SealedJSON()),
                ('changes', models.JSONField(default=list)),
                ('problems', models.JSONField(default=list)),
                ('remarks', models.JSONField(default=list)),
                ('remarked', models.BooleanField(default=False)),
                ('trace', yimen.base.sealed.SealedJSON(null=True)),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='awards.ledgerrun')),
            ],
            options={
                'ordering': ['run_id', 'position'],
            },
        ),
        migrations.AddField(
            model_name='award',
            name='run',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='awards', to='awards.ledgerrun'),
        ),
        migrations.AddConstraint(
            model_name='award',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('origin', yimen.law.ledger.AwardOrigin['DECISION']), ('application__isnull', False), ('decision__isnull', False), ('run__isnull', True)), models.Q(('origin', yimen.law.ledger.AwardOrigin['LEDGER']), ('application__isnull', True), ('decision__isnull', True), ('run__isnull', False)), _connector='OR'), name='award_rests_on_a_decision_or_a_ledger'),
        ),
        migrations.AddConstraint(
            model_name='award',
            constraint=models.CheckConstraint(condition=models.Q(('voided_on__isnull', True), models.Q(('origin', yimen.law.ledger.AwardOrigin['LEDGER']), models.Q(('end_month', ''), _negated=True)), _connector='OR'), name='only_a_taken_over_award_is_voided'),
        ),
        migrations.AddConstraint(
            model_name='ledgerheads',
            constraint=models.UniqueConstraint(fields=('office', 'signature'), name='ledger_heads_once_per_office'),
        ),
        migrations.AddConstraint(
            model_name='ledgerrun',
            constraint=models.CheckConstraint(condition=models.Q(('released_by__isnull', True), models.Q(('released_by', models.F('proposed_by')), _negated=True), _connector='OR'), name='ledger_confirmed_by_second_person'),
        ),
        migrations.AddConstraint(
            model_name='ledgerrun',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['running', 'undoing'])), fields=('township',), name='one_ledger_at_work_per_township'),
        ),
        migrations.AddIndex(
            model_name='ledgerline',
            index=models.Index(fields=['run', 'state', 'position'], name='ledger_line_state'),
        ),
        migrations.AddConstraint(
            model_name='ledgerline',
            constraint=models.UniqueConstraint(fields=('run', 'position'), name='ledger_line_once'),
        ),
    ]
