"""Print the figures of docs/quality.md, section Series: `python -m tests.series.series_quality`.

With ROTASCOPE_DATA also how many generated copies of the real articles are known as such.
"""

from __future__ import annotations

import json
import os
import random
from collections.abc import Callable, Sequence
from itertools import combinations
from pathlib import Path

from rotascope.similarity import copies, stack
from rotascope.stories import signature
from tests.series.test_coverage import WORLDS, coverage

NAMES = ("Acme Robotics", "Bluewater Energy", "Cobalt Mining", "Delta Foods", "Evergreen Power")
MONTHS = ("January", "March", "May", "July", "October", "December")

NOTICE = (
    "NEW YORK -- Smith and Harlow, a global investor rights law firm, reminds purchasers of"
    " securities of {name} between {month} {a}, {year} and {other} {b}, 2024, both dates inclusive,"
    " of the important {other} {b}, 2024 lead plaintiff deadline. If you purchased {name} shares"
    " during the class period you may be entitled to compensation without payment of any out of"
    " pocket fees through a contingency fee arrangement. To join the {name} class action, call the"
    " firm toll free or write to it for information. A class action lawsuit has been filed. If you"
    " wish to serve as lead plaintiff, you must move the court no later than {other} {b}, 2024. A"
    " lead plaintiff is a representative party acting on behalf of other class members in directing"
    " the litigation. We encourage investors to select counsel with a track record of success in"
    " leadership roles. Often, firms issuing notices do not have comparable experience or means or"
    " any meaningful recognition by their peers. Be wise in selecting counsel. The firm represents"
    " investors throughout the globe in class actions and in derivative litigation. When the"
    " true details entered the market, the lawsuit claims that investors suffered damages. No class"
    " has been certified. Until one is, you are not represented by counsel unless you retain one."
)
EARNINGS = (
    "{name} reported earnings for the quarter on Tuesday. The company earned ${a}.{b} a share,"
    " compared with ${c} a share that analysts expected. Revenue was ${d} million, compared with"
    " ${e} million a year before. Shares of {name} have moved {f}% since {month}, while the S&P 500"
    " has climbed {a}%. The mean estimate of {b} analysts was ${c} a share. For this quarter,"
    " {name} expects its results to range from ${a} to ${c} a share."
)
CLOSE = (
    "U.S. stocks moved on a day in {month}, as investors weighed the news of {name}. The Dow Jones"
    " Industrial Average moved {d}.{a} points to {e}. The S&P 500 moved {c}.{b} points, or {a}%."
    " The Nasdaq Composite moved {d}.{b} points, or {b}%. Advancing issues outnumbered decliners by"
    " a {a}.{c}-to-1 ratio. Volume on exchanges was {b}.{c} billion shares, compared with the"
    " {a}.{b} billion average of the last 20 trading days."
)


def templated(template: str, seed: int) -> tuple[str, str]:
    """An invented text from a template, and the company it is of."""
    chosen = random.Random(seed)
    numbers = {letter: chosen.randrange(1, 400) for letter in "abcdef"}
    name = chosen.choice(NAMES)
    months = {"month": chosen.choice(MONTHS), "other": chosen.choice(MONTHS)}
    return name, template.format(name=name, year=chosen.randrange(2019, 2024), **months, **numbers)


def false_copies(template: str, count: int = 150) -> tuple[int, int]:
    """Pairs of different companies called copies, and all pairs of different companies."""
    texts = [templated(template, seed) for seed in range(count)]
    found = copies(stack([signature(None, text) for _, text in texts])).tolist()
    different = sum(one[0] != other[0] for one, other in combinations(texts, 2))
    return sum(texts[i][0] != texts[j][0] for i, j in found), different


def edited(words: Sequence[str], share: float, chosen: random.Random) -> list[str]:
    """Words dropped, replaced and added, a third each of `share`."""
    result: list[str] = []
    for word in words:
        lot = chosen.random()
        if lot < share / 3:
            continue
        result.append(chosen.choice(words) if lot < 2 * share / 3 else word)
        if 2 * share / 3 <= lot < share:
            result.append(chosen.choice(words))
    return result


def known(texts: Sequence[str], make: Callable[[list[str]], list[str]]) -> float:
    """Share of the texts of which a copy made by `make` is known as one."""
    hits = [
        len(copies(stack([signature("One", text), signature("Two", " ".join(make(text.split())))])))
        for text in texts
    ]
    return sum(hits) / len(hits)


def _real_texts(folder: str) -> list[str]:
    rows = [
        json.loads(line)
        for year in (2017, 2018)
        for line in (Path(folder) / f"archive/yahoo_{year}.jsonl").read_text().splitlines()
    ]
    return [row["maintext"] for row in rows if len((row["maintext"] or "").split()) >= 50]


def main() -> None:
    """Print it all."""
    print("world: coverage at 5 and at 200 stories")
    for name, world in WORLDS.items():
        few, many = (coverage(world, days=d, stories=n) for n, d in ((5, 360), (200, 120)))
        print(f"  {name}: {few:.3f} {many:.3f}")
    for name, template in (("notices", NOTICE), ("earnings", EARNINGS), ("closes", CLOSE)):
        print(
            f"{name} of one template, pairs of different companies merged:", false_copies(template)
        )
    folder = os.environ.get("ROTASCOPE_DATA")
    if not folder:
        return
    texts = _real_texts(folder)
    chosen = random.Random(0)
    makers: dict[str, Callable[[list[str]], list[str]]] = {
        **{
            f"{e:.0%} of words edited": lambda w, e=e: edited(w, e, chosen)
            for e in (0.02, 0.05, 0.1)
        },
        **{
            f"first {k:.0%}": lambda w, k=k: w[: max(20, int(len(w) * k))]
            for k in (0.75, 0.5, 0.25, 0.1)
        },
        **{
            f"without the first {k:.0%}": lambda w, k=k: w[int(len(w) * k) :]
            for k in (0.1, 0.25, 0.4)
        },
        "first 25 words": lambda w: w[:25],
        "first half, 2% edited": lambda w: edited(w[: len(w) // 2], 0.02, chosen),
    }
    print(f"copies of {len(texts)} real articles that are known:")
    for name, make in makers.items():
        print(f"  {name}: {known(texts, make):.3f}")


if __name__ == "__main__":
    main()
