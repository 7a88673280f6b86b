"""Saying how a practice change stands in a district or team."""

from django import forms
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from guidance import rolling_out
from guidance.models import AreaStatus, PracticeChangePage
from language.careful import OURS, CarefulForm

LATELY = 50


class AreaForm(CarefulForm):
    """One area, how it stands there, since when."""

    ours = OURS

    area = forms.ChoiceField(label="District or team", error_messages={"required": "Choose a district or a team."})
    status = forms.ChoiceField(
        label="How it stands",
        choices=AreaStatus.Status,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how it stands."},
    )
    since = forms.DateField(
        label="Since",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="For what is planned: the day on which it begins.",
        error_messages={"required": "Give the day.", "invalid": "Give a day, such as 2027-05-31."},
    )
    note = forms.CharField(label="Note", max_length=200, required=False, help_text="Such as: Two teams first.")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = [("", "Choose"), *((area, area) for area in rolling_out.areas())]

    def clean(self):
        given = super().clean()
        since, status = given.get("since"), given.get("status")
        if since and status and status != AreaStatus.Status.PLANNED and since > timezone.localdate():
            self.add_error("since", "This day is still to come, so it is planned. Choose “Planned”, or today.")
        return given


@require_http_methods(["GET", "HEAD", "POST"])
def areas_of(request, pk):
    late = PracticeChangePage.read_late
    page = get_object_or_404(request.hub.readable(PracticeChangePage.objects.defer(*late)), pk=pk)
    if not rolling_out.may_say(request.user, page):
        raise Http404
    form = AreaForm(
        request.POST if request.method == "POST" else None,
        initial={"area": request.GET.get("area", ""), "since": timezone.localdate()},
    )
    if request.method == "POST" and form.is_valid():
        rolling_out.say(page=page, by=request.user, now=timezone.now(), **form.cleaned_data)
        return redirect(f"{page.address}#areas")
    context = {"change": page, "form": form, "history": rolling_out.history(page)[:LATELY]}
    return render(request, "guidance/areas.html", context, status=400 if form.errors else 200)
