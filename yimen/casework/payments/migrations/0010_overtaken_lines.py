"""A line that was decided anew after the release of its roll is left out of it, for that reason."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("payments", "0009_bank_letters")]

    operations = [
        migrations.AlterField(
            model_name="draftline",
            name="left_out",
            field=models.CharField(
                blank=True,
                choices=[
                    ("held", "暂缓发放"),
                    ("clash", "有成员本月已在其他名册"),
                    ("overtaken", "发布以后待遇又有变动"),
                ],
                max_length=10,
            ),
        ),
    ]
