"""The words in the names of teams and areas, which name no person."""

from people.models import Team


def of_teams(table: dict[str, int]) -> frozenset[str]:
    """In lower case. Read when it is asked for: teams are few, and asked for only where a text holds capitals."""
    names = Team.objects.values_list("name", "district")
    return frozenset(word.strip(",.()").lower() for pair in names for text in pair for word in text.split())
