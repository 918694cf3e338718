"""Name and sector bias: the same sentence about different names should score alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from rotascope_models.base import LABELS, Example, SentimentModel

FRAMES = {
    "neutral": (
        "{} will report its results on Tuesday.",
        "The fund holds shares of {}.",
        "Analysts discussed {} at a conference in Chicago.",
        "The index committee reviewed {} in March.",
        "A page on {} was added to the prospectus.",
        "{} made up a tenth of the sample.",
    ),
    "positive": (
        "{} gained 4% after strong earnings.",
        "Investors piled into {} last week.",
        "{} led the market higher on Monday.",
        "Profit at {} beat forecasts by a wide margin.",
    ),
    "negative": (
        "{} lost 4% after weak earnings.",
        "Investors pulled money out of {} last week.",
        "{} dragged the market lower on Monday.",
        "Profit at {} missed forecasts by a wide margin.",
    ),
}
COMPANIES = (
    "Apple", "Microsoft", "Nvidia", "Tesla", "Amazon", "Meta", "Alphabet", "Netflix", "Intel",
    "Boeing", "Caterpillar", "JPMorgan", "Goldman Sachs", "Wells Fargo", "Exxon Mobil", "Chevron",
    "Pfizer", "Johnson & Johnson", "Walmart", "Target", "Coca-Cola", "Nike", "Ford", "Delta",
    "AT&T", "Enron", "Lehman Brothers", "Infosys", "Reliance", "Nokia", "Siemens", "Toyota",
)  # fmt: skip
GROUPS = (
    "energy", "materials", "industrials", "consumer discretionary", "consumer staples",
    "health care", "financials", "information technology", "communication services", "utilities",
    "real estate", "small caps", "large caps", "mega caps", "value stocks", "growth stocks",
    "cyclicals", "defensives", "emerging markets", "bonds", "gold", "bitcoin",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Spread:
    """How far names move the score of the frames of one label.

    `flips`: share of (frame, name) whose label is not the one most names get in that frame.
    `low`, `high`: the names with the least and greatest mean score, and that score.
    """

    label: str
    deviation: float
    flips: float
    low: tuple[str, float]
    high: tuple[str, float]


def spreads(model: SentimentModel, names: Sequence[str]) -> list[Spread]:
    """One row for each label of frames."""
    return [_spread(model, label, frames, names) for label, frames in FRAMES.items()]


def _spread(
    model: SentimentModel, label: str, frames: Sequence[str], names: Sequence[str]
) -> Spread:
    examples = [_filled(frame, name) for frame in frames for name in names]
    p = model.predict(examples).reshape(len(frames), len(names), len(LABELS))
    score = p[:, :, 2] - p[:, :, 0]
    chosen = p.argmax(axis=2)
    usual = np.array([np.bincount(row, minlength=3).argmax() for row in chosen])
    mean = score.mean(axis=0)
    low, high = int(mean.argmin()), int(mean.argmax())
    return Spread(
        label,
        round(float(score.std(axis=1).mean()), 4),
        round(float((chosen != usual[:, None]).mean()), 4),
        (names[low], round(float(mean[low]), 3)),
        (names[high], round(float(mean[high]), 3)),
    )


def _filled(frame: str, name: str) -> Example:
    before, after = frame.split("{}")
    shown = name if before else name[:1].upper() + name[1:]
    return Example(before + shown + after, len(before), len(before) + len(shown))
