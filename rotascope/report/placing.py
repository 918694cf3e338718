"""Where labels of the rotation graph go, so that they cover neither one another nor the points."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

CHAR_WIDTH = 0.56
"""Mean width of a letter in a sans-serif face, as a share of the font's size."""

_WIDE = frozenset("mwMWQOGCD@")
_WIDE_BY = 0.22
"""What these letters take besides: a name full of them is a quarter longer than another."""

_GAP = 9.0
_RINGS = (20.0, 34.0, 50.0, 68.0, 88.0, 110.0, 135.0, 165.0)
"""How far off a label may go, in pixels, where its point has no room beside it."""
_ANGLES = 16
_LINE_FROM = 15.0
"""Further off, a label is tied to its point by a line."""
_ROUNDS = 4
"""How often each label may move, once all the others have a place."""

_LABELS, _POINTS, _PATHS = 100.0, 4.0, 1.0
"""What a shared pixel costs: a label under another cannot be read, one over a path can."""
_OUTSIDE = 200.0
_RELUCTANCE = 0.03
"""What each pixel of distance costs, as a share of the label's area."""

_Boxes = npt.NDArray[np.float64]
"""Left, top, right, bottom; one row each."""


@dataclass(frozen=True, slots=True)
class Placed:
    """Left edge and vertical middle of a label, in pixels of the plot.

    `tie`: the point of its edge that is nearest to its spot, where it stands far from it.
    """

    x: float
    y: float
    tie: tuple[float, float] | None = None


def text_width(text: str, font_size: float) -> float:
    """About how many pixels `text` takes in a bold sans-serif face."""
    return font_size * (CHAR_WIDTH * len(text) + _WIDE_BY * sum(char in _WIDE for char in text))


def place_labels(
    spots: Sequence[tuple[float, float, str]],
    *,
    width: float,
    height: float,
    font_size: float,
    avoid: Sequence[tuple[float, float]] = (),
    corners: tuple[float, float] = (0.0, 0.0),
) -> list[Placed]:
    """A place for the label of each spot (x, y, text): the candidate around it that covers least.

    `avoid`: further points, such as tails; `corners`: width and height of what stands in each
    corner.  Each label in the order given takes its best place, then each moves again for as long
    as that helps, so the same spots always give the same picture.
    """
    if not spots:
        return []
    wide, high = corners
    written = [
        (left, top, left + wide, top + high)
        for left in (0.0, width - wide)
        for top in (0.0, height - high)
    ]
    fixed = np.array(
        [
            *written,
            *((x - 6, y - 6, x + 6, y + 6) for x, y, _ in spots),
            *((x - 3, y - 3, x + 3, y + 3) for x, y in avoid),
        ]
    )
    weights = np.repeat([_LABELS, _POINTS, _PATHS], [len(written), len(spots), len(avoid)])
    choices = [_candidates(x, y, text, font_size) for x, y, text in spots]
    costs = [
        _overlap(boxes, fixed) @ weights
        + _OUTSIDE * _outside(boxes, width, height)
        + _RELUCTANCE * _areas(boxes) * _distances(boxes, x, y)
        for boxes, (x, y, _) in zip(choices, spots, strict=True)
    ]
    placed = _settled(choices, costs)
    return [_placed(box, x, y) for box, (x, y, _) in zip(placed, spots, strict=True)]


def _settled(choices: Sequence[_Boxes], costs: Sequence[npt.NDArray[np.float64]]) -> _Boxes:
    """The box of each label that costs least, what it shares with the others' boxes included."""
    taken = np.zeros((len(choices), 4))  # an empty box shares nothing
    for _ in range(_ROUNDS):
        before = taken.copy()
        for number, (boxes, cost) in enumerate(zip(choices, costs, strict=True)):
            taken[number] = 0.0
            shared = _overlap(boxes, taken).sum(axis=1)
            taken[number] = boxes[int(np.argmin(cost + _LABELS * shared))]
        if np.array_equal(before, taken):
            break
    return taken


def _candidates(x: float, y: float, text: str, font_size: float) -> _Boxes:
    """Right, left, above and below, then the corners, then in rings further away."""
    wide, high = text_width(text, font_size), 1.2 * font_size
    side, rise = _GAP + wide / 2, _GAP + high / 2
    beside = [(side, 0.0), (-side, 0.0), (0.0, -rise), (0.0, rise)]
    beside += [(across, up) for across in (side, -side) for up in (-rise, rise)]
    turns = [2 * math.pi * number / _ANGLES for number in range(_ANGLES)]
    rings = [
        # the nearest edge, not the middle, is that far off
        (math.cos(turn) * (ring + wide / 2), math.sin(turn) * (ring + high / 2))
        for ring in _RINGS
        for turn in turns
    ]
    middles = np.array([(x, y)]) + np.array(beside + rings)
    half = np.array([(wide / 2, high / 2)])
    return np.hstack([middles - half, middles + half])


def _overlap(boxes: _Boxes, others: _Boxes) -> npt.NDArray[np.float64]:
    """The area that each box shares with each other one; shape (boxes, others)."""
    low = np.maximum(boxes[:, None, :2], others[None, :, :2])
    high = np.minimum(boxes[:, None, 2:], others[None, :, 2:])
    return np.asarray(np.prod(np.maximum(high - low, 0.0), axis=2), np.float64)


def _areas(boxes: _Boxes) -> npt.NDArray[np.float64]:
    return np.asarray(np.prod(boxes[:, 2:] - boxes[:, :2], axis=1), np.float64)


def _outside(boxes: _Boxes, width: float, height: float) -> npt.NDArray[np.float64]:
    inside = _overlap(boxes, np.array([(0.0, 0.0, width, height)]))[:, 0]
    return np.asarray(_areas(boxes) - inside, np.float64)


def _nearest(boxes: _Boxes, x: float, y: float) -> _Boxes:
    """The point of each box that is nearest to x, y."""
    spot = np.array([(x, y)])
    return np.asarray(np.clip(spot, boxes[:, :2], boxes[:, 2:]), np.float64)


def _distances(boxes: _Boxes, x: float, y: float) -> npt.NDArray[np.float64]:
    near = _nearest(boxes, x, y)
    return np.hypot(near[:, 0] - x, near[:, 1] - y)


def _placed(box: _Boxes, x: float, y: float) -> Placed:
    tie_x, tie_y = (float(part) for part in _nearest(box[None], x, y)[0])
    far = math.hypot(tie_x - x, tie_y - y) > _LINE_FROM
    return Placed(float(box[0]), float(box[1] + box[3]) / 2, (tie_x, tie_y) if far else None)
