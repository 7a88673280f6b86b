"""What search engines are told: the pages approved for the public, and nothing of the rest."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from pages.models import HubPage


def public_pages():
    """Every page that the public may read today, by address."""
    return HubPage.objects.in_use(timezone.localdate()).open_to_the_public().order_by("url_path")


@login_not_required
def robots(request):
    """This is an intranet: the public pages by name, what they are drawn with, and nothing else."""
    allowed = [f"Allow: {page.address}$" for page in public_pages()]
    lines = ["User-agent: *"]
    if allowed:
        lines += [*allowed, "Allow: /static/", "Allow: /brand.css"]
    lines.append("Disallow: /")
    if allowed:
        lines += ["", f"Sitemap: {settings.BASE_URL}/sitemap.xml"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")


@login_not_required
def sitemap(request):
    """The public pages with the day each was last published."""
    context = {"pages": public_pages(), "base_url": settings.BASE_URL}
    return render(request, "pages/sitemap.xml", context, content_type="application/xml")
