from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="JobTurn",
            fields=[
                ("name", models.CharField(max_length=100, primary_key=True, serialize=False)),
                ("held_by", models.UUIDField(blank=True, null=True)),
                ("held_until", models.DateTimeField(blank=True, null=True)),
            ],
        ),
    ]
