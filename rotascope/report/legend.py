"""A legend of equal swatches with the bounds between them, and the sign of what is missing."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from rotascope.report.sheet import Sheet

_HIGH = 10
_LETTER = 6.6
"""Pixels of a letter of a bound, in a wide font."""
_MISSING_ROOM = 96
"""Pixels that the sign for missing and its name take, gap included."""

_MISSING_GAP = 1.2
"""Swatches' widths between the last swatch and the sign for missing."""


def bounds_told(count: int, apart: int) -> list[int]:
    """Which of an even number of bounds are labelled, `apart` seams from one another or more.

    From the ends inwards, the same ones on both sides of the middle.
    """
    left = [at for at in range(0, count // 2, apart) if at == 0 or count - 1 - 2 * at >= apart]
    return [*left, *(count - 1 - at for at in reversed(left))]


def swatches(
    sheet: Sheet,
    *,
    title: str,
    bounds: Sequence[float],
    colours: Sequence[str],
    form: str,
    missing: str = "",
) -> Any:
    """A strip of `colours`, `bounds` under the seams; `missing` names the empty cell's sign."""
    room = sheet.width - sheet.names_width - (_MISSING_ROOM if missing else 0)
    wide = max(1.0, min(38.0, room / len(colours)))
    strip = pd.DataFrame(
        {"at": range(len(colours)), "to": range(1, len(colours) + 1), "colour": list(colours)}
    )
    marks = pd.DataFrame(
        {"at": range(1, len(colours)), "text": [(form % b).replace("-", "−") for b in bounds]}
    )
    need = 4 + _LETTER * max(map(len, marks["text"]))
    marks = marks.iloc[bounds_told(len(marks), math.ceil(need / wide))]
    span = len(colours) + (_MISSING_GAP + 1 if missing else 0)
    x = alt.X("at:Q", scale=alt.Scale(domain=[0, span], nice=False), axis=None)
    words: dict[str, Any] = {"fontSize": 11, "baseline": "top", "aria": False}
    layers = [
        alt.Chart(strip)
        .mark_rect(stroke=sheet.look.paper, strokeWidth=1, aria=False)
        .encode(
            x=x,
            x2="to:Q",
            y=alt.value(18),
            y2=alt.value(18 + _HIGH),
            fill=alt.Fill("colour:N", scale=None),
        ),
        alt.Chart(marks)
        .mark_text(color=sheet.look.ink, **words)
        .encode(x=x, y=alt.value(22 + _HIGH), text="text:N"),
        alt.Chart(pd.DataFrame({"at": [0], "text": [title]}))
        .mark_text(align="left", color=sheet.look.muted, **words)
        .encode(x=x, y=alt.value(0), text="text:N"),
    ]
    if missing:
        start = len(colours) + _MISSING_GAP
        layers += [
            alt.Chart(pd.DataFrame({"at": [start]}))
            .mark_point(shape="stroke", size=60, stroke=sheet.look.missing, strokeWidth=1.5)
            .encode(x=x, y=alt.value(18 + _HIGH / 2)),
            alt.Chart(pd.DataFrame({"at": [start], "text": [missing]}))
            .mark_text(align="left", dx=12, color=sheet.look.muted, fontSize=11, aria=False)
            .encode(x=x, y=alt.value(18 + _HIGH / 2), text="text:N"),
        ]
    return alt.layer(*layers).properties(width=wide * span, height=44)
