"""A further role: who releases the month's money."""

from django.db import migrations, models

from yimen.law.terms import Role


class Migration(migrations.Migration):
    dependencies = [("offices", "0002_standing")]

    operations = [
        migrations.AlterField(
            model_name="post",
            name="role",
            field=models.CharField(choices=Role.choices(), max_length=20),
        ),
    ]
