"""What forms say about themselves. Pure."""

MODES = {
    "named": {
        "title": "This form carries your name",
        "text": "Organisers and the principal social worker see who wrote what. "
        "You can ask them to delete your answers.",
    },
    "confidential": {
        "title": "This form is confidential",
        "text": "Organisers can see who wrote what, and nobody else. You can ask them to delete your answers.",
    },
    "anonymous": {
        "title": "This form is anonymous",
        "text": "Nobody can see who wrote what: your name and the time are not kept with your answers. "
        "So answers cannot be found again or deleted later. A pledge is kept apart, for you alone.",
    },
}


def kept(months: int) -> str:
    """How long names and words stay, as the form says it."""
    whole = f"{months // 12} years" if months > 12 and months % 12 == 0 else f"{months} months"
    return f"Names and what people write are kept for {whole} after the form closes, then deleted. The counts stay."
