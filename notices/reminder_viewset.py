"""Reminders in the CMS: what, for whom, from when until when."""

from django import forms
from django.utils import timezone
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSet

from notices.models import Reminder


def _audience(reminder: Reminder) -> str:
    names = [str(one) for relation in (reminder.roles, reminder.teams) for one in relation.all()]
    return ", ".join(names) or "Everybody"


class ReminderViewSet(ModelViewSet):
    model = Reminder
    icon = "info-circle"
    menu_label = "Reminders"
    menu_order = 170
    add_to_admin_menu = True
    copy_view_enabled = True
    list_display = [
        "text",
        Column("state", label="State", accessor=lambda reminder: reminder.state(timezone.localdate())),
        Column("starts_on", label="First day"),
        Column("ends_on", label="Last day"),
        Column("audience", label="For", accessor=_audience),
    ]
    search_fields = ["text"]
    panels = [
        FieldPanel("text", widget=forms.Textarea(attrs={"rows": 2, "maxlength": 200})),
        FieldRowPanel([FieldPanel("link"), FieldPanel("link_words")]),
        FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")]),
        FieldPanel("roles", widget=forms.CheckboxSelectMultiple),
        FieldPanel("teams", widget=forms.CheckboxSelectMultiple),
    ]
