"""Asking a champion, the inbox, tips. What is not somebody's business does not exist for them."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from champions import asking, confirming, tips
from champions.forms import AskForm, DeclineForm, ReplyForm, TipForm
from champions.inbox import Inbox, Tips
from champions.models import ChampionPage, ChampionQuestion, Tip
from champions.near import champions_near
from champions.permissions import may_answer, may_decide, may_read
from champions.reading import Room
from pages.models import HubPage
from people.refusals import NotPossible

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])


def _about(request) -> HubPage | None:
    """The page that somebody comes from, if it is one that they may read."""
    number = request.GET.get("about", "")
    if not number.isdecimal() or len(number) > 12:
        return None
    # The root of the tree is a page too, and has no address.
    return request.hub.readable(HubPage.objects.filter(pk=int(number), depth__gt=1)).first()


@GET_OR_POST
def ask(request, pk) -> HttpResponse:
    champion = get_object_or_404(request.hub.readable(ChampionPage.objects.select_related("person", "deputy")), pk=pk)
    about, refusal = _about(request), None
    form = AskForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("text", "key")}
        try:
            asking.ask(champion=champion, asker=request.user, about=about, now=timezone.now(), **given)
            return redirect(reverse("my_questions") + "?said=asked")
        except NotPossible as error:
            refusal = error.words
            form.come_back()
    status = 409 if refusal else 400 if form.errors else 200
    room = Room(champion, request.hub)
    context = {"champion": champion, "about": about, "form": form, "room": room, "refusal": refusal}
    return render(request, "champions/ask.html", context, status=status)


@require_safe
def choose(request) -> HttpResponse:
    """Whom to ask about a page."""
    about = _about(request)
    return render(request, "champions/choose.html", {"about": about, "champions": champions_near(about, request.hub)})


SAID = {
    "asked": "Your question is on its way. The answer comes here, and a mail tells you.",
    "answered": "Your answer is sent.",
    "passed": "It is passed on.",
    "closed": "It is closed.",
    "tip": "Your tip waits for the tool’s owner.",
    "shown": "The tip is on the page.",
    "declined": "The champion is told why.",
    "taken-back": "The tip is off the page.",
}


@require_safe
def inbox(request):
    context = {"inbox": Inbox(request.user), "said": SAID.get(request.GET.get("said", ""))}
    return render(request, "champions/inbox.html", context)


def _question(request, key) -> ChampionQuestion:
    found = ChampionQuestion.objects.select_related("asker", "answerer", "about", "tip")
    question = get_object_or_404(found.defer("champion"), key=key)
    if not may_read(request.user, question):
        raise Http404
    return question


@require_safe
def question(request, key):
    return _page(request, _question(request, key))


def _page(request, question: ChampionQuestion, *, refusal=None, status=200, **forms) -> HttpResponse:
    answers = may_answer(request.user, question)
    context = {
        "question": question,
        "answers": answers,
        "reply_form": ReplyForm(initial={"answer": question.answer}),
        "tip_form": TipForm(auto_id="tip_%s"),
        "may_offer": answers and question.state == "answered" and question.about and not hasattr(question, "tip"),
        "other": asking.other_answerer(question) if answers and question.state == "open" else None,
        "said": SAID.get(request.GET.get("said", "")),
        "refusal": refusal,
        **forms,
    }
    return render(request, "champions/question.html", context, status=status)


@require_POST
def on_question(request, key, do):
    """Answer, pass on, close, or offer a tip."""
    found, now, by = _question(request, key), timezone.now(), request.user
    form = {"answer": ReplyForm, "tip": TipForm}.get(do, lambda data: None)(request.POST)
    typed = {"reply_form" if do == "answer" else "tip_form": form} if form else {}
    if form is not None and not form.is_valid():
        return _page(request, found, status=400, **typed)
    try:
        if do == "answer":
            asking.answer(question=found, by=by, words=form.cleaned_data["answer"], now=now)
            return redirect(reverse("question", args=[key]) + "?said=answered")
        if do == "tip":
            tips.offer(question=found, by=by, text=form.cleaned_data["text"], now=now)
            return redirect(reverse("my_tips") + "?said=tip")
        if do == "pass":
            asking.pass_on(question=found, by=by, now=now)
            return redirect(reverse("my_questions") + "?said=passed")
        if do == "close":
            asking.close(question=found, by=by, now=now)
            return redirect(reverse("my_questions") + "?said=closed")
    except NotPossible as error:
        found = _question(request, key)
        return _page(request, found, refusal=error.words, unsent=_words_in(form), status=409, **typed)
    raise Http404


def _words_in(form) -> str:
    """What somebody wrote into a form that may not be shown any more, so that they can take it along."""
    return next(iter(form.cleaned_data.values())) if form else ""


@require_safe
def my_tips(request):
    return _tips(request)


def _tips(request, *, refused=None, form=None, refusal="", status=200) -> HttpResponse:
    """`refused` is the key of the tip whose form comes back; `refusal` why nothing can be decided any more."""
    reading = Tips(request.user)
    rows = [
        {
            "tip": tip,
            "form": form
            if refused == tip.key and isinstance(form, TipForm)
            else TipForm(initial={"text": tip.text}, auto_id=f"{tip.key}_%s"),
            "decline": form
            if refused == tip.key and isinstance(form, DeclineForm)
            else DeclineForm(auto_id=f"no_{tip.key}_%s"),
        }
        for tip in reading.waiting
    ]
    context = {"tips": reading, "rows": rows, "said": SAID.get(request.GET.get("said", ""))}
    context |= {"wrong": bool(form), "refusal": refusal, "unsent": _words_in(form) if refusal else ""}
    return render(request, "champions/tips.html", context, status=status)


@require_POST
def on_tip(request, key, do):
    """Show a tip, decline it with a reason, or take it off the page."""
    tip, by, now = get_object_or_404(Tip.objects.select_related("tool"), key=key), request.user, timezone.now()
    try:
        if do == "take-back":
            tips.take_back(tip=tip, by=by, now=now)
            return redirect(reverse("my_tips") + "?said=taken-back")
        if not may_decide(by, tip) or do not in ("show", "decline"):
            raise Http404
        kind, ids = (TipForm, f"{tip.key}_%s") if do == "show" else (DeclineForm, f"no_{tip.key}_%s")
        form = kind(request.POST, auto_id=ids)
        if not form.is_valid():
            return _tips(request, refused=tip.key, form=form, status=400)
        if do == "show":
            tips.show(tip=tip, by=by, text=form.cleaned_data["text"], now=now)
            return redirect(reverse("my_tips") + "?said=shown")
        tips.decline(tip=tip, by=by, reason=form.cleaned_data["reason"], now=now)
        return redirect(reverse("my_tips") + "?said=declined")
    except NotPossible as error:
        # Settled by somebody else meanwhile: the list says how.
        return _tips(request, form=form, refusal=error.words, status=409)


@require_POST
def still_right(request, pk):
    """The champion says that the profile holds. It may be hidden already."""
    page = get_object_or_404(ChampionPage.objects.live(), pk=pk)
    page = confirming.still_right(page=page, by=request.user, now=timezone.now())
    return redirect(f"{page.address}?confirmed=1")
