"""Words that open their meaning, in whatever stands between the tags. Draw it inside a kept fragment: it reads HTML."""

from django import template
from django.utils.safestring import mark_safe

from language import explaining
from language.glossary_views import WORDS_AT
from practice import editions
from practice.plain_words import plain_words

register = template.Library()


class ExplainNode(template.Node):
    def __init__(self, nodes):
        self.nodelist = nodes

    def render(self, context):
        html, hub = self.nodelist.render(context), context.get("hub")
        if hub is None:
            return html
        marked, words = explaining.explain(html, plain_words(hub.editions.get(editions.VOCABULARY)))
        # Made of HTML that templates have escaped already, and of escaped words.
        return mark_safe(marked + explaining.meanings(words, WORDS_AT))


@register.tag
def explain(parser, token):
    """`{% explain %} ... {% endexplain %}`: the first mention of each word explained becomes a button."""
    nodes = parser.parse(("endexplain",))
    parser.delete_first_token()
    return ExplainNode(nodes)
