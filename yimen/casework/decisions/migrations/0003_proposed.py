"""An opinion that grants dibao alone says so too: nothing said is no programme yet."""

from django.db import migrations


def say_dibao(apps, _editor):
    """Cases whose last opinion approves and names no programme are about dibao."""
    opinions = apps.get_model("decisions", "Opinion").objects.order_by("application_id", "version")
    last = {case: approve for case, approve in opinions.values_list("application_id", "approve")}
    cases = [case for case, approve in last.items() if approve]
    applications = apps.get_model("applications", "Application").objects
    for start in range(0, len(cases), 500):
        applications.filter(pk__in=cases[start : start + 500], proposed="").update(proposed="dibao")


class Migration(migrations.Migration):

    dependencies = [
        ("applications", "0003_wished"),
        ("decisions", "0002_programmes"),
    ]

    operations = [migrations.RunPython(say_dibao, migrations.RunPython.noop)]
