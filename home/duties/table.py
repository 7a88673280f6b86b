"""Whoever must act is told: everything on the hub that waits for somebody, for the landing page and for mail."""

from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.text import format_lazy

from champions.inbox import tips_to_read, waiting_for
from events.attendance.closing import missed_by
from events.briefings.asked import unanswered
from events.models import Booking
from events.states import State
from feedback.pledges import to_read
from feedback.remarks import to_settle
from feedback.suggestions import suggesting
from feedback.surveys import open_for
from home.duties import waiting
from notices.duties import Duty, number
from notices.kinds import kind
from notices.models import OutgoingMail
from pages.models import HubPage
from pages.wording import counted
from people.roles import EDITING_ROLES, Role
from stories.clearing import to_approve
from stories.waiting import to_reopen

WAGTAIL = "Wagtail, which writes to whoever may answer and to whoever asked"
SETTLERS = (Role.EDITOR, Role.PSW, Role.ADMINISTRATOR)


def _page(url_path: str) -> str:
    """A page's address, from what the table of pages holds."""
    return HubPage(url_path=url_path).address


def _at(name: str):
    """Where one of them is seen and dealt with."""
    return lambda key: reverse(name, args=[key])


DUTIES = [
    Duty(
        "offers",
        lambda person, now: Booking.objects.filter(person=person, state=State.OFFERED),
        number("A place is offered to you", "{} places are offered to you"),
        reverse_lazy("my_bookings"),
        title="session__event__title",
        key="key",
        link=_at("my_booking"),
        told_by="booking-offered",
    ),
    Duty(
        "requests",
        waiting.requests,
        number("Somebody waits for your yes or no", "{} people wait for your yes or no"),
        reverse_lazy("team_bookings"),
        title=waiting.WHO,
        told_by="booking-to-approve",
    ),
    Duty(
        "desk-requests",
        waiting.requests_on_desk,
        number("Somebody without a manager asks you to come", "{} people without a manager ask you to come"),
        reverse_lazy("desk_list"),
        title=waiting.WHO,
        key="session__key",
        link=_at("desk"),
        told_by="booking-to-approve",
    ),
    Duty(
        "questions",
        lambda person, now: waiting_for(person),
        number("A question waits for your answer", "{} questions wait for your answer"),
        reverse_lazy("my_questions"),
        key="key",
        link=_at("question"),
        told_by="question",
    ),
    Duty(
        "answers",
        waiting.answers,
        number("A champion has answered you", "Champions have answered {} of your questions"),
        reverse_lazy("my_questions"),
        key="key",
        link=_at("question"),
        told_by="answer",
    ),
    Duty(
        "feedback",
        open_for,
        number("A form asks what an event was worth", "{} forms ask what events were worth"),
        reverse_lazy("my_bookings"),
        title="title",
        link=_at("feedback_form"),
        told_by="feedback",
    ),
    Duty(
        "missed",
        missed_by,
        number("You were missed at an event: what happened?", "You were missed at {} events: what happened?"),
        reverse_lazy("my_bookings"),
        title="booking__session__event__title",
        key="booking__key",
        link=_at("my_booking"),
        told_by="missed",
    ),
    Duty(
        "approvals",
        waiting.for_approval,
        number("A page waits for your review", "{} pages wait for your review"),
        reverse_lazy("wagtailadmin_home"),
        tuple(EDITING_ROLES),
        title="revision__object_str",
        key="workflow_state__object_id",
        link=_at("wagtailadmin_pages:edit"),
        told_by=WAGTAIL,
    ),
    Duty(
        "sent-back",
        waiting.sent_back,
        number("A page came back to you with changes to make", "{} pages came back to you with changes to make"),
        reverse_lazy("wagtailadmin_home"),
        title="current_task_state__revision__object_str",
        key="object_id",
        link=_at("wagtailadmin_pages:edit"),
        told_by=WAGTAIL,
    ),
    Duty(
        "drafts",
        lambda person, now: HubPage.objects.filter(owner=person, has_unpublished_changes=True),
        number("A draft of yours is not published", "{} drafts of yours are not published"),
        reverse_lazy("wagtailadmin_home"),
        tuple(EDITING_ROLES),
        title="draft_title",
        link=_at("wagtailadmin_pages:edit"),
        told_by="nobody: their own draft is no news to them",
    ),
    Duty(
        "remarks",
        lambda person, now: to_settle(person),
        number("A reader says what is wrong with a page of yours", "Readers say {} things are wrong with your pages"),
        reverse_lazy("my_remarks"),
        title="page__title",
        told_by="remark",
    ),
    Duty(
        "consultations",
        waiting.to_comment_on,
        number("A policy is open for your comment", "{} policies are open for your comment"),
        reverse_lazy("consultations"),
        title="title",
        key="url_path",
        link=_page,
        told_by="nobody: it is an invitation to everybody, and no duty",
    ),
    Duty(
        "said",
        waiting.comments_to_answer,
        number(
            "Colleagues commented on a policy of yours: say what came of it",
            "Colleagues commented on {} policies of yours: say what came of it",
        ),
        reverse_lazy("consultations"),
        title="title",
        link=lambda pk: reverse("consultation_said", args=[pk]),
        kind=kind("waits-said", "Comments on a policy wait for what came of them"),
        concerned=waiting.who_asked,
    ),
    Duty(
        "suggestions",
        lambda person, now: suggesting.waiting(),
        number("A suggestion of a colleague waits", "{} suggestions of colleagues wait"),
        format_lazy("{}?state=waiting", reverse_lazy("suggestions:index")),
        SETTLERS,
        title="title",
        link=lambda pk: reverse("suggestions:decide", args=[pk]),
        kind=kind("waits-suggestion", "A suggestion waits for an editor"),
    ),
    Duty(
        "public",
        waiting.for_the_public,
        number("A page waits to be approved for the public", "{} pages wait to be approved for the public"),
        reverse_lazy("public_pages"),
        (Role.PSW, Role.ADMINISTRATOR),
        title="title",
        link=lambda pk: reverse("public_approval", args=[pk]),
        kind=kind("waits-public", "A page waits to be approved for the public"),
    ),
    Duty(
        "readings",
        lambda person, now: to_approve(person),
        number("A story waits for a second reader", "{} stories wait for a second reader"),
        reverse_lazy("wagtailadmin_home"),
        (Role.REVIEWER, Role.PSW, Role.ADMINISTRATOR),
        title="page__title",
        key="page_id",
        link=lambda pk: reverse("story_check", args=[pk]),
        kind=kind("waits-reading", "A story waits for a second reader"),
    ),
    Duty(
        "reopenings",
        lambda person, now: to_reopen(person, timezone.localdate(now)),
        number("A story waits to be opened by a second person", "{} stories wait to be opened by a second person"),
        reverse_lazy("wagtailadmin_home"),
        (Role.REVIEWER, Role.PSW, Role.ADMINISTRATOR),
        title="draft_title",
        link=lambda pk: reverse("story_consent", args=[pk]),
        kind=kind("waits-reopening", "A story whose consent ended waits for a second person"),
    ),
    Duty(
        "pledges",
        lambda person, now: to_read(),
        # Nobody has read it yet: its words go into no mail.
        number("A pledge waits to be read before it is shown", "{} pledges wait to be read before they are shown"),
        reverse_lazy("pledge_wall"),
        (Role.ORGANISER, Role.PSW, Role.ADMINISTRATOR),
        kind=kind("waits-pledge", "A pledge waits to be read"),
    ),
    Duty(
        "tips",
        lambda person, now: tips_to_read(person),
        lambda n: f"{counted(n, 'tip')} to read",
        reverse_lazy("my_tips"),
        title="tool__title",
        told_by="tip",
    ),
    Duty(
        "reviews",
        waiting.to_review,
        number("A page of yours is due for review", "{} pages of yours are due for review"),
        reverse_lazy("my_pages"),
        title="title",
        key="url_path",
        link=_page,
        kind=kind("waits-review", "A page is due for review"),
        concerned=waiting.owners,
    ),
    Duty(
        "ownerless",
        lambda person, now: waiting.ownerless_for(person, timezone.localdate(now)),
        number("A page has no owner", "{} pages have no owner"),
        reverse_lazy("my_pages"),
        (Role.EDITOR, Role.ADMINISTRATOR),
        title="title",
        link=_at("wagtailadmin_pages:edit"),
        kind=kind("waits-owner", "A page has no owner"),
    ),
    Duty(
        "briefings",
        lambda person, now: unanswered(),
        number("A team asks for a briefing", "{} teams ask for a briefing"),
        reverse_lazy("asked_for"),
        (Role.ORGANISER,),
        title="team__name",
        told_by="briefing",
    ),
    Duty(
        "sessions",
        waiting.dates,
        number("You have a session in the coming week", "You have {} sessions in the coming week"),
        reverse_lazy("desk_list"),
        title="session__event__title",
        key="session__key",
        link=_at("desk"),
        told_by="nobody: they set the date themselves",
    ),
    Duty(
        "lists",
        waiting.lists_to_close,
        number("A list of who came is not closed", "{} lists of who came are not closed"),
        format_lazy("{}?show=past", reverse_lazy("desk_list")),
        title="session__event__title",
        key="session__key",
        link=_at("desk"),
        kind=kind("waits-list", "A list of who came is not closed"),
        concerned=waiting.organising,
    ),
    Duty(
        "overdue",
        waiting.overdue,
        number("A page of the hub is past its review day", "{} pages of the hub are past their review day"),
        reverse_lazy("insight"),
        (Role.PSW,),
        title="title",
        key="url_path",
        link=_page,
        told_by="waits-review",
    ),
    Duty(
        "mail",
        lambda person, now: OutgoingMail.objects.filter(state=OutgoingMail.State.GIVEN_UP),
        number("A message could not be sent", "{} messages could not be sent"),
        reverse_lazy("mail_not_sent"),
        (Role.ADMINISTRATOR,),
        title="to",
        told_by="nobody: it is mail that does not arrive",
    ),
]
"""In the order of the page: what somebody else waits for comes first."""
