"""Views of the whole hub: health and the errors that Django raises by itself."""

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import JsonResponse
from django.shortcuts import render


@login_not_required
def live(request):
    """The process answers. Asks nothing of the database."""
    return JsonResponse({"status": "ok"})


@login_not_required
def ready(request):
    """The process can serve pages: the database answers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Exception:
        return JsonResponse({"status": "unavailable", "database": "no answer"}, status=503)
    return JsonResponse({"status": "ok", "database": "ok"})


@login_not_required
def csrf_failure(request, reason=""):
    """A form that was open too long or in another session; says so, and that nothing is lost."""
    return render(request, "403_csrf.html", status=403)
