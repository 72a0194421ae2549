from django.db import migrations, models


class Migration(migrations.Migration):
    """The mark of what stands still; its triggers are laid after every migrate (offices.standing)."""

    dependencies = [
        ("offices", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Standing",
            fields=[
                ("id", models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                ("mark", models.CharField(max_length=40)),
            ],
            options={"ordering": ["id"]},
        ),
    ]
