"""On which floor each room stands. A room may import from those below it; `hub/tests/test_architecture.py` holds it."""

FLOORS = [
    {"practice", "people", "notices"},
    {"language"},
    {"assets"},
    {"pages"},
    {"learning", "feedback"},
    {"toolkits", "research", "champions", "guidance", "stories", "events"},
    {"home", "search", "insight"},
    {"demo"},
    {"hub"},
]

DAY_OF_EVENTS = [
    {"dates"},
    {"models"},
    {"booking"},
    {"attendance", "mail", "papers", "briefings"},
    {"reading"},
    {"views", "cms"},
]
"""The folders of `events/`, each standing on those before it."""
