"""Where nobody else may know who comes, no manager approves and no free note is kept: what there is of them goes.

Requests that wait are settled by the jobs (`events.booking.lapsing.lapse`), through the gate.
"""

from django.db import migrations


def take_away(apps, schema_editor):
    rules, session, booking, change, paper = (
        apps.get_model("events", name) for name in ("KindRules", "Session", "Booking", "BookingChange", "Paper")
    )
    known = rules.objects.filter(attendance="named").values("kind")
    named = rules.objects.exclude(attendance="counted").values("kind")
    session.objects.exclude(event__event_kind__in=known).update(needs_approval=False)
    counted = session.objects.exclude(event__event_kind__in=named).values("pk")
    booking.objects.filter(session__in=counted).update(note="", reason_words="")
    change.objects.filter(booking__session__in=counted, what="cancelled").update(words="")
    paper.objects.filter(session__in=counted).delete()


class Migration(migrations.Migration):
    dependencies = [("events", "0013_room_codes_that_change")]
    operations = [migrations.RunPython(take_away, migrations.RunPython.noop)]
