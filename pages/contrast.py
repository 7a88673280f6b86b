"""How well two colours can be told apart, by the formula of WCAG 2. Pure arithmetic."""

import re

HEX = re.compile(r"#[0-9a-fA-F]{6}")


def channels(colour: str) -> tuple[float, float, float]:
    """Red, green and blue of `#rrggbb`, each 0 to 1. Raises `ValueError` for anything else."""
    if not HEX.fullmatch(colour):
        raise ValueError(f"{colour!r} is not a colour like #4b2a85.")
    return tuple(int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))


def luminance(colour: str) -> float:
    """Relative luminance, 0 black to 1 white."""
    linear = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels(colour))
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def ratio(one: str, other: str) -> float:
    """From 1 (the same) to 21 (black on white); text needs 4.5, the edge of a control 3."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
