"""Three plain sentences that tell a model with swapped labels from a sound one."""

from __future__ import annotations

from rotascope_models.base import Example, SentimentModel
from rotascope_models.errors import ModelRejected

POSITIVE = "Profit rose sharply and the company raised its outlook."
NEGATIVE = "The company reported a heavy loss and its shares plunged."
NEUTRAL = "The annual meeting will be held on Tuesday in Chicago."

_EXTREME = 0.8


def check(model: SentimentModel) -> None:
    """Raise ModelRejected unless positive is positive, negative negative, neutral not extreme."""
    scores = model.predict([Example(POSITIVE), Example(NEGATIVE), Example(NEUTRAL)])
    up, down, flat = (float(row[2] - row[0]) for row in scores)
    if up <= 0 <= down or up <= down:
        hint = "its labels look swapped; correct id2label in its config.json"
    elif up <= 0 or down >= 0:
        hint = "it does not read plain news sentences"
    elif abs(flat) > _EXTREME:
        hint = "it takes a plain fact for news"
    else:
        return
    raise ModelRejected(
        f"{model.id} scores {up:+.2f} on {POSITIVE!r}, {down:+.2f} on {NEGATIVE!r} and "
        f"{flat:+.2f} on {NEUTRAL!r}: {hint}. To use it all the same, load it with check=False"
    )
