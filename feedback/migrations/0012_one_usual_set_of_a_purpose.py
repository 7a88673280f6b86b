from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("feedback", "0011_one_usual_set")]

    operations = [
        migrations.AddConstraint(
            "questionset",
            models.UniqueConstraint(
                condition=models.Q(("usual", True)), fields=("purpose",), name="one_usual_set_of_a_purpose"
            ),
        ),
    ]
