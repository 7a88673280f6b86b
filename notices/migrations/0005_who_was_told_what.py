import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("notices", "0004_claimed_while_sent"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Told",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=60)),
                ("about", models.CharField(max_length=200)),
                ("occurrence", models.CharField(blank=True, max_length=80)),
                ("number", models.PositiveIntegerField(default=1)),
                ("at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "told",
                "indexes": [models.Index(fields=["kind", "at"], name="told_to_forget")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "about", "occurrence", "number", "person"), name="told_once_of_an_occurrence"
                    )
                ],
            },
        ),
    ]
