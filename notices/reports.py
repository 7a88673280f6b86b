"""For administrators: which mail has not gone out yet, and which the hub has given up."""

from django.contrib import messages
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_POST
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies import ModelPermissionPolicy

from notices.kinds import words_of
from notices.models import OutgoingMail
from notices.outbox import try_again

TRIED_AGAIN = "The message to {to} is tried again within a few minutes."
GONE_ALREADY = "The message to {to} has gone out already."


class TryAgainColumn(Column):
    """A button that lets the next run of the outbox take the message."""

    cell_template_name = "notices/try_again_cell.html"

    def get_cell_context_data(self, instance, parent_context):
        context = super().get_cell_context_data(instance, parent_context)
        return {**context, "csrf_token": get_token(parent_context["request"])}


def state(mail: OutgoingMail) -> str:
    """Waiting to be sent · Given up after several tries; it may have arrived."""
    words = mail.get_state_display()
    return f"{words}; it may have arrived, since the mail server did not say" if mail.doubts else words


def next_try(mail: OutgoingMail) -> str:
    """23 November 2026, 07:40 · None: given up."""
    if mail.state == OutgoingMail.State.GIVEN_UP:
        return "None"
    return date_format(timezone.localtime(mail.next_try), "j F Y, H:i")


class MailNotSentReport(ReportView):
    """Kind, reader and tries of every message that is still here. Never its words: they are the reader's own."""

    page_title = "Mail not sent"
    header_icon = "mail"
    index_url_name = "mail_not_sent"
    index_results_url_name = "mail_not_sent_results"
    model = OutgoingMail
    permission_policy = ModelPermissionPolicy(OutgoingMail)
    permission_required = "change"
    # What was given up comes first: nothing happens to it by itself.
    default_ordering = ["state", "next_try"]
    list_export = ["kind", "to", "state", "attempts", "doubts", "next_try"]
    columns = [
        Column("kind", label="What it is about", accessor=lambda mail: words_of(mail.kind)),
        Column("to", label="To"),
        Column("state", label="State", accessor=state),
        Column("attempts", label="Tries so far"),
        Column("next_try", label="Next try", accessor=next_try),
        TryAgainColumn("again", label="Try again", accessor="pk"),
    ]

    def get_queryset(self):
        return self.order_queryset(OutgoingMail.objects.not_sent())


@require_POST
def try_mail_again(request, pk):
    """The button of a row. Pressed twice, or while a worker is sending it, it does no harm."""
    mail = get_object_or_404(OutgoingMail, pk=pk)
    waits = try_again(mail=mail, by=request.user, now=timezone.now())
    messages.success(request, (TRIED_AGAIN if waits else GONE_ALREADY).format(to=mail.to))
    return redirect("mail_not_sent")
