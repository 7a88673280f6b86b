"""What colleagues suggest, in the CMS: a queue, each with its draft; taken by publishing, or declined with a reason."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.viewsets.model import ModelViewSet

from feedback.models import Suggestion
from feedback.suggestions import suggesting
from feedback.suggestions.forms import DeclineSuggestionForm
from people.refusals import NotPossible


class SuggestionViewSet(ModelViewSet):
    model = Suggestion
    name = "suggestions"
    form_fields = ["state"]
    menu_label = "Suggestions"
    icon = "mail"
    list_display = [
        TitleColumn("title", label="Suggestion", get_url=lambda one: reverse("suggestions:decide", args=[one.pk])),
        Column("kind", label="What", accessor=lambda one: suggesting.kind_of(one)),
        "person",
        DateColumn("sent_at", label="Sent"),
        "whose",
        "state",
    ]
    list_filter = ["state", "whose"]
    list_export = ["title", "purpose", "sent_at", "whose", "source", "state", "reason"]
    search_fields = ["title", "purpose"]
    ordering = ["-state", "sent_at"]
    copy_view_enabled = False

    def get_urlpatterns(self):
        return [*super().get_urlpatterns(), path("<row:pk>/", decide, name="decide")]


def decide(request, pk):
    """One suggestion with its draft: open the draft and publish it, or say why not."""
    if not suggesting.may_settle(request.user):
        messages.error(request, "Sorry, you do not have permission to access this area.")
        return redirect("wagtailadmin_home")
    suggestion = get_object_or_404(Suggestion.objects.select_related("person__team", "page", "settled_by"), pk=pk)
    form, status = DeclineSuggestionForm(request.POST if request.method == "POST" else None), 200
    if request.method == "POST" and form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            suggesting.decline(suggestion=suggestion, by=request.user, reason=reason, now=timezone.now())
            messages.success(request, f"“{suggestion}” is declined, and {suggestion.person} is told why.")
            return redirect("suggestions:index")
        except NotPossible as error:
            messages.error(request, error.words)
            status = 409
    elif request.method == "POST":
        status = 400
    context = {
        "page_title": "Suggestion",
        "page_subtitle": suggestion.title,
        "header_icon": "mail",
        "suggestion": suggestion,
        "kind": suggesting.kind_of(suggestion),
        "words": suggesting.words_of(suggestion),
        "form": form,
    }
    return render(request, "feedback/admin/suggestion.html", context, status=status)
