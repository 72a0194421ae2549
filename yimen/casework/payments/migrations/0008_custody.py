import django.db.models.deletion
import yimen.base.refs
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('households', '0002_search'),
        ('offices', '0003_cashier'),
        ('payments', '0007_relief'),
    ]

    operations = [
        migrations.CreateModel(
            name='Custody',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(default=yimen.base.refs.new_ref, max_length=12, unique=True)),
                ('number', models.CharField(blank=True, max_length=100)),
                ('post', models.CharField(max_length=80)),
                ('thing', models.CharField(choices=[('passbook', '存折'), ('card', '银行卡')], max_length=10)),
                ('reason', models.CharField(max_length=300)),
                ('duties', models.CharField(max_length=400)),
                ('from_on', models.DateField()),
                ('to_on', models.DateField()),
                ('registered_on', models.DateField()),
                ('filed_on', models.DateField(null=True)),
                ('ended_on', models.DateField(null=True)),
                ('ended_words', models.CharField(blank=True, max_length=200)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='households.bankaccount')),
                ('agent', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='offices.staff')),
                ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='offices.staff')),
                ('filed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='offices.staff')),
                ('household', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='custodies', to='households.household')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='households.person')),
                ('registered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='offices.staff')),
                ('township', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='offices.area')),
            ],
            options={
                'ordering': ['-id'],
                'indexes': [models.Index(fields=['township', 'ended_on'], name='custody_place')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_on__isnull', True)), fields=('household',), name='one_custody_per_household'), models.CheckConstraint(condition=models.Q(('to_on__gt', models.F('from_on'))), name='custody_ends_after_start'), models.CheckConstraint(condition=models.Q(('registered_by', models.F('agent')), _negated=True), name='custody_registered_by_another'), models.CheckConstraint(condition=models.Q(('filed_by__isnull', True), models.Q(models.Q(('filed_by', models.F('agent')), _negated=True), models.Q(('filed_by', models.F('registered_by')), _negated=True)), _connector='OR'), name='custody_filed_by_another')],
            },
        ),
    ]
