"""What a tool can be: how much it stirs up, who may use it, its formats and languages."""

from django.db import models


class Intensity(models.TextChoices):
    """How much it may stir up in the person it is used with."""

    LIGHT = "light", "Light"
    MEDIUM = "medium", "Medium"
    STRONG = "strong", "May stir strong feelings"


class Skill(models.TextChoices):
    """Who may use the tool."""

    ANYONE = "anyone", "Anyone"
    BRIEFED = "briefed", "After a briefing"
    TRAINED = "trained", "After training"


class Format(models.TextChoices):
    """A shape that a tool comes in."""

    WEB = "web", "Web page"
    PDF = "pdf", "PDF"
    WORD = "word", "Word"
    AUDIO = "audio", "Audio"
    VIDEO = "video", "Video"
    EASY_READ = "easy-read", "Easy read"
    LARGE_PRINT = "large-print", "Large print"
    BRAILLE = "braille", "Braille on request"


# Every tool is a web page with a large-print view; other formats come with its files.
ALWAYS_AS = {Format.WEB.value, Format.LARGE_PRINT.value}


class Language(models.TextChoices):
    """Languages that families here speak, by ISO 639 code."""

    EN = "en", "English"
    AR = "ar", "Arabic"
    BN = "bn", "Bengali"
    CY = "cy", "Welsh"
    FA = "fa", "Farsi"
    FR = "fr", "French"
    KU = "ku", "Kurdish"
    PA = "pa", "Punjabi"
    PL = "pl", "Polish"
    PS = "ps", "Pashto"
    PT = "pt", "Portuguese"
    RO = "ro", "Romanian"
    SO = "so", "Somali"
    TI = "ti", "Tigrinya"
    TR = "tr", "Turkish"
    UK = "uk", "Ukrainian"
    UR = "ur", "Urdu"
