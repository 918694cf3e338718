"""Which output of a checkpoint is which label: by its names, never by their position.

`ProsusAI/finbert` orders its outputs positive, negative, neutral; `yiyanghkust/finbert-tone`
orders them neutral, positive, negative.  Reading one as the other is their users' most common
complaint.
"""

from __future__ import annotations

from collections.abc import Mapping

from rotascope_models.base import LABELS, ROLES
from rotascope_models.errors import ModelRejected

ROLE = "flow: "
"""How the names of a checkpoint's further outputs begin, one for each of `ROLES`."""

_NAMES = {
    "negative": "negative neg bearish bear -1",
    "neutral": "neutral neu mixed none 0",
    "positive": "positive pos bullish bull 1 +1",
}
_SYNONYMS = {word: label for label, words in _NAMES.items() for word in words.split()}


def columns(id2label: Mapping[int, str], *, name: str) -> tuple[int, int, int]:
    """The output column of negative, of neutral and of positive.  Raises ModelRejected."""
    found: dict[str, int] = {}
    for column, word in sorted(id2label.items()):
        if str(word).startswith(ROLE):
            continue
        label = _SYNONYMS.get(str(word).strip().lower())
        if label is None:
            raise ModelRejected(_unknown(name, str(word), id2label))
        if label in found:
            raise ModelRejected(f"{name}: two outputs mean {label!r}: {_show(id2label)}")
        found[label] = column
    missing = [label for label in LABELS if label not in found]
    if missing:
        raise ModelRejected(
            f"{name}: no output means {', '.join(missing)}: {_show(id2label)}; "
            "a model of negative, neutral and positive is needed"
        )
    return found["negative"], found["neutral"], found["positive"]


def role_columns(id2label: Mapping[int, str]) -> tuple[int, ...] | None:
    """The output column of each of `ROLES`; None for a checkpoint that does not have them all."""
    found = {str(word): column for column, word in id2label.items()}
    wanted = [found.get(ROLE + role) for role in ROLES]
    columns = tuple(column for column in wanted if column is not None)
    return columns if len(columns) == len(ROLES) else None


def _unknown(name: str, word: str, id2label: Mapping[int, str]) -> str:
    if word.upper().startswith("LABEL_"):
        return (
            f"{name}: its config names its outputs {_show(id2label)}, which does not say which is "
            "which; set id2label in its config.json to negative, neutral, positive in its order"
        )
    return f"{name}: output {word!r} is no sentiment label: {_show(id2label)}"


def _show(id2label: Mapping[int, str]) -> str:
    return ", ".join(f"{column}={word}" for column, word in sorted(id2label.items()))
