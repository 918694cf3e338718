"""Where labels of the rotation graph go, so that they cover neither one another nor the points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

CHAR_WIDTH = 0.56
"""Mean width of a letter in a sans-serif face, as a share of the font's size."""

_GAP = 9.0
_RELUCTANCE = 0.015
"""What each step down the list of candidates costs, as a share of the label's area."""


@dataclass(frozen=True, slots=True)
class Placed:
    """Left edge and vertical middle of a label, in pixels of the plot."""

    x: float
    y: float


_Box = tuple[float, float, float, float]


def place_labels(
    spots: Sequence[tuple[float, float, str]],
    *,
    width: float,
    height: float,
    font_size: float,
    avoid: Sequence[tuple[float, float]] = (),
    corners: tuple[float, float] = (0.0, 0.0),
) -> list[Placed]:
    """A place for the label of each spot (x, y, text): the candidate around it that overlaps least.

    `avoid`: further points, such as tails; `corners`: width and height of what stands in each
    corner.  Greedy in the order given, so the same spots
    always give the same picture; nearer candidates go before those further away.
    """
    taken: list[_Box] = [_around(x, y, 6) for x, y, _ in spots]
    taken += [_around(x, y, 3) for x, y in avoid]
    wide, high = corners
    taken += [
        (left, top, left + wide, top + high)
        for left in (0.0, width - wide)
        for top in (0.0, height - high)
    ]
    placed = []
    for x, y, text in spots:
        wide, high = CHAR_WIDTH * font_size * len(text), font_size * 1.1
        boxes = _candidates(x, y, wide, high)
        costs = [
            _cost(box, taken, width, height) + _RELUCTANCE * number * wide * high
            for number, box in enumerate(boxes)
        ]
        best = boxes[costs.index(min(costs))]
        taken.append(best)
        placed.append(Placed(best[0], (best[1] + best[3]) / 2))
    return placed


def _around(x: float, y: float, radius: float) -> _Box:
    return x - radius, y - radius, x + radius, y + radius


def _candidates(x: float, y: float, wide: float, high: float) -> list[_Box]:
    """Right, left, above and below, then the corners, then the same further away."""
    found = []
    for gap in (_GAP, 2.2 * _GAP):
        lefts = (x + gap, x - gap - wide, x - wide / 2)
        middles = (y, y - gap - high / 2, y + gap + high / 2)
        spots = [(lefts[0], middles[0]), (lefts[1], middles[0])]
        spots += [(lefts[2], middles[1]), (lefts[2], middles[2])]
        spots += [(left, middle) for left in lefts[:2] for middle in middles[1:]]
        found += [(left, mid - high / 2, left + wide, mid + high / 2) for left, mid in spots]
    return found


def _cost(box: _Box, taken: Sequence[_Box], width: float, height: float) -> float:
    """Area shared with what is there, plus, ten times, the area outside the plot."""
    inside = _shared(box, (0.0, 0.0, width, height))
    area = (box[2] - box[0]) * (box[3] - box[1])
    return sum(_shared(box, other) for other in taken) + 10 * (area - inside)


def _shared(one: _Box, two: _Box) -> float:
    wide = min(one[2], two[2]) - max(one[0], two[0])
    high = min(one[3], two[3]) - max(one[1], two[1])
    return wide * high if wide > 0 and high > 0 else 0.0
