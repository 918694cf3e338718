"""The steps from data to weights; `__main__.py` gives each a command."""

from __future__ import annotations

import json
import logging
from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from rotascope_models import metrics
from rotascope_models.base import LABELS
from rotascope_models.training import calibrate, data, encoder, loop
from rotascope_models.training.sentences import grammar, slots

log = logging.getLogger(__name__)

STUDENT = loop.Settings(rate=5e-5, epochs=3.0)
TEACHER = loop.Settings(rate=2e-5, epochs=2.0)


def own_rows(*, per_template: int, often: Collection[str] = (), seed: int = 17) -> list[data.Row]:
    """Targets and whole texts of our own sentences; `often`: see `grammar.generate`."""
    sentences = grammar.generate(slots.SLOTS, seed=seed, per_template=per_template, often=often)
    return [data.Row(e, label, f"own/{s.register}") for s in sentences for e, label in s.rows()]


def hard_rows(
    *,
    names: Sequence[str] = data.SETS,
    per_template: int = 12,
    whole_share: float = 1.0,
    often: Collection[str] = (),
    seed: int = 17,
) -> list[data.Row]:
    """All labelled rows: public train splits, their whole texts, and our own sentences."""
    own = own_rows(per_template=per_template, often=often, seed=seed) if per_template else []
    public = data.with_whole_texts(data.train_rows(names), share=whole_share, seed=seed)
    return [*public, *own]


def hard_items(tokenizer: Any, rows: Sequence[data.Row]) -> list[loop.Item]:
    """Rows as items with smoothed one-hot labels."""
    ids = loop.encode(tokenizer, [r.example for r in rows])
    return [loop.Item(i, loop.smoothed(r.label)) for i, r in zip(ids, rows, strict=True)]


def train_classifier(
    base: Path, rows: Sequence[data.Row], settings: loop.Settings, out: Path
) -> None:
    """Train a classifier on `base` from hard labels, saved to `out` (and half-way stages)."""
    tokenizer = encoder.load_tokenizer(base)
    model = encoder.load_classifier(base)
    run(model, tokenizer, base, hard_items(tokenizer, rows), settings, out)


def run(
    model: Any,
    tokenizer: Any,
    base: Path,
    items: Sequence[loop.Item],
    settings: loop.Settings,
    out: Path,
) -> None:
    """Train on `items`, with figures on dev and a checkpoint at each stage of `settings.saves`."""

    def save(at: float) -> None:
        for name, figures in dev_figures(model, tokenizer).items():
            log.info("epoch %.2f %s %s", at, name, json.dumps(figures))
        encoder.save_checkpoint(model, base, out / f"epoch-{at:g}")

    log.info("%d items", len(items))
    loop.train(model, items, settings, on_save=save)
    figures = dev_figures(model, tokenizer)
    encoder.save_checkpoint(model, base, out)
    text = json.dumps({"settings": str(settings), "items": len(items), "dev": figures}, indent=2)
    (out / "training.json").write_text(text + "\n", encoding="utf-8")
    log.info("done %s", json.dumps(figures))


def dev_figures(model: Any, tokenizer: Any) -> dict[str, dict[str, float]]:
    """Figures on the dev split of each public set."""
    out = {}
    for name in data.DEV_SETS:
        rows = data.dev_rows(name)
        logits = loop.logits_of(model, loop.encode(tokenizer, [r.example for r in rows]))
        out[name] = figures_of(rows, loop.softmax(logits))
    return out


def figures_of(rows: Sequence[data.Row], probabilities: Any) -> dict[str, float]:
    """Accuracy, macro-F1, conflict slice and calibration error of predictions for `rows`."""
    truth = [r.label for r in rows]
    predicted = probabilities.argmax(axis=1)
    conflict = metrics.conflict_rows([r.example.text for r in rows], truth)
    table = metrics.confusion(truth, predicted)
    part = metrics.confusion([truth[i] for i in conflict], predicted[conflict])
    found = {
        "macro_f1": metrics.macro_f1(table),
        "accuracy": metrics.accuracy(table),
        "conflict_macro_f1": metrics.macro_f1(part),
        "ece": metrics.ece(probabilities, truth),
    }
    return {k: round(v, 4) for k, v in found.items()}


def average(folders: Sequence[Path], out: Path) -> None:
    """Mean of the weights of several checkpoints of one run (or of several seeds).

    One that is named twice counts twice.  Outputs that some do not have, the roles, are the mean of
    the others; the first must have them.
    """
    models = [encoder.load_classifier(f) for f in folders]
    first = models[0].state_dict()
    for name, own in first.items():
        if own.is_floating_point():
            first[name] = _mean([m.state_dict()[name].double() for m in models]).float()
    models[0].load_state_dict(first)
    encoder.save_checkpoint(models[0], folders[0], out)


def _mean(tensors: Sequence[Any]) -> Any:
    """The mean of tensors that may have fewer rows than the first."""
    total, counts = tensors[0].clone(), tensors[0].new_ones(len(tensors[0]))
    for tensor in tensors[1:]:
        total[: len(tensor)] += tensor
        counts[: len(tensor)] += 1
    return total / counts.reshape(-1, *[1] * (total.dim() - 1))


def calibrated(folder: Path, out: Path) -> dict[str, float]:
    """Save `folder` to `out` with the best temperature of the dev splits in its last layer."""
    model, tokenizer = encoder.load_classifier(folder), encoder.load_tokenizer(folder)
    sets = []
    for name in data.DEV_SETS:
        rows = data.dev_rows(name)
        logits = loop.logits_of(model, loop.encode(tokenizer, [r.example for r in rows]))
        sets.append((logits, [r.label for r in rows]))
    best = calibrate.temperature(sets)
    calibrate.fold(model, best)
    encoder.save_checkpoint(model, folder, out)
    return {"temperature": best}


def report(folder: Path, *, rows: Path | None = None) -> dict[str, dict[str, float]]:
    """Log and return the figures of a checkpoint on the dev splits, or on a file of rows."""
    model, tokenizer = encoder.load_classifier(folder), encoder.load_tokenizer(folder)
    if rows is None:
        figures = dev_figures(model, tokenizer)
    else:
        read = data.read_rows(rows, source=rows.stem)
        logits = loop.logits_of(model, loop.encode(tokenizer, [r.example for r in read]))
        figures = {rows.stem: figures_of(read, loop.softmax(logits))}
    for name, found in figures.items():
        log.info("%s %s", name, json.dumps(found))
    return figures


def counts(rows: Sequence[data.Row]) -> dict[str, dict[str, int]]:
    """Rows by source: all, with a target, and of each label."""
    out: dict[str, dict[str, int]] = {}
    for row in rows:
        found = out.setdefault(row.source, {"rows": 0, "targets": 0} | dict.fromkeys(LABELS, 0))
        found["rows"] += 1
        found["targets"] += row.example.start is not None
        found[LABELS[row.label]] += 1
    return out


def student_settings(*, epochs: float, **changes: Any) -> loop.Settings:
    """`STUDENT` with `changes`, saved on the way after every half epoch but the last."""
    saves = tuple(i / 2 for i in range(1, 20) if i / 2 < epochs)
    return replace(STUDENT, epochs=epochs, saves=saves, **changes)
