"""Pages that no editor writes: the brand's style sheet, the style guide."""

import json

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from wagtail.models import Site

from pages.models import BrandSettings


@login_not_required
def brand_stylesheet(request):
    """The council's colours as custom properties; the address changes with them, so it may be kept for long."""
    colours = BrandSettings.for_site(Site.find_for_request(request)).colours
    rules = "".join(f"{name}:{colour};" for name, colour in colours.items())
    response = HttpResponse(f":root{{{rules}}}", content_type="text/css")
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


def style_guide(request):
    """Every component with samples, for whoever builds or edits pages."""
    if not request.user.may_edit:
        raise PermissionDenied
    samples = json.loads((settings.BASE_DIR / "templates/components/samples.json").read_text())
    components = [
        {
            "name": name,
            "template": f"components/{name}.html",
            "examples": [
                {
                    "note": example.get("note", ""),
                    "html": render_to_string(f"components/{name}.html", example.get("context", {}), request=request),
                }
                for example in examples
            ],
        }
        for name, examples in samples.items()
    ]
    return render(request, "pages/style_guide.html", {"samples": components})
