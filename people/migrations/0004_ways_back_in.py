from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0003_who_answers_while_a_manager_is_away"),
    ]

    operations = [
        migrations.CreateModel(
            name="WayBackIn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("email", models.EmailField(max_length=254)),
                ("asked_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "way back in",
                "verbose_name_plural": "ways back in",
            },
        ),
    ]
