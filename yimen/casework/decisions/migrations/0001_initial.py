import django.db.models.deletion
import yimen.base.refs
import yimen.base.sealed
from django.db import migrations, models
from yimen.base.record.triggers import append_only



class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('applications', '0001_initial'),
        ('offices', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Extension',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ground', models.CharField(max_length=40)),
                ('facts', models.TextField()),
                ('old_due', models.DateField()),
                ('new_due', models.DateField()),
                ('on', models.DateField()),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='extensions', to='applications.application')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='offices.staff')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(default=yimen.base.refs.new_ref, max_length=12, unique=True)),
                ('kind', models.CharField(choices=[('notice', '公示'), ('announcement', '公布')], max_length=12)),
                ('from_on', models.DateField()),
                ('to_on', models.DateField()),
                ('withdrawn_on', models.DateField(null=True)),
                ('applicant', models.CharField(max_length=100)),
                ('applicant_is_minor', models.BooleanField(default=False)),
                ('members', models.PositiveSmallIntegerField()),
                ('programme', models.CharField(max_length=40)),
                ('amount_fen', models.BigIntegerField()),
                ('category', models.CharField(blank=True, max_length=10)),
                ('objection_phone', models.CharField(blank=True, max_length=60)),
                ('places', models.JSONField(default=list, help_text='where it must hang')),
                ('paper_ref', models.CharField(blank=True, max_length=12)),
                ('paper_number', models.CharField(blank=True, max_length=60)),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='applications.application')),
                ('township', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='offices.area')),
                ('village', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='offices.area')),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='NoticeObjection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(default=yimen.base.refs.new_ref, max_length=12, unique=True)),
                ('named', models.BooleanField(default=True, help_text='实名; verified and answered (D37)')),
                ('objector', yimen.base.sealed.SealedText(help_text='protected; may be empty', null=True)),
                ('content', models.TextField()),
                ('evidence', models.TextField(blank=True)),
                ('file_refs', models.JSONField(default=list)),
                ('raised_on', models.DateField()),
                ('answer', models.CharField(blank=True, choices=[('reinvestigation', '重新调查'), ('appraisal', '民主评议')], max_length=20)),
                ('answer_reason', models.TextField(blank=True)),
                ('answered_on', models.DateField(null=True)),
                ('result', models.TextField(blank=True)),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notice_objections', to='applications.application')),
                ('notice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='objections', to='decisions.notice')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='Opinion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(default=yimen.base.refs.new_ref, max_length=12, unique=True)),
                ('version', models.PositiveSmallIntegerField()),
                ('approve', models.BooleanField()),
                ('notice_required', models.BooleanField(help_text='whether it hangs in public before the decision (D19)')),
                ('reckoning', yimen.base.sealed.SealedJSON()),
                ('inputs', yimen.base.sealed.SealedJSON()),
                ('digest', models.CharField(help_text='of all facts and figures it rests on', max_length=80)),
                ('members', models.PositiveSmallIntegerField()),
                ('covered', models.PositiveSmallIntegerField()),
                ('amount_fen', models.BigIntegerField()),
                ('category', models.CharField(blank=True, max_length=10)),
                ('recertify_months', models.PositiveSmallIntegerField(null=True)),
                ('reasons', models.TextField()),
                ('on', models.DateField()),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='opinions', to='applications.application')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='offices.staff')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.AddField(
            model_name='notice',
            name='opinion',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='decisions.opinion'),
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(default=yimen.base.refs.new_ref, max_length=12, unique=True)),
                ('approve', models.BooleanField()),
                ('body', models.CharField(help_text='deciding body of record', max_length=80)),
                ('delegated', models.BooleanField()),
                ('basis', models.TextField()),
                ('reasons', models.TextField()),
                ('articles', models.JSONField()),
                ('amount_fen', models.BigIntegerField()),
                ('covered', models.PositiveSmallIntegerField()),
                ('members', models.PositiveSmallIntegerField()),
                ('category', models.CharField(blank=True, max_length=10)),
                ('start_month', models.CharField(blank=True, max_length=7)),
                ('recertify_on', models.DateField(null=True)),
                ('conditions', models.JSONField(default=list, help_text='what is not met, in words, of a refusal')),
                ('bound', models.JSONField()),
                ('digest', models.CharField(max_length=80)),
                ('on', models.DateField()),
                ('at', models.DateTimeField()),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='applications.application')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='offices.staff')),
                ('opinion', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='decisions.opinion')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='Posting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(default=yimen.base.refs.new_ref, max_length=12, unique=True)),
                ('place', models.CharField(max_length=100)),
                ('posted_on', models.DateField()),
                ('photo_ref', models.CharField(blank=True, max_length=12)),
                ('taken_down_on', models.DateField(null=True)),
                ('taken_down_photo_ref', models.CharField(blank=True, max_length=12)),
                ('notice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='postings', to='decisions.notice')),
                ('posted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='offices.staff')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='SentBack',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('to', models.CharField(choices=[('registered', '申请登记'), ('supplementing', '待补正'), ('accepted', '已受理'), ('checking', '信息核对中'), ('checked', '核对已返回'), ('investigating', '调查核实'), ('appraising', '民主评议'), ('examining', '拟定审核意见'), ('notice_ready', '待公示'), ('on_notice', '公示中'), ('objected', '公示异议处理'), ('deciding', '待确认'), ('approved', '已确认待公布'), ('refused_telling', '不予确认待送达'), ('on_assistance', '已纳入保障'), ('refused', '不予确认'), ('declined', '不予受理'), ('ended', '程序终止')], max_length=20)),
                ('reason', models.TextField()),
                ('on', models.DateField()),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sent_back', to='applications.application')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='offices.staff')),
                ('opinion', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='decisions.opinion')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.AddConstraint(
            model_name='opinion',
            constraint=models.UniqueConstraint(fields=('application', 'version'), name='opinion_version_once'),
        ),
        migrations.AddConstraint(
            model_name='opinion',
            constraint=models.CheckConstraint(condition=models.Q(('amount_fen__gte', 0)), name='opinion_amount_not_negative'),
        ),
        migrations.AddIndex(
            model_name='notice',
            index=models.Index(fields=['village', 'to_on'], name='notice_board'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.UniqueConstraint(fields=('application',), name='one_decision_per_application'),
        ),
        *append_only('decisions_opinion', 'decisions_extension', 'decisions_decision', 'decisions_sentback'),
    ]
