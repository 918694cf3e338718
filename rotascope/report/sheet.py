"""What every picture shares: its layout, its axes' labels, its links, and how it becomes a file."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any
from urllib.parse import quote

import altair as alt

from rotascope.report.theme import FONT, LIGHT, Look, label
from rotascope.report.ticks import period_ticks

Chart = alt.TopLevelMixin
PNG_SCALE = 2.0
TITLE_SIZE, SUBTITLE_SIZE = 17, 12
_LETTER = 0.6
"""Mean width of a letter in a wide font, by the font's size."""
_PADDING = {"left": 18, "top": 18, "bottom": 18, "right": 28}
"""Around a picture of its own; wider where text ends that another font may draw longer."""
PICK = "#pick="
"""How a link to a cell's evidence begins."""

SIGNED_LABEL = "datum.value == 0 ? '0' : format(datum.value, '+.2~f')"
"""A Vega expression for an axis around zero."""

_BASE_URL = re.compile(r'xlink:href="[^"#]*#')
_LINKED_MARK = re.compile(
    r'<a href="([^"]*)"><path (aria-label="[^"]*") role="graphics-symbol"'
    r' aria-roledescription="[^"]*"'
)
_FONT_FAMILY = re.compile(r' font-family="[^"]*"')
_CLIP = re.compile(r'(id="|url\(#)(clip|gradient_)(\d+)')


@dataclass(frozen=True, slots=True)
class Sheet:
    """How a picture is laid out.

    `width`: of the whole picture, in pixels.  `short`: short names, for narrow screens.
    `links`: cells and points carry `#pick=…`, by which the report opens their evidence.
    """

    look: Look = LIGHT
    width: int = 860
    short: bool = False
    links: bool = False
    freq: str = "D"
    title: str = ""
    subtitle: str = ""

    def name(self, group: str) -> str:
        """The group's name, as long as the sheet has room for."""
        return label(group, short=self.short)

    @property
    def names_width(self) -> int:
        """Pixels that the column of names takes."""
        return 92 if self.short else 168

    @property
    def font_size(self) -> int:
        """Of labels, in pixels."""
        return 11 if self.short else 12


def pick(*parts: str) -> str:
    """The link of a cell or point; the report's script reads it back."""
    return PICK + "/".join(quote(part, safe="") for part in parts)


def period_axis(keys: Sequence[str], sheet: Sheet, *, step: float, **options: Any) -> alt.Axis:
    """An axis over periods, `step` pixels each, with as many dates as there is room for."""
    ticks = period_ticks(keys, sheet.freq, step=step, font_size=sheet.font_size)
    settings: dict[str, Any] = {
        "title": None,
        "values": list(ticks),
        "labelExpr": f"{json.dumps(ticks)}[datum.value]",
        "labelOverlap": False,
        "labelAngle": 0,
        "ticks": False,
        "domain": False,
        "labelPadding": 6,
    }
    return alt.Axis(**(settings | options))


def finish(chart: Any, sheet: Sheet) -> Chart:
    """The chart with the sheet's title, colours and fonts."""
    look = sheet.look
    if sheet.title:
        chart = chart.properties(
            title=alt.TitleParams(
                _wrapped(sheet.title, sheet, TITLE_SIZE),
                subtitle=_wrapped(sheet.subtitle, sheet, SUBTITLE_SIZE) or alt.Undefined,
                anchor="start",
                limit=_room(sheet),  # of a line of wide letters the rest is an ellipsis
                fontSize=TITLE_SIZE,
                fontWeight=600,
                color=look.ink,
                subtitleColor=look.muted,
                subtitleFontSize=SUBTITLE_SIZE,
                subtitlePadding=5,
                offset=16,
            )
        )
    finished: Chart = (
        chart.configure(
            background="transparent" if sheet.links else look.paper,
            font=FONT,
            padding=2 if sheet.links else _PADDING,
        )
        .configure_view(stroke=None)
        .configure_axis(
            labelColor=look.ink,
            titleColor=look.muted,
            gridColor=look.grid,
            domainColor=look.grid,
            tickColor=look.grid,
            labelFontSize=sheet.font_size,
            titleFontSize=sheet.font_size,
            titleFontWeight="normal",
        )
        .configure_legend(
            labelColor=look.ink,
            titleColor=look.muted,
            labelFontSize=11,
            titleFontSize=11,
            titleFontWeight="normal",
        )
        .configure_header(labelColor=look.ink, labelFontSize=13, labelFontWeight=600)
    )
    return finished


def _room(sheet: Sheet) -> int:
    return sheet.width - _PADDING["left"] - _PADDING["right"]


def _wrapped(text: str, sheet: Sheet, font_size: int) -> list[str]:
    """The lines of `text`, none longer than the picture is wide in a wide font."""
    letters = max(1, int(_room(sheet) / (_LETTER * font_size)))
    return [part for line in text.split("\n") for part in wrap(line, letters) or [line]]


def _spec(chart: Chart) -> dict[str, Any]:
    """Vega-Lite; unchecked, since Altair checked each part when it was made: half the time."""
    with alt.data_transformers.disable_max_rows():  # the data is drawn here, and not sent anywhere
        return dict(chart.to_dict(validate=False))


def to_svg(chart: Chart) -> str:
    """The chart as an SVG document."""
    import vl_convert

    return str(vl_convert.vegalite_to_svg(_spec(chart)))


def to_png(chart: Chart) -> bytes:
    """The chart as a PNG picture, at twice its size in pixels."""
    import vl_convert

    return bytes(vl_convert.vegalite_to_png(_spec(chart), scale=PNG_SCALE))


def to_inline_svg(chart: Chart, *, prefix: str) -> str:
    """The chart as SVG to stand inside a page: local links, the page's font, ids of its own.

    A link carries the `aria-label` of its mark, which the page shows when the pointer rests on it.
    """
    svg = _FONT_FAMILY.sub("", _BASE_URL.sub('href="#', to_svg(chart)))
    svg = _LINKED_MARK.sub(r'<a href="\1" \2><path', svg)
    order: dict[str, int] = {}  # the drawing library counts them through its process

    def renamed(found: re.Match[str]) -> str:
        number = order.setdefault(found[2] + found[3], len(order))
        return f"{found[1]}{prefix}-{found[2]}{number}"

    return _CLIP.sub(renamed, svg)
