"""Rows to train and measure on: read, checked, and turned into marked texts."""

from __future__ import annotations

import json
import os
import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rotascope_models.base import LABELS, Example
from rotascope_models.errors import ModelError
from rotascope_models.markers import check_target

SETS = ("sentfin", "finentity", "tfns")
DEV_SETS = ("sentfin", "finentity")


@dataclass(frozen=True, slots=True)
class Row:
    """One text, its target if any, and its label as an index into `LABELS`."""

    example: Example
    label: int
    source: str


def data_folder() -> Path:
    """The folder that ROTASCOPE_DATA names.  Raises ModelError if it is not set or not there."""
    value = os.environ.get("ROTASCOPE_DATA")
    if not value or not Path(value, "sentiment").is_dir():
        raise ModelError(
            "set ROTASCOPE_DATA to the folder that holds sentiment/sentfin_train.jsonl"
        )
    return Path(value)


def read_rows(path: Path, *, source: str) -> list[Row]:
    """Rows of a JSONL file of `text, label` and perhaps `start, end`."""
    rows = []
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            try:
                item = json.loads(line)
                example = Example(item["text"], item.get("start"), item.get("end"))
                label = LABELS.index(item["label"])
                check_target(example)
            except (ValueError, KeyError, ModelError) as exc:
                raise ModelError(f"{path.name}, line {number}: {exc!r}") from exc
            rows.append(Row(example, label, source))
    return rows


def write_rows(rows: Iterable[Row], path: Path) -> None:
    """Write rows as the JSONL that `read_rows` reads."""
    with path.open("w", encoding="utf-8") as out:
        for row in rows:
            item: dict[str, object] = {"text": row.example.text}
            if row.example.start is not None:
                item |= {"start": row.example.start, "end": row.example.end}
            out.write(json.dumps(item | {"label": LABELS[row.label]}, ensure_ascii=False) + "\n")


def train_rows(names: Sequence[str] = SETS) -> list[Row]:
    """The train splits of the public sets."""
    folder = data_folder() / "sentiment"
    return [r for n in names for r in read_rows(folder / f"{n}_train.jsonl", source=n)]


def dev_rows(name: str) -> list[Row]:
    """The dev split of one public set."""
    return read_rows(data_folder() / "sentiment" / f"{name}_dev.jsonl", source=name)


def with_whole_texts(rows: Sequence[Row], *, share: float = 1.0, seed: int = 17) -> list[Row]:
    """`rows`, and texts once more as a whole where all their targets agree.

    With a `share` below 1, only that share of them (drawn by `seed`) is added, and it takes the
    place of the marked row where the text has but one target: fewer rows for a costly encoder.
    """
    rng = random.Random(seed)
    by_text: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row.example.start is not None:
            by_text[row.example.text].append(row)
    whole = {
        text: replace(found[0], example=Example(text))
        for text, found in by_text.items()
        if len({r.label for r in found}) == 1 and rng.random() < share
    }
    instead = {t for t in whole if share < 1 and len(by_text[t]) == 1}
    kept = [r for r in rows if r.example.start is None or r.example.text not in instead]
    return [*kept, *whole.values()]


def leaked(train: Iterable[Row], dev: Iterable[Row]) -> list[str]:
    """Texts of `dev` that stand in `train` too, case and spacing aside."""
    seen = {_plain(r.example.text) for r in train}
    return sorted({r.example.text for r in dev if _plain(r.example.text) in seen})


def _plain(text: str) -> str:
    return " ".join(text.lower().split())
