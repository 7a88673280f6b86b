"""What was answered before: written anew in an order of chance, answers and who was asked in transactions of their own.

Confidential answers that are there already were seen by all who see results, so they stay counted.
"""

from random import SystemRandom

from django.db import migrations, transaction

chance = SystemRandom()


def stir(apps, schema_editor):
    response, answer, invitation = (apps.get_model("feedback", name) for name in ("Response", "Answer", "Invitation"))
    with transaction.atomic():
        responses, answers = list(response.objects.all()), list(answer.objects.all())
        answer.objects.all().delete()
        response.objects.all().delete()
        _write(response, responses)
        _write(answer, answers)
    with transaction.atomic():
        invitations = list(invitation.objects.all())
        invitation.objects.all().delete()
        _write(invitation, invitations)


def _write(model, rows):
    chance.shuffle(rows)
    model.objects.bulk_create(rows, batch_size=500)


class Migration(migrations.Migration):
    # One transaction for all would tie the two together again.
    atomic = False
    dependencies = [("feedback", "0008_answers_wait_sealed")]
    operations = [migrations.RunPython(stir, migrations.RunPython.noop)]
