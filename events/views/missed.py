"""What happened, when somebody had a place and did not come: asked once, without blame."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from events.attendance.closing import asked_until, say_what_happened
from events.models import Attendance, Came
from events.reading.forms import MissedForm
from pages.wording import day
from people.refusals import NotPossible


@require_http_methods(["GET", "HEAD", "POST"])
def missed(request, key, date_key) -> HttpResponse:
    """The form of whoever is down as missing, with what they said before."""
    own = Attendance.objects.filter(booking__key=key, booking__person=request.user, date__key=date_key)
    attendance = get_object_or_404(own.select_related("booking__person", "date__session__event", "date__session"))
    if attendance.came != Came.NO:
        raise Http404
    form, status, refusal, now = _form(request, attendance), 200, None, timezone.now()
    until = asked_until(attendance.date)
    if request.method == "POST":
        if form.is_valid():
            try:
                say_what_happened(attendance=attendance, by=request.user, now=now, **form.said())
                return redirect(f"{request.path}?said=1")
            except NotPossible as error:
                refusal = error
        status = 409 if refusal else 400
    context = {
        "attendance": attendance,
        "session": attendance.date.session,
        "when": attendance.date.meeting.when_and_where,
        "form": form if now < until else None,
        "until": day(until),
        "unsent": form.cleaned_data["words"] if refusal and now >= until else "",
        "refusal": refusal,
        "said": request.GET.get("said") == "1",
    }
    return render(request, "events/missed.html", context, status=status)


def _form(request, attendance: Attendance) -> MissedForm:
    before = {"why": attendance.why, "words": attendance.why_words}
    return MissedForm(request.POST if request.method == "POST" else None, initial=before, auto_id="missed_%s")
