"""Events in the CMS: sessions with their dates, and what goes for each kind of event."""

from django import forms
from django.utils.html import format_html
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from events.cms.session_form import SessionForm
from events.cms.session_screens import (
    SessionCreateView,
    SessionDeleteView,
    SessionEditView,
    SessionFilters,
    SessionIndexView,
)
from events.models import KindRules, Session
from people.choosers import person_chooser


def _when(session: Session) -> str:
    return session.where_when.in_short


def _where(session: Session) -> str:
    return session.where_when.venue_in_short


def _desk(session: Session) -> str:
    return format_html('<a href="/events/desk/{}/">{}</a>', session.key, "Who has booked")


class SessionViewSet(ModelViewSet):
    model = Session
    icon = "calendar-alt"
    menu_label = "Sessions"
    copy_view_enabled = False
    index_view_class = SessionIndexView
    add_view_class = SessionCreateView
    edit_view_class = SessionEditView
    delete_view_class = SessionDeleteView
    filterset_class = SessionFilters
    list_display = [
        "__str__",
        Column("when", label="When", accessor=_when),
        Column("where", label="Where", accessor=_where),
        Column("capacity", label="Places"),
        Column("desk", label="Desk", accessor=_desk),
    ]
    search_fields = ["title", "event__title", "place"]
    edit_handler = ObjectList(
        [
            FieldPanel("event"),
            FieldPanel("title"),
            InlinePanel(
                "dates",
                heading="Dates",
                label="Date",
                help_text="Booked as one. Everybody who has booked is told of a new or changed date, with what it was.",
                panels=[FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]), FieldPanel("place")],
            ),
            MultiFieldPanel(
                [FieldRowPanel([FieldPanel("repeat"), FieldPanel("times")]), FieldPanel("singly")],
                heading="A series",
            ),
            FieldRowPanel([FieldPanel("held"), FieldPanel("capacity")]),
            FieldPanel("place"),
            FieldPanel("join_link"),
            FieldRowPanel([FieldPanel("opens_at"), FieldPanel("closes_at")]),
            MultiFieldPanel(
                [
                    FieldPanel("waiting_rule"),
                    FieldRowPanel([FieldPanel("offer_days"), FieldPanel("queue_closes_at")]),
                ],
                heading="Waiting list",
            ),
            FieldRowPanel([FieldPanel("needs_approval"), FieldPanel("approval_days")]),
            FieldPanel("for_roles"),
            FieldPanel("teams", widget=forms.CheckboxSelectMultiple),
            FieldPanel("walk_ins"),
            InlinePanel(
                "breakouts",
                heading="Breakouts",
                label="Breakout",
                panels=[FieldRowPanel([FieldPanel("title"), FieldPanel("capacity")])],
            ),
            FieldPanel("question_set"),
            FieldPanel("organiser", widget=person_chooser.widget_class),
        ],
        base_form_class=SessionForm,
    )


class KindRulesViewSet(ModelViewSet):
    """One for each kind of event: changed, never added or deleted."""

    model = KindRules
    icon = "list-ul"
    menu_label = "Rules of each kind"
    copy_view_enabled = False
    inspect_view_enabled = False
    list_display = ["__str__", "attendance", "feedback", "keep_months"]
    form_fields = ["attendance", "feedback", "closed_group", "keep_months"]


class EventsGroup(ModelViewSetGroup):
    """The menu "Events"."""

    menu_label = "Events"
    menu_icon = "calendar-alt"
    menu_order = 160
    items = (SessionViewSet("event_sessions"), KindRulesViewSet("event_rules"))
