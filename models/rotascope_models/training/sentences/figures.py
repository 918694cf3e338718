"""Figures that fill the templates: percentages, amounts, two of them in a known order."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TypeVar

from rotascope_models.training.sentences.grammar import Filler

Number = TypeVar("Number", int, float)

AGAINST = [", compared to ", ", compared with ", ", against ", ", versus ", " compared with "]
FROM = [" from ", ", from "]
_MONEY = [
    ("EUR ", [" mn", " million", "mn", " m", " bn", "m"]),
    ("$", [" million", " billion", "m", "bn", "M", "B"]),
    ("€", ["m", " million", "bn"]),
    ("£", ["m", " million", "bn"]),
    ("SEK ", [" mn", " million", "m"]),
    ("NOK ", [" mn", " million"]),
    ("Rs ", [" crore", " cr", " lakh crore"]),
    ("USD ", ["mn", " million", " m"]),
    ("EUR", ["mn", "m", " mn", " million", "bn"]),
    ("US$", [" million", "m", "bn"]),
    ("DKK ", [" million", "m", " bn"]),
    ("CHF ", [" million", "m"]),
    ("PLN ", [" mn", " million"]),
]


def percent(low: float, high: float) -> Filler:
    """A percentage from `low` to `high`, in one of five spellings."""

    def fill(rng: random.Random) -> str:
        value = rng.uniform(low, high)
        text = f"{value:.0f}" if value >= 1 and rng.random() < 0.4 else f"{value:.1f}"
        return text + rng.choice(["%", " percent", " %", "%", " per cent"])

    return fill


def amount(rng: random.Random, value: float, around: tuple[str, str]) -> str:
    """`value` between the two strings `around` it."""
    text = f"{value:.1f}" if value < 100 or rng.random() < 0.3 else f"{value:.0f}"
    return around[0] + text + around[1]


def form(rng: random.Random, currencies: Sequence[tuple[str, list[str]]]) -> tuple[str, str]:
    """What stands before and behind an amount, of one of the `currencies`."""
    head, tails = rng.choice(currencies)
    return head, rng.choice(tails)


def ordered(
    rng: random.Random, low: Number, high: Number, *, up: bool | None
) -> tuple[Number, Number]:
    """The greater one first if `up`, the lesser if not, either if None."""
    first = rng.random() < 0.5 if up is None else up
    return (high, low) if first else (low, high)


def some_value(rng: random.Random) -> float:
    """A number below 800, half of them below 20."""
    return rng.choice([rng.uniform(1, 20), rng.uniform(20, 800)])


def money(rng: random.Random) -> str:
    """An amount."""
    return amount(rng, some_value(rng), form(rng, _MONEY))


def pair(words: list[str], *, up: bool | None, tail: str = "") -> Filler:
    """Two amounts with words between; the first is the greater one if `up`, either if None."""

    def fill(rng: random.Random) -> str:
        own = form(rng, _MONEY)
        first, second = _two(rng, up=up)
        return f"{amount(rng, first, own)}{rng.choice(words)}{amount(rng, second, own)}{tail}"

    return fill


def _two(rng: random.Random, *, up: bool | None) -> tuple[float, float]:
    low = some_value(rng)
    return ordered(rng, low, low * rng.uniform(1.06, 2.2), up=up)


def nordic(*, up: bool | None, signs: tuple[str, str] = ("", "")) -> Filler:
    """An amount with that of the year before in brackets, as Nordic companies write it."""

    def fill(rng: random.Random) -> str:
        head, tail = form(rng, _MONEY)
        first, second = _two(rng, up=up)
        return f"{head}{signs[0]}{first:.1f} ({signs[1]}{second:.1f}){tail}"

    return fill


def counts(*, up: bool) -> Filler:
    """Two whole numbers, the first the greater one if `up`."""

    def fill(rng: random.Random) -> str:
        low = rng.randint(12, 900) * rng.choice([1, 10, 100])
        high = round(low * rng.uniform(1.06, 1.6)) + 1
        first, second = ordered(rng, low, high, up=up)
        between = rng.choice([" from ", ", from ", ", compared with ", ", against "])
        return f"{first:,}{between}{second:,}"

    return fill


def price(words: list[str], *, up: bool) -> Filler:
    """Two prices of a share, the first the greater one if `up`."""

    def fill(rng: random.Random) -> str:
        head, tail = rng.choice([("$", ""), ("", "p"), ("Rs ", ""), ("€", ""), ("SEK ", "")])
        low = rng.randint(20, 900)
        high = round(low * rng.uniform(1.05, 1.5)) + 1
        first, second = ordered(rng, low, high, up=up)
        return f"{head}{first}{tail}{rng.choice(words)}{head}{second}{tail}"

    return fill


def per_share(*, up: bool) -> Filler:
    """Two amounts a share, the first the greater one if `up`."""

    def fill(rng: random.Random) -> str:
        low = rng.uniform(0.1, 4)
        high = low * rng.uniform(1.05, 1.8)
        first, second = ordered(rng, low, high, up=up)
        head = rng.choice(["$", "EUR ", "€", "EUR", "$"])
        between = rng.choice([" from ", ", against ", " versus "])
        return f"{head}{first:.2f}{between}{head}{second:.2f}"

    return fill


def consensus(*, beat: bool) -> Filler:
    """Earnings per share, then what was expected of them."""

    def fill(rng: random.Random) -> str:
        expected = rng.uniform(0.2, 5)
        real = expected * (rng.uniform(1.03, 1.4) if beat else rng.uniform(0.6, 0.97))
        head = rng.choice(["$", "€", "EUR "])
        between = rng.choice([" per share, against the ", " a share versus "])
        return f"{head}{real:.2f}{between}{head}{expected:.2f}"

    return fill


_MARGIN = [" from ", ", against ", " versus "]


def margins(*, up: bool, words: list[str] = _MARGIN) -> Filler:
    """Two percentages, the first the greater one if `up`."""

    def fill(rng: random.Random) -> str:
        low = rng.uniform(1, 18)
        high = low + rng.uniform(0.6, 6)
        first, second = ordered(rng, low, high, up=up)
        sign = rng.choice(["%", " %", " per cent", " percent"])
        return f"{first:.1f}{sign}{rng.choice(words)}{second:.1f}{sign}"

    return fill


def people(rng: random.Random) -> str:
    """A number of people."""
    number = rng.choice([rng.randint(15, 95), rng.randint(10, 99) * 10, rng.randint(11, 90) * 100])
    return f"{number:,}" if rng.random() < 0.7 else str(number)
