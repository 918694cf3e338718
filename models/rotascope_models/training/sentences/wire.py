"""Figures as business wires set them: more orders of two amounts, and amounts in two currencies."""

from __future__ import annotations

import random

from rotascope_models.training.sentences.figures import amount, form, ordered, some_value
from rotascope_models.training.sentences.grammar import Filler
from rotascope_models.training.sentences.words import WORDS, some_year

_WIRE = [
    ("EUR ", [" mn", " million", "mn", " mln"]),
    ("EUR", ["m", "mn", " mn"]),
    ("SEK ", [" mn", " million", "m"]),
    ("NOK ", [" mn", " million", "m"]),
    ("DKK ", [" mn", " million"]),
    ("LTL ", [" million", " mln"]),
    ("LVL ", [" million", " mln"]),
    ("EEK ", [" mn", " million"]),
    ("USD ", [" mn", " million"]),
    ("GBP ", [" mn", "m"]),
    ("PLN ", [" mn", " mln"]),
    ("$", [" million", " mn", "M"]),
    ("€", ["m", " million"]),
    ("£", ["m", " million"]),
]
YEAR_LISTS = [
    "{new} in {z}, {old} in {y}",
    "{y}: {old}, {z}: {new}",
    "{z} {new}, {y} {old}",
    "{old} ({y}), {new} ({z})",
]
_BETWEEN = [" from ", ", from ", " as compared to ", " vs ", " vs. ", " versus ", ", as against "]
_RATES = {"EUR ": 1.34, "SEK ": 0.14, "NOK ": 0.16, "DKK ": 0.18, "GBP ": 1.61}


def _two(rng: random.Random, *, up: bool | None) -> tuple[float, float]:
    low = rng.choice([rng.uniform(2, 15), rng.uniform(15, 700)])
    return ordered(rng, low, low * rng.uniform(1.08, 1.9), up=up)


def pair(*, up: bool) -> Filler:
    """Two amounts and a word that does not say which is the greater."""

    def fill(rng: random.Random) -> str:
        own, (first, second) = form(rng, _WIRE), _two(rng, up=up)
        return amount(rng, first, own) + rng.choice(_BETWEEN) + amount(rng, second, own)

    return fill


def brackets(*, up: bool | None, sign: str = "") -> Filler:
    """An amount, and the earlier one in brackets in one of several ways."""

    def fill(rng: random.Random) -> str:
        (head, tail), (first, second) = form(rng, _WIRE), _two(rng, up=up)
        before = rng.choice(
            [
                f"{sign}{second:.1f}",
                f"{head}{sign}{second:.1f}{tail}",
                f"{sign}{second:.1f} a year ago",
                f"Q{rng.randint(1, 4)}/{some_year(rng)}: {sign}{second:.1f}",
                f"{some_year(rng)}: {head}{sign}{second:.1f}{tail}",
            ]
        )
        return f"{head}{sign}{first:.1f}{tail} ({before})"

    return fill


def years(patterns: list[str], *, up: bool) -> Filler:
    """The amounts (`old`, `new`) of two years (`y`, `z`); that of the later is greater if `up`."""

    def fill(rng: random.Random) -> str:
        own, (new, old) = form(rng, _WIRE), _two(rng, up=up)
        year = rng.randint(2003, 2024)
        amounts = {"old": amount(rng, old, own), "new": amount(rng, new, own)}
        return rng.choice(patterns).format(y=year, z=year + 1, **amounts)

    return fill


def move(*, up: bool) -> Filler:
    """What follows "increased" or "decreased": two amounts and the right percentage."""

    def fill(rng: random.Random) -> str:
        own, (new, old) = form(rng, _WIRE), _two(rng, up=up)
        share = f"{abs(new / old - 1) * 100:.1f}{rng.choice(['%', ' %', ' per cent', ' pct'])}"
        a, b = amount(rng, new, own), amount(rng, old, own)
        return rng.choice(
            [
                f"{share} to {a} from {b}",
                f"by {share} to {a}",
                f"from {b} to {a}, or by {share}",
                f"to {a} from {b}",
                f"{share}, from {b} to {a}",
                f"by {share} and amounted to {a} ({b})",
            ]
        )

    return fill


def gap(words: list[str], *, gap_first: bool) -> Filler:
    """An amount and a difference, smaller than it, with words between."""

    def fill(rng: random.Random) -> str:
        own, (base, _) = form(rng, _WIRE), _two(rng, up=True)
        pair = [amount(rng, base, own), amount(rng, base * rng.uniform(0.06, 0.4), own)]
        return rng.choice(words).join(reversed(pair) if gap_first else pair)

    return fill


def _converted(rng: random.Random, value: float, head: str, tail: str) -> str:
    other, rate = ("EUR ", 0.75) if head == "USD " else ("USD ", _RATES.get(head, 1.0))
    own = amount(rng, value, (head, tail))
    return f"{own} ({other}{value * rate:.1f}{tail})"


def converted(rng: random.Random) -> str:
    """An amount and the same in another currency: nothing is compared."""
    tail = rng.choice([" mn", "m", " million"])
    return _converted(rng, some_value(rng) + 1, rng.choice(list(_RATES)), tail)


def converted_pair(*, up: bool) -> Filler:
    def fill(rng: random.Random) -> str:
        head, tail = rng.choice(list(_RATES)), rng.choice([" mn", "m", " million"])
        first, second = _two(rng, up=up)
        old = amount(rng, second, (head, tail))
        return _converted(rng, first, head, tail) + rng.choice(_BETWEEN) + old

    return fill


def share(*, up: bool | None, signs: tuple[str, str] = ("", "")) -> Filler:
    """Earnings per share with those of the year before, mostly in brackets."""

    def fill(rng: random.Random) -> str:
        low = rng.uniform(0.05, 2.5)
        high = low * rng.uniform(1.1, 1.9) + 0.01
        first, second = ordered(rng, low, high, up=up)
        head = rng.choice(["EUR ", "EUR", "SEK ", "NOK ", "DKK ", "USD ", "$", "LTL "])
        a, b = f"{signs[0]}{first:.2f}", f"{signs[1]}{second:.2f}"
        return rng.choice(
            [
                f"{head}{a} ({b})",
                f"{head}{a} ({head}{b})",
                f"{head}{a} vs {head}{b}",
                f"{head}{a} versus {head}{b}",
                f"{head}{a}, as against {head}{b}",
            ]
        )

    return fill


def margin(*, up: bool) -> Filler:
    """A percentage with that of the year before in brackets."""

    def fill(rng: random.Random) -> str:
        low = rng.uniform(2, 30)
        high = low + rng.uniform(0.6, 7)
        first, second = ordered(rng, low, high, up=up)
        sign = rng.choice(["%", " %", " per cent"])
        return f"{first:.1f}{sign} ({second:.1f}{rng.choice([sign, ''])})"

    return fill


def count(*, up: bool | None, scales: tuple[int, ...] = (1, 10, 100, 1000)) -> Filler:
    """A number with that of the year before in brackets."""

    def fill(rng: random.Random) -> str:
        low = rng.randint(40, 990) * rng.choice(scales) + rng.randint(0, 9)
        high = round(low * rng.uniform(1.06, 1.6)) + 1
        first, second = ordered(rng, low, high, up=up)
        return f"{first:,} ({second:,})"

    return fill


def line(rng: random.Random) -> str:
    """How a wire begins an item."""
    month, day, year = rng.choice(WORDS["month"]), rng.randint(1, 28), some_year(rng)
    place, desk = rng.choice(WORDS["city"]), rng.choice(WORDS["wire_desk"])
    return rng.choice(
        [
            f"({desk})",
            f"({desk})",
            f"{day} {month} {year}",
            f"{month} {day}, {year} ({desk})",
            f"{place.upper()} ({desk})",
            f"{place.upper()}, {month[:3]} {day} ({desk})",
            f"{place}, {day} {month} {year}",
            f"{month} {day}",
        ]
    )


def between(low: float, high: float, head: str, tail: str, digits: int = 1) -> Filler:
    """A number from a range: `..._low` and `..._high` of a kind can stand anywhere in a text."""
    return lambda rng: f"{head}{rng.uniform(low, high):,.{digits}f}{tail}"
