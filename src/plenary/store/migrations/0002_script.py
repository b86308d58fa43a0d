"""The script prepared for a meeting comes from a file beside the database into it."""

import django.db.models.deletion
from django.db import migrations, models

from plenary.store.settings import DATA


def take_over(apps, schema_editor):
    """Keep the scripts that lie in files so far; the files stay."""
    using = schema_editor.connection.alias
    meetings = apps.get_model("store", "Meeting").objects.using(using)
    scripts = apps.get_model("store", "Script").objects.using(using)
    for meeting in meetings.all():
        path = DATA / "meetings" / meeting.origin / "script.json"
        if path.is_file():
            scripts.create(meeting=meeting, steps=path.read_bytes())


class Migration(migrations.Migration):
    dependencies = [("store", "0001_tables")]

    operations = [
        migrations.CreateModel(
            name="Script",
            fields=[
                (
                    "meeting",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        serialize=False,
                        to="store.meeting",
                    ),
                ),
                ("steps", models.BinaryField()),
            ],
        ),
        migrations.RunPython(take_over, migrations.RunPython.noop),
    ]
