import django.db.models.deletion
import yimen.base.refs
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('applications', '0001_initial'),
        ('decisions', '0001_initial'),
        ('households', '0001_initial'),
        ('offices', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Award',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(default=yimen.base.refs.new_ref, max_length=12, unique=True)),
                ('number', models.CharField(max_length=40, unique=True)),
                ('programme', models.CharField(choices=[('dibao', '最低生活保障'), ('tekun', '特困人员救助供养'), ('edge', '最低生活保障边缘家庭'), ('rigid_expenditure', '刚性支出困难家庭')], max_length=20)),
                ('category', models.CharField(max_length=10)),
                ('monthly_fen', models.BigIntegerField()),
                ('start_month', models.CharField(max_length=7)),
                ('end_month', models.CharField(blank=True, max_length=7)),
                ('recertify_on', models.DateField()),
                ('application', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='award', to='applications.application')),
                ('decision', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='award', to='decisions.decision')),
                ('household', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='awards', to='households.household')),
                ('township', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='offices.area')),
                ('village', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='offices.area')),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='AwardPerson',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('programme', models.CharField(choices=[('dibao', '最低生活保障'), ('tekun', '特困人员救助供养'), ('edge', '最低生活保障边缘家庭'), ('rigid_expenditure', '刚性支出困难家庭')], max_length=20)),
                ('active', models.BooleanField(default=True)),
                ('supplement_fen', models.BigIntegerField(default=0)),
                ('award', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='persons', to='awards.award')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='households.person')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.AddConstraint(
            model_name='award',
            constraint=models.CheckConstraint(condition=models.Q(('monthly_fen__gt', 0)), name='award_pays_something'),
        ),
        migrations.AddConstraint(
            model_name='awardperson',
            constraint=models.UniqueConstraint(condition=models.Q(('active', True)), fields=('person', 'programme'), name='one_active_award_per_person_and_programme'),
        ),
    ]
