"""The first tables: meetings, entries, held deeds, checkpoints, files."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Meeting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("origin", models.CharField(max_length=120, unique=True)),
            ],
        ),
        migrations.CreateModel(
            name="HeldDeed",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "meeting_id",
                        "place",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="store.meeting",
                    ),
                ),
                ("place", models.IntegerField()),
                ("deed", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "meeting_id",
                        "number",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="store.meeting",
                    ),
                ),
                ("number", models.BigIntegerField()),
                ("seal", models.BinaryField(max_length=32)),
                ("commitment", models.BinaryField(max_length=32)),
                ("salt", models.BinaryField(max_length=32)),
                ("body", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="Checkpoint",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="store.meeting"
                    ),
                ),
                ("size", models.BigIntegerField()),
                ("note", models.TextField()),
            ],
            options={
                "ordering": ["size", "id"],
            },
        ),
        migrations.CreateModel(
            name="File",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="store.meeting",
                    ),
                ),
                ("digest", models.CharField(max_length=64)),
                ("visibility", models.CharField(max_length=60)),
                ("content", models.BinaryField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("meeting", "digest"), name="one_file_per_digest"
                    )
                ],
            },
        ),
    ]
