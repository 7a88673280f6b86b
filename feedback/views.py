"""Answering, results for those who may see them, and one's own pledges."""

import logging

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from feedback import needs as needed
from feedback import pledges
from feedback.answers.answering import answer
from feedback.answers.deleting import delete_answers
from feedback.answers.deleting import redact as redact_answer
from feedback.forms import AnswerForm, ApproveForm, NeedsForm, PledgeForm, RedactForm, SummaryForm
from feedback.lists import SurveyList
from feedback.models import Claim, Pledge, Survey, YouSaid
from feedback.permissions import may_see_names, may_see_results, told_to
from feedback.results import COLUMNS, Results, outcomes
from feedback.surveys import asked_of, has_answered, promise_of
from language.careful import careful_line
from pages.lists.exports import as_csv
from people.refusals import NotPossible

audit = logging.getLogger("hub.audit")
ANSWERED_BEFORE = (
    "Your answers have arrived before, and each person’s count once. What you wrote this time stands below and was not "
    "added: tell the organiser if something is missing."
)


def _only_for_results(request) -> None:
    if not may_see_results(request.user):
        raise Http404


@require_http_methods(["GET", "HEAD", "POST"])
def form(request, pk):
    """The form, for those who were asked; to others it does not exist."""
    asked = asked_of(request.user).select_related("question_set")
    survey, now = get_object_or_404(asked, pk=pk), timezone.now()
    filled = AnswerForm(request.POST if request.method == "POST" else None, survey=survey)
    context = {"survey": survey, "form": filled, "mode": promise_of(survey), "refusal": ""}
    if request.method == "POST" and filled.is_valid():
        try:
            is_new = answer(survey=survey, person=request.user, given=filled.given(), now=now)
        except NotPossible as error:
            status = 400 if error.code == "nothing-said" else 409
            return render(request, "feedback/form.html", {**context, "refusal": str(error)}, status=status)
        if not is_new:
            return render(request, "feedback/form.html", {**context, "refusal": ANSWERED_BEFORE}, status=409)
        return redirect(f"{request.path}?thanks=1")
    if has_answered(survey, request.user):
        context = {"survey": survey, "new": request.GET.get("thanks") == "1", "form": _needs_of(request.user)}
        return render(request, "feedback/thanks.html", context)
    if request.method != "POST" and not survey.opens_at <= now < survey.closes_at:
        return render(request, "feedback/not_open.html", {"survey": survey, "early": now < survey.opens_at})
    return render(request, "feedback/form.html", context, status=400 if filled.errors else 200)


@require_safe
def surveys(request):
    """Every form, with how many answered of how many."""
    _only_for_results(request)
    return render(request, "feedback/surveys.html", {"list": SurveyList(dict(request.GET.lists()), timezone.now())})


@require_safe
def results(request, pk):
    _only_for_results(request)
    return _results_page(request, get_object_or_404(Survey.objects.select_related("question_set"), pk=pk))


@require_POST
def summary(request, pk):
    """What a closed group agreed to say."""
    _only_for_results(request)
    survey = get_object_or_404(Survey, pk=pk, closed_group=True)
    given = SummaryForm(request.POST)
    if not given.is_valid():
        return _results_page(request, survey, given, status=400)
    survey.summary = given.cleaned_data["summary"]
    survey.save(update_fields=["summary"])
    return redirect("feedback_results", pk)


def _results_page(request, survey: Survey, form: SummaryForm | None = None, status: int = 200) -> HttpResponse:
    names = may_see_names(request.user, survey)
    context = {
        "survey": survey,
        "results": Results(survey, request.hub.now, names=names),
        "mode": promise_of(survey),
        "names": names,
    }
    context["form"] = form or SummaryForm(initial={"summary": survey.summary})
    context["deleted"] = request.GET.get("deleted") == "1"
    context |= {"said": YouSaid.objects.filter(survey=survey), "claims": Claim.objects.all()[:10]}
    return render(request, "feedback/results.html", context, status=status)


@require_safe
def results_csv(request, pk):
    """The same figures as on the page, under the same rules."""
    _only_for_results(request)
    survey = get_object_or_404(Survey.objects.select_related("question_set"), pk=pk)
    audit.info("export survey=%s by=%s", survey.pk, request.user.pk)
    results = Results(survey, request.hub.now, names=may_see_names(request.user, survey))
    response = HttpResponse(as_csv(COLUMNS, results.rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="results.csv"'
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
@careful_line("reason", "Reason")
def redact(request, pk, answer):
    """Take away words that name somebody: of those that this reader may see."""
    _only_for_results(request)
    survey = get_object_or_404(Survey, pk=pk)
    shown = Results(survey, request.hub.now, names=may_see_names(request.user, survey)).answers
    found = get_object_or_404(shown, pk=answer)
    given = RedactForm(request.POST)
    if not given.is_valid():
        return redirect(reverse("feedback_results", args=[pk]) + "?why=1")
    redact_answer(answer=found, by=request.user, reason=given.cleaned_data["reason"])
    return redirect("feedback_results", pk)


@require_POST
def delete(request, pk, response):
    """All that one person said, because they asked for it. An anonymous answer cannot be found, so it is a 404."""
    survey = get_object_or_404(Survey, pk=pk)
    found = get_object_or_404(
        Results(survey, request.hub.now, names=True).responses.select_related("survey"), pk=response
    )
    try:
        delete_answers(response=found, by=request.user)
    except PermissionDenied as error:
        raise Http404 from error
    return redirect(reverse("feedback_results", args=[pk]) + "?deleted=1")


@require_safe
def you_said(request):
    """What people said and what was done about it, for everyone who may read of what it was said of."""
    said = told_to(request.hub.reader, YouSaid.objects.select_related("owner"))
    return render(request, "feedback/you_said.html", {"said": said[:100]})


@require_safe
def wall(request):
    return _wall(request)


def _wall(request, refused=None, status=200, unsent="") -> HttpResponse:
    """Pledges that people chose to show, once somebody has read them; of the others only how many there are."""
    shown = told_to(request.hub.reader, Pledge.objects.filter(shared=True, approved_at__isnull=False))
    context = {"pledges": shown.select_related("person")[:200], "refused": refused, "unsent": unsent}
    if not request.user.is_partner:
        context["outcomes"] = outcomes()
    if may_see_results(request.user):
        context["may_decline"] = True
        context["waiting"] = Pledge.objects.filter(shared=True, approved_at=None).select_related("person")[:100]
    return render(request, "feedback/wall.html", context, status=status)


@require_POST
def approve_pledges(request):
    _only_for_results(request)
    given = ApproveForm(request.POST)
    if given.is_valid():
        pledges.approve(pledges=given.cleaned_data["pledge"], by=request.user, now=timezone.now())
    return redirect("pledge_wall")


@require_POST
@careful_line("reason", "Reason")
def decline_pledge(request, pk):
    """Not on the wall, and why. Without a reason the page comes back and says so."""
    _only_for_results(request)
    pledge, given = get_object_or_404(Pledge, pk=pk), RedactForm(request.POST)
    if not given.is_valid():
        return _wall(request, refused=pledge.pk, status=400)
    reason = given.cleaned_data["reason"]
    if pledges.decline(pledge=pledge, by=request.user, reason=reason).declined_because != reason:
        # Its maker has taken it off meanwhile, or somebody else has said why: nobody reads these words.
        return _wall(request, unsent=reason, status=409)
    return redirect("pledge_wall")


def _needs_of(person, data=None) -> NeedsForm:
    return NeedsForm(data, initial={"needs": needed.wanted_by(person)})


@require_http_methods(["GET", "HEAD", "POST"])
def needs(request):
    """What somebody wants to learn next: a list with their name, which they change at any time."""
    filled = _needs_of(request.user, request.POST if request.method == "POST" else None)
    if filled.is_valid():
        needed.want_to_learn(
            person=request.user, needs=map(int, filled.cleaned_data["needs"]), today=timezone.localdate()
        )
        return redirect(reverse("learning_needs") + "?saved=1")
    context = {"form": filled, "saved": request.GET.get("saved") == "1"}
    return render(request, "feedback/needs.html", context, status=400 if filled.errors else 200)


@require_safe
def my_pledges(request):
    return render(request, "feedback/my_pledges.html", {"pledges": _with_forms(request.user)})


def _with_forms(person, refused=None) -> list[dict]:
    return [
        {
            "pledge": one,
            "form": refused
            if refused and refused.prefix == str(one.pk)
            else PledgeForm(
                initial={"outcome": one.outcome, "shared": one.shared, "show_name": one.show_name}, prefix=str(one.pk)
            ),
        }
        for one in Pledge.objects.filter(person=person)[:100]
    ]


@require_POST
def my_pledge(request, pk):
    """Say how it is going, and whether others may see it. What was approved is read again when it is shown anew."""
    pledge = get_object_or_404(Pledge, pk=pk, person=request.user)
    given = PledgeForm(request.POST, prefix=str(pledge.pk))
    if not given.is_valid():
        context = {"pledges": _with_forms(request.user, given)}
        return render(request, "feedback/my_pledges.html", context, status=400)
    said = given.cleaned_data
    if said["shared"]:
        pledge.declined_because = ""
    if said["shared"] != pledge.shared or (said["show_name"] and not pledge.show_name):
        pledge.approved_at = pledge.approved_by = None
    pledge.outcome, pledge.shared, pledge.show_name = said["outcome"], said["shared"], said["show_name"]
    pledge.save()
    return redirect("my_pledges")


@require_POST
def delete_pledge(request, pk):
    """A pledge is its maker's to take back."""
    get_object_or_404(Pledge, pk=pk, person=request.user).delete()
    return redirect("my_pledges")
