"""Score a labelled file with a model, and measure."""

from __future__ import annotations

import time
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from rotascope.errors import InputError, UsageError
from rotascope.evaluate import formats, metrics
from rotascope.evaluate.formats import Gold, Labelled
from rotascope_models.base import Example, Probabilities, SentimentModel
from rotascope_models.runtime import Model


def evaluate(
    path: Path,
    model: SentimentModel,
    *,
    task: str | None = None,
    reference: SentimentModel | None = None,
) -> dict[str, Any]:
    """Figures of `model` on the file at `path`, ready to be written as JSON.

    `task`: targeted scores each row's target, sentence each text as a whole; left out, it is
    targeted if the file marks any target.  Under `sentence`, each text counts once, and one whose
    targets disagree has no label and is left out.  Of SemEval's files every row is scored under
    either task; targeted scores a text as a whole where its company is not found.
    `reference`: another model to compare with, row by row.

    Raises InputError for a file that cannot be used, naming the line; UsageError for a task that
    the file cannot serve.
    """
    data = formats.read(path)
    chosen = task or ("targeted" if any(_marked(g) for g in data.rows) else "sentence")
    rows = _rows(data, chosen, path)
    probabilities, seconds = _timed(model, [g.example for g in rows])
    scored = data.form == "semeval"
    figures = (metrics.score_figures if scored else metrics.label_figures)(rows, probabilities)
    out: dict[str, Any] = {
        "file": path.name,
        "format": data.form,
        "task": chosen,
        **identity(model),
        "skipped": data.skipped + (len(data.rows) - len(rows)),
        **figures,
        "per_second": round(len(rows) / seconds, 1) if seconds else None,
    }
    if reference is not None:
        other, other_seconds = _timed(reference, [g.example for g in rows])
        out["reference"] = {
            **identity(reference),
            "per_second": round(len(rows) / other_seconds, 1) if other_seconds else None,
            **metrics.agreement(probabilities, other),
        }
    return out


def identity(model: SentimentModel) -> dict[str, str | None]:
    """What computed the figures; backend and precision are None for a model of your own."""
    engine = model.engine if isinstance(model, Model) else None
    return {
        "model": model.id,
        "revision": model.revision,
        "backend": engine.backend if engine else None,
        "precision": engine.precision if engine else None,
    }


def _marked(gold: Gold) -> bool:
    return gold.example.start is not None


def _rows(data: Labelled, task: str, path: Path) -> list[Gold]:
    if task not in ("targeted", "sentence"):
        raise UsageError(f"no task {task!r} here; there are targeted and sentence")
    marked = [g for g in data.rows if _marked(g)]
    if task == "targeted":
        if not marked:
            raise UsageError(f"{path.name} marks no target; use --task sentence")
        return list(data.rows) if data.form == "semeval" else marked
    if data.form == "semeval":  # the published figure is over every row, equal titles included
        return [_whole(g) for g in data.rows]
    by_text: dict[str, list[Gold]] = defaultdict(list)
    for gold in data.rows:
        by_text[gold.example.text].append(gold)
    return [_whole(found[0]) for found in by_text.values() if len({g.label for g in found}) == 1]


def _whole(gold: Gold) -> Gold:
    return replace(gold, example=Example(gold.example.text))


def _timed(model: SentimentModel, examples: list[Example]) -> tuple[Probabilities, float]:
    if not examples:
        raise InputError("no row is left to score")
    model.predict(examples[:1])
    start = time.perf_counter()
    probabilities = np.asarray(model.predict(examples), dtype=np.float32)
    return probabilities, time.perf_counter() - start
