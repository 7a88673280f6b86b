"""Feedback in the CMS: sets of questions, needs, figures that are quoted, and what was done."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from feedback.copying import copy_of
from feedback.models import Claim, LearningNeed, QuestionSet, YouSaid

ANSWERED = "People have answered these questions, so they stay as they are. Copy the set and change the copy."

NAMED = "People have named this need, so it is kept. Untick “offered on forms” instead."


class QuestionSetEditView(generic.EditView):
    """Questions that were answered are not changed: the answers would be to something else."""

    def post(self, request, *args, **kwargs):
        if self.get_object().is_answered:
            messages.error(request, ANSWERED)
            return HttpResponseRedirect(request.path)
        return super().post(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        if self.object.is_answered and self.request.method == "GET":
            messages.warning(self.request, ANSWERED)
        return super().get_context_data(**kwargs)


class QuestionSetDeleteView(generic.DeleteView):
    def form_valid(self, form):
        if self.object.surveys.exists():
            messages.error(self.request, "Forms were made of this set, so it is kept.")
            return self.render_to_response(self.get_context_data())
        return super().form_valid(form)


class QuestionSetCopyView(generic.CopyView):
    """A copy under a name of its own, with questions of its own."""

    def get_initial_form_instance(self):
        return copy_of(self.get_object())


class QuestionSetViewSet(ModelViewSet):
    model = QuestionSet
    icon = "form"
    menu_label = "Sets of questions"
    edit_view_class = QuestionSetEditView
    delete_view_class = QuestionSetDeleteView
    copy_view_class = QuestionSetCopyView
    list_display = ["title", "purpose", "usual"]
    list_filter = ["purpose", "usual"]
    search_fields = ["title"]
    panels = [
        FieldRowPanel([FieldPanel("title"), FieldPanel("purpose")]),
        FieldPanel("usual"),
        FieldPanel("intro"),
        InlinePanel(
            "questions",
            heading="Questions",
            label="Question",
            panels=[
                FieldRowPanel([FieldPanel("kind"), FieldPanel("required")]),
                FieldPanel("wording"),
                FieldPanel("help"),
                FieldPanel("choices"),
                FieldRowPanel([FieldPanel("has_middle"), FieldPanel("offer_not_applicable")]),
            ],
        ),
    ]


class LearningNeedDeleteView(generic.DeleteView):
    def form_valid(self, form):
        if self.object.is_named:
            messages.error(self.request, NAMED)
            return self.render_to_response(self.get_context_data())
        return super().form_valid(form)


class LearningNeedViewSet(ModelViewSet):
    model = LearningNeed
    icon = "list-ul"
    menu_label = "Learning needs"
    copy_view_enabled = False
    delete_view_class = LearningNeedDeleteView
    list_display = ["label", "order", "active"]
    form_fields = ["label", "order", "active"]


class YouSaidViewSet(ModelViewSet):
    model = YouSaid
    icon = "comment"
    menu_label = "You said, we did"
    copy_view_enabled = False
    list_display = ["said", "did", "on"]
    form_fields = ["survey", "said", "did", "owner", "on"]


class ClaimViewSet(ModelViewSet):
    model = Claim
    icon = "openquote"
    menu_label = "Figures that are quoted"
    copy_view_enabled = False
    list_display = ["figure", "words", "source", "reported_on"]
    form_fields = ["figure", "words", "source", "base", "reported_on", "owner"]


class FeedbackGroup(ModelViewSetGroup):
    """The menu "Feedback"."""

    menu_label = "Feedback"
    menu_icon = "form"
    menu_order = 165
    items = (
        QuestionSetViewSet("question_sets"),
        LearningNeedViewSet("learning_needs"),
        YouSaidViewSet("you_said"),
        ClaimViewSet("claims"),
    )
