
import yimen.law.ledger
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('awards', '0002_ledgers'),
    ]

    operations = [
        migrations.AddField(
            model_name='ledgerrun',
            name='job_ref',
            field=models.CharField(blank=True, max_length=12),
        ),
        migrations.AlterField(
            model_name='ledgerrun',
            name='state',
            field=models.CharField(choices=[('reading', '待核对列名'), ('previewed', '已预览待提交'), ('submitted', '待负责人确认'), ('running', '正在导入'), ('done', '已导入'), ('undoing', '正在撤销'), ('undone', '已撤销'), ('withdrawn', '已撤回')], default=yimen.law.ledger.RunState['READING'], max_length=12),
        ),
    ]
