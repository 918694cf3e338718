"""Colours, fonts and short names: the one home of how pictures look.

Negative is orange-brown and positive is blue, which readers with any common colour blindness tell
apart; a score near zero is a grey of its own, and a missing value has no fill at all.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

from rotascope_nlp.groups import display_name

SCORE_BOUNDS = (-0.65, -0.4, -0.2, -0.05, 0.05, 0.2, 0.4, 0.65)
"""Where the nine colours of a score meet; within ±0.05 a score is shown as neutral."""

FLOW_SHARES = (0.125, 0.25, 0.5, 1.0)
"""Where the five colours of a flow meet, as shares of a round number near the strongest one."""


@dataclass(frozen=True, slots=True)
class Look:
    """Every colour of a picture, as CSS colours."""

    paper: str
    ink: str
    muted: str
    grid: str
    missing: str
    empty: str
    accent: str
    band: str
    scores: tuple[str, ...]
    score_ink: tuple[str, ...]
    flows: tuple[str, ...]
    flow_ink: tuple[str, ...]
    quadrants: tuple[str, str, str, str]
    quadrant_fill: tuple[str, str, str, str]


_WHITE, _BLACK = ("#ffffff",), ("#10151b",)

LIGHT = Look(
    paper="#ffffff",
    ink="#1c2430",
    muted="#5d6875",
    grid="#dde2e8",
    missing="#b9c1ca",
    empty="#f5f6f8",
    accent="#1f5f8b",
    band="#bcd6e6",
    scores=(
        "#8a3205",
        "#bc5815",
        "#e08f4f",
        "#f3cba6",
        "#e9ebed",
        "#bcd9ea",
        "#78b0d3",
        "#367bad",
        "#12507f",
    ),
    score_ink=(*_WHITE * 2, "#1c2430", "#1c2430", "#39424d", "#1c2430", "#0d1620", *_WHITE * 2),
    flows=("#eef0f6", "#cfd3e8", "#a5a5d3", "#7a6ab5", "#54378f"),
    flow_ink=("#1c2430", "#1c2430", "#0d1620", "#ffffff", "#ffffff"),
    quadrants=("#0a6aa6", "#b07a00", "#b8460b", "#0b7f5f"),
    quadrant_fill=("#eaf3f9", "#fbf5e6", "#fbefe9", "#e8f5f1"),
)
"""On white; quadrants in the order leading, weakening, lagging, improving."""

DARK = Look(
    paper="#14181e",
    ink="#e8ecf1",
    muted="#a3adb9",
    grid="#2f3742",
    missing="#59636f",
    empty="#1c2129",
    accent="#7cc0ee",
    band="#24506d",
    scores=(
        "#ff9b4a",
        "#e07a2c",
        "#ab5c22",
        "#6b442a",
        "#3a424c",
        "#2c4d66",
        "#2f709c",
        "#4b9fd4",
        "#8ecdf5",
    ),
    score_ink=(*_BLACK * 2, *_WHITE * 2, "#dfe4ea", *_WHITE * 2, *_BLACK * 2),
    flows=("#262b3a", "#3b3d63", "#5a5293", "#8573c4", "#b9a8f2"),
    flow_ink=("#e8ecf1", "#e8ecf1", "#ffffff", "#10131a", "#10131a"),
    quadrants=("#5fb4ea", "#e3b341", "#f08a4b", "#4cc9a0"),
    quadrant_fill=("#16232e", "#262318", "#2a1f1a", "#14271f"),
)

FONT = "Inter, 'Segoe UI', Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif"

SHORT_NAMES = {
    "consumer_discretionary": "Cons. discr.",
    "consumer_staples": "Cons. staples",
    "information_technology": "Info tech",
    "communication_services": "Comm. serv.",
    "emerging_markets": "Emerging",
}
"""Names for narrow screens and crowded pictures, where the full one is long."""


INTERVAL = "90\u00a0% interval"
"""Its name in print, held together by a space that does not break."""


def css_variables(look: Look) -> str:
    """The look as CSS declarations, for `VARIABLES` to point at."""
    return "".join(
        f"--{name}:{value};"
        for field in fields(look)
        for name, value in _named(field.name, getattr(look, field.name))
    )


def _named(name: str, value: str | tuple[str, ...]) -> list[tuple[str, str]]:
    stem = name.replace("_", "-")
    if isinstance(value, str):
        return [(stem, value)]
    return [(f"{stem}-{number}", colour) for number, colour in enumerate(value)]


def _variables(look: Look) -> Look:
    def pointer(name: str, value: str | tuple[str, ...]) -> str | tuple[str, ...]:
        names = tuple(f"var(--{css})" for css, _ in _named(name, value))
        return names[0] if isinstance(value, str) else names

    changed = {f.name: pointer(f.name, getattr(look, f.name)) for f in fields(look)}
    return replace(look, **changed)  # type: ignore[arg-type]


VARIABLES = _variables(LIGHT)
"""A look made of CSS variables: the page decides, so one picture serves light, dark and paper."""


def label(group: str, *, short: bool = False) -> str:
    """The name to print for a group, a pair `a-b`, or an unnamed end ("") of a flow."""
    if not group:
        return "(not named)"
    if "-" in group:
        return " − ".join(label(part, short=short) for part in group.split("-", 1))
    return SHORT_NAMES.get(group, display_name(group)) if short else display_name(group)


def signed(value: float, places: int = 2) -> str:
    """A number with its sign, as it is written in print: +0.42, −0.10."""
    return f"{round(value, places) + 0.0:+.{places}f}".replace("-", "−")
