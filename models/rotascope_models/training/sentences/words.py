"""Words, names and dates that fill the templates: the words of `words.toml`, names by rule."""

from __future__ import annotations

import random
import tomllib
from importlib import resources

from rotascope_models.training.sentences.grammar import Filler


def _words() -> dict[str, list[str]]:
    text = (resources.files(__package__ or "") / "words.toml").read_text(encoding="utf-8")
    return {
        name: [word for part in joined.split(";") if (word := " ".join(part.split()))]
        for name, joined in tomllib.loads(text).items()
    }


WORDS = _words()


def company(rng: random.Random) -> str:
    """A company's name in one of the ways that news writes it."""
    root, kind = rng.choice(WORDS["root"]), rng.random()
    if kind < 0.5:
        return f"{root} {rng.choice(WORDS['ending'])}"
    if kind < 0.7:
        return root
    if kind < 0.85:
        return f"{root} {rng.choice(WORDS['legal'])}"
    ticker = _letters(rng, root)
    style = rng.choice([" ({x}: {t})", " <{t}.{n}>", " ({t})"])
    place = style.format(x=rng.choice(["NYSE", "Nasdaq", "NASDAQ"]), t=ticker, n=rng.choice("NOL"))
    return f"{root} {rng.choice(WORDS['ending'])}{place}"


def short(rng: random.Random) -> str:
    """A company's name without its legal form."""
    root = rng.choice(WORDS["root"])
    return root if rng.random() < 0.5 else f"{root} {rng.choice(WORDS['ending'])}"


def tag(rng: random.Random) -> str:
    """A cashtag."""
    return "$" + _letters(rng, rng.choice(WORDS["root"]))


def _letters(rng: random.Random, root: str) -> str:
    plain = "".join(c for c in root + rng.choice(WORDS["ending"]) if c.isalpha())
    return (plain[: rng.randint(2, 3)] + plain[-1]).upper()


def some_year(rng: random.Random) -> str:
    """A year."""
    return str(rng.randint(2004, 2026))


def ago(rng: random.Random) -> str:
    """The period that a figure is compared with."""
    return rng.choice(WORDS["before"]) if rng.random() < 0.7 else f"in {_quarter_of(rng)}"


def _quarter_of(rng: random.Random) -> str:
    return (
        f"{rng.choice(WORDS['quarter'])} of {some_year(rng)}"
        if rng.random() < 0.6
        else some_year(rng)
    )


def named(kinds: str) -> Filler:
    """A company whose name tells its industry: a root and a word of `kinds`."""
    return lambda rng: f"{rng.choice(WORDS['root'])} {rng.choice(WORDS[kinds])}"


def date(rng: random.Random) -> str:
    """A day of a year, or of none."""
    month, day, year = rng.choice(WORDS["month"]), rng.randint(1, 28), some_year(rng)
    return rng.choice([f"{day} {month}", f"{month} {day}", f"{day} {month} {year}"])
