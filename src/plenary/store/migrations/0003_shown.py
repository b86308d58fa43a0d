"""An invitation keeps whether its maker has seen the link; of those made before, it is not known."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0002_script")]

    operations = [
        migrations.AddField(
            model_name="invitation",
            name="shown",
            field=models.BooleanField(default=True),
        ),
    ]
