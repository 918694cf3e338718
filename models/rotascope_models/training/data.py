"""Rows to train and measure on: read, checked, and turned into marked texts."""

from __future__ import annotations

import json
import os
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


def train_rows(names: Sequence[str] = SETS) -> list[Row]:
    """The train splits of the public sets."""
    folder = data_folder() / "sentiment"
    return [r for n in names for r in read_rows(folder / f"{n}_train.jsonl", source=n)]


def dev_rows(name: str) -> list[Row]:
    """The dev split of one public set."""
    return read_rows(data_folder() / "sentiment" / f"{name}_dev.jsonl", source=name)


def with_whole_texts(rows: Sequence[Row]) -> list[Row]:
    """`rows`, and each text once more as a whole where all its targets agree."""
    labels: dict[str, set[int]] = defaultdict(set)
    first: dict[str, Row] = {}
    for row in rows:
        if row.example.start is not None:
            labels[row.example.text].add(row.label)
            first.setdefault(row.example.text, row)
    whole = [
        replace(first[text], example=Example(text))
        for text, seen in labels.items()
        if len(seen) == 1
    ]
    return [*rows, *whole]


def leaked(train: Iterable[Row], dev: Iterable[Row]) -> list[str]:
    """Texts of `dev` that stand in `train` too, case and spacing aside."""
    seen = {_plain(r.example.text) for r in train}
    return sorted({r.example.text for r in dev if _plain(r.example.text) in seen})


def _plain(text: str) -> str:
    return " ".join(text.lower().split())
