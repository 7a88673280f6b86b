"""The training plan as a page."""

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from insight.training_plan import TrainingPlan


@require_safe
def training_plan(request):
    """For staff: partners see the events themselves, as far as they are for them."""
    if request.user.is_partner:
        raise Http404
    return render(request, "insight/training_plan.html", {"plan": TrainingPlan(request.hub, timezone.now())})
