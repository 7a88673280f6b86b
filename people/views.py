from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from people.forms import AppearanceForm
from people.models import User
from people.roles import Role


@require_http_methods(["GET", "HEAD", "POST"])
def my_hub(request):
    """A person's own page: who the hub thinks they are, how it looks for them, and the way out."""
    form = AppearanceForm(request.POST if request.method == "POST" else None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.instance.save(update_fields=["appearance"])
        return redirect(f"{request.path}?saved=1")
    person = User.objects.select_related("team", "manager").get(pk=request.user.pk)
    context = {
        "person": {
            "name": person.get_full_name(),
            "email": person.email,
            "team": person.team,
            "manager": person.manager,
            "roles": [Role(name).label for name in Role.values if name in person.roles],
        },
        "form": form,
        "saved": request.GET.get("saved") == "1",
    }
    return render(request, "people/my_hub.html", context, status=400 if form.errors else 200)
