"""The vocabularies whose terms have a page each under `/practice/`: methods, and quality themes."""

from dataclasses import dataclass

from practice.models import Term, Vocabulary


@dataclass(frozen=True)
class Listed:
    """How such a vocabulary is called and where it stands. `one` is what a single term is called."""

    slug: str
    title: str
    one: str
    purpose: str
    nothing_yet: str


LISTED = {
    Vocabulary.METHOD: Listed(
        slug="methods",
        title="Methods",
        one="Method",
        purpose="The ways tools work, from drawing to observation.",
        nothing_yet="Nothing uses this method yet. What editors link to it appears here.",
    ),
    Vocabulary.THEME: Listed(
        slug="quality",
        title="Quality themes",
        one="Quality theme",
        purpose="What audits and reviews of our practice keep finding, each with the tools that help.",
        nothing_yet="Nothing helps with this theme yet. What editors link to it appears here.",
    ),
}


def term_address(practice: str, term: Term) -> str:
    """Where a term's page stands, under the address of the practice section."""
    return f"{practice}{LISTED[term.vocabulary].slug}/{term.slug}/"
