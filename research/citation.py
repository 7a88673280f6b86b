"""How a piece of research is named in a report or a learning record. Pure: no Django."""

from datetime import date

from pages.wording import day


def citation(
    *,
    authors: str,
    year: int | None,
    title: str,
    published_in: str = "",
    link: str = "",
    checked_on: date | None = None,
) -> str:
    """One line in the author and date style, as universities ask for it; what is not known is left out.

    Wilkins, D. and others (2021) ‘A trial’. Cardiff. Available at: https://… (Link checked 3 October 2026).
    """
    if not title:
        return ""
    who = " ".join(part for part in (authors, f"({year})" if year else "") if part)
    parts = [" ".join(part for part in (who, f"‘{title}’") if part), published_in]
    text = ". ".join(part.rstrip(".") for part in parts if part)
    where = f" Available at: {link}" if link else ""
    checked = f" (Link checked {day(checked_on)})" if link and checked_on else ""
    return f"{text}.{where}{checked}" + ("." if where else "")
