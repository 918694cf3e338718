"""Which periods an axis names, and how: at even places, and the year wherever a new one begins."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

import pandas as pd

from rotascope.report.grid import period_label, period_moment
from rotascope.report.placing import CHAR_WIDTH

_LONG_DAYS = 300
"""A longer stretch is marked at the beginnings of months, a shorter one at every n-th period."""

_MONTHS = (1, 2, 3, 4, 6, 12, 24, 60, 120)
"""Months between two labels; what divides twelve meets every January."""

_APART = 8.0
"""Pixels between two labels."""

_Name = Callable[[pd.Timestamp], str]


def period_ticks(
    keys: Sequence[str], freq: str, *, step: float, font_size: float
) -> dict[str, str]:
    """Key -> label of as many periods as there is room for; `step`: pixels from one to the next.

    The year stands at the first label and at the first one of each new year, where the periods
    are months or cross a new year; else it stands nowhere.
    """
    moments = [period_moment(key) for key in keys]
    chosen: dict[int, str] = {}
    for places, name in _choices(moments, freq):
        if not places:
            break
        labels = _labels([moments[at] for at in places], name, freq, moments)
        chosen = dict(zip(places, labels, strict=True))
        if _fits(chosen, step, CHAR_WIDTH * font_size):
            break
    return {keys[at]: label for at, label in chosen.items()}


def _choices(moments: Sequence[pd.Timestamp], freq: str) -> Iterator[tuple[list[int], _Name]]:
    """Places to label and how to name them, the most first."""
    if freq == "H" or not moments or (moments[-1] - moments[0]).days <= _LONG_DAYS:
        for every in range(1, len(moments) + 1):
            yield list(range(0, len(moments), every)), lambda moment: _short(moment, freq)
        return
    months = [moment.year * 12 + moment.month - 1 for moment in moments]
    firsts = [at for at, month in enumerate(months) if at == 0 or month != months[at - 1]]
    for every in _MONTHS:
        yield [at for at in firsts if months[at] % every == 0], _month


def _month(moment: pd.Timestamp) -> str:
    return f"{moment:%b}"


def _short(moment: pd.Timestamp, freq: str) -> str:
    return _month(moment) if freq == "M" else period_label(moment.isoformat(), freq)


def _labels(
    shown: Sequence[pd.Timestamp], name: _Name, freq: str, every: Sequence[pd.Timestamp]
) -> list[str]:
    told = every[0].year if freq != "M" and every[0].year == every[-1].year else None
    labels = []
    for moment in shown:
        label = name(moment)
        if moment.year != told:
            bare = name is _month and moment.month == 1
            label = f"{moment:%Y}" if bare else f"{label} {moment:%Y}"
        labels.append(label)
        told = moment.year
    return labels


def _fits(labels: dict[int, str], step: float, char: float) -> bool:
    return all(
        (b - a) * step >= (len(labels[a]) + len(labels[b])) / 2 * char + _APART
        for a, b in pairwise(labels)
    )
