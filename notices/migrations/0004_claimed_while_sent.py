from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("notices", "0003_reminders"),
    ]

    operations = [
        migrations.AddField(
            model_name="outgoingmail",
            name="gives_up_at",
            field=models.DateTimeField(blank=True, help_text="When trying ends; set by the first failure.", null=True),
        ),
        migrations.AddField(
            model_name="outgoingmail",
            name="claimed_until",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="outgoingmail",
            name="claim",
            field=models.UUIDField(blank=True, help_text="Of whoever is sending it at this moment.", null=True),
        ),
    ]
