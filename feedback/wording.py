"""What forms say about themselves: who sees what, how long it is kept, why something is not shown. Pure.

Each promise has one sentence, here. The form, the mail that asks, the results and the privacy page read it.
"""

MODES = {
    "named": {
        "title": "This form carries your name",
        "short": "organisers and the principal social worker see who wrote what",
        "text": "Organisers and the principal social worker see who wrote what. "
        "You can ask them to delete your answers.",
        "kept": "Your name and what you write are kept for {months} after the form closes, then deleted.",
    },
    "confidential": {
        "title": "This form is confidential",
        "short": "organisers can see who wrote what, and nobody else",
        "text": "Organisers can see who wrote what, and nobody else. You can ask them to delete your answers.",
        "kept": "Your name and what you write are kept for {months} after the form closes, then deleted.",
    },
    "anonymous": {
        "title": "This form is anonymous",
        "short": "nobody can see who wrote what",
        "text": "Nobody can see who wrote what: neither your name nor the time is kept with your answers. They are "
        "shown together with those of at least {others} others, or not at all. So nobody can find yours again, even "
        "to delete it. A pledge is kept apart, for you alone.",
        "kept": "What people write is kept for {months} after the form closes, and so is the list of who has answered, "
        "which does not say what. Then both are deleted.",
    },
}


def promise(mode: str, *, months: int, fewest: int) -> dict[str, str]:
    """What a form of this mode says of itself: {title, text, kept}."""
    values = {"months": in_years(months), "others": fewest - 1}
    return {name: words.format(**values) for name, words in MODES[mode].items()} | {
        "counts": "The counts stay.",
    }


def in_one_sentence(mode: str) -> str:
    """The mode as a mail says it that asks for an answer."""
    return f"{MODES[mode]['title']}: {MODES[mode]['short']}."


def in_years(months: int) -> str:
    """36 is 3 years, 18 is 18 months."""
    years, rest = divmod(months, 12)
    return f"{months} months" if rest or years == 1 else f"{years} years"


def still_waiting(late: int, answered: int, fewest: int, *, closed: bool) -> str:
    """Why figures hold fewer answers than have come in."""
    head = f"{late} of the {answered} answers {'is' if late == 1 else 'are'} not in the figures"
    if closed and late < fewest:
        return (
            f"{head} and will not be: fewer than {fewest} were left when the form closed. Shown after the others, "
            "they could be told from whom they are."
        )
    return f"{head} yet: answers are added at least {fewest} at a time, so that nobody can tell from whom they are."


def nothing_shown(late: int, answered: int, fewest: int, *, closed: bool) -> str:
    """Why a form shows nothing at all; `late` answers wait."""
    if closed and late < fewest:
        return (
            "What people said is not shown and will not be: the form has closed, and "
            f"fewer than {fewest} answers are left that could be shown together."
        )
    if answered < fewest:
        return f"Results are shown from {fewest} answers on, so that nobody can be told from them."
    if closed:
        return "The answers are put together in a few minutes."
    return (
        "The answers are shown together when the form closes or everybody has answered. "
        f"So few were asked that the last ones, fewer than {fewest}, could be told from whom they are."
    )
