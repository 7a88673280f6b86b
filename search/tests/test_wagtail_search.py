"""Smoke."""
import pytest
from pages.models import HubPage
from tests.builders import make_tool
from wagtail.images import get_image_model
pytestmark = pytest.mark.django_db

def test_smoke(hub, django_assert_num_queries):
    for t in ("Family tree", "Tree family circles", "Boats"):
        make_tool(t, tags=["wood"])
    print([p.title for p in HubPage.objects.search("family")])
    print([p.title for p in HubPage.objects.live().autocomplete("fam")[:1]], HubPage.objects.autocomplete("fam").count(), HubPage.objects.autocomplete("fam").facet("content_type_id"))
    print([(p, p.x) for p in HubPage.objects.specific().search("family").annotate_score("x")])
    with django_assert_num_queries(3):
        list(HubPage.objects.search("family")[:20])
    for fields in (["title"], ["summary"], ["title", "summary"]):
        print(fields, list(HubPage.objects.search("family", fields=fields)))
        print(fields, list(HubPage.objects.autocomplete("family", fields=fields)))
    print(get_image_model().objects.search("family"))
    print([p.title for p in HubPage.objects.search("wood")])
