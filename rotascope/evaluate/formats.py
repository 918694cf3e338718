"""Labelled data: our JSONL form, and the public forms, so that anybody can check the figures.

| form | file | what it holds |
| --- | --- | --- |
| `jsonl` | `.jsonl` | `{"text", "label"}` and, for a target, `"start", "end"` |
| `phrasebank` | `.txt` | `sentence@label`, Latin-1 (Financial PhraseBank) |
| `sentfin` | `.csv` | columns `Title`, `Decisions`: `{"entity": "label", ...}` (SEntFiN 1.0) |
| `finentity` | `.json` | `[{"content", "annotations": [{"start", "end", "label"}]}]` (FinEntity) |
| `semeval` | `.json` | `[{"title" or "spans", "sentiment" or "sentiment score"}]` (SemEval) |
"""

from __future__ import annotations

import ast
import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rotascope.errors import InputError
from rotascope_models.base import LABELS, Example
from rotascope_models.errors import TargetError
from rotascope_models.markers import check_target

FORMS = ("jsonl", "phrasebank", "sentfin", "finentity", "semeval")


@dataclass(frozen=True, slots=True)
class Gold:
    """One labelled text: `label` an index into `LABELS`, or `score` in [-1, 1] (SemEval)."""

    example: Example
    label: int | None
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Labelled:
    """A file as read.  `skipped`: entries with nothing to score, such as an entity not in its text.

    `form` is one of `FORMS`.
    """

    form: str
    rows: tuple[Gold, ...]
    skipped: int


def read(path: Path) -> Labelled:
    """Read a labelled file; its form is told from its ending and its first entry.

    Raises InputError that names the line (or entry) and what was expected there.
    """
    readers = {".jsonl": _jsonl, ".ndjson": _jsonl, ".txt": _phrasebank, ".csv": _sentfin}
    suffix = path.suffix.lower()
    if suffix != ".json" and suffix not in readers:
        raise InputError(f"{path.name}: expected a file that ends in .jsonl, .json, .csv or .txt")
    try:
        form, found = _json(path) if suffix == ".json" else readers[suffix](path)
        rows = list(found)
    except OSError as exc:
        raise InputError(f"{path} cannot be read: {exc.strerror}") from exc
    except UnicodeDecodeError as exc:
        raise InputError(f"{path.name} is not UTF-8 (byte {exc.start}); convert it first") from exc
    kept = tuple(r for r in rows if r is not None)
    if not kept:
        raise InputError(f"{path.name} holds no labelled text")
    return Labelled(form, kept, len(rows) - len(kept))


Found = tuple[str, Iterator[Gold | None]]


def _jsonl(path: Path) -> Found:
    def rows() -> Iterator[Gold]:
        with path.open(encoding="utf-8-sig") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    where = f"{path.name}, line {number}"
                    item = _object(line, where)
                    text = _text(item, "text", where)
                    example = Example(text, item.get("start"), item.get("end"))
                    yield Gold(_checked(example, where), _label(item.get("label"), where))

    return "jsonl", rows()


def _phrasebank(path: Path) -> Found:
    def rows() -> Iterator[Gold]:
        for number, line in enumerate(path.read_text(encoding="latin-1").splitlines(), 1):
            if line.strip():
                where = f"{path.name}, line {number}"
                sentence, at, label = line.rpartition("@")
                if not at:
                    raise InputError(f"{where}: expected 'sentence@label', found no '@'")
                yield Gold(Example(sentence.strip()), _label(label.strip(), where))

    return "phrasebank", rows()


def _sentfin(path: Path) -> Found:
    def rows() -> Iterator[Gold | None]:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            table = csv.DictReader(stream)
            columns = table.fieldnames or []
            for name in ("Title", "Decisions"):
                if name not in columns:
                    raise InputError(
                        f"{path.name}, line 1: expected the columns Title and Decisions, "
                        f"found {', '.join(columns) or 'none'}"
                    )
            for item in table:
                yield from _decisions(item, f"{path.name}, line {table.line_num}")

    return "sentfin", rows()


def _decisions(item: dict[str, Any], where: str) -> Iterator[Gold | None]:
    title = _text(item, "Title", where)
    try:
        decisions = ast.literal_eval(item["Decisions"] or "")
    except (ValueError, SyntaxError):
        decisions = None
    if not isinstance(decisions, dict):
        raise InputError(f"{where}: expected Decisions as {{'entity': 'label', ...}}")
    for entity, label in decisions.items():
        start = title.find(str(entity))
        gold = _label(label, where)
        found = start >= 0 and bool(str(entity))
        yield Gold(Example(title, start, start + len(str(entity))), gold) if found else None


def _json(path: Path) -> Found:
    try:
        items = json.loads(path.read_text(encoding="utf-8-sig"))
    except ValueError as exc:
        raise InputError(f"{path.name} is no JSON: {exc}") from exc
    if not isinstance(items, list) or not all(isinstance(x, dict) for x in items):
        raise InputError(f"{path.name}: expected a list of objects")
    if items and "annotations" in items[0]:
        return "finentity", _finentity(path.name, items)
    return "semeval", _semeval(path.name, items)


def _finentity(name: str, items: list[dict[str, Any]]) -> Iterator[Gold]:
    for number, item in enumerate(items, 1):
        where = f"{name}, entry {number}"
        text = _text(item, "content", where)
        for mark in item.get("annotations") or []:
            example = Example(text, mark.get("start"), mark.get("end"))
            label = mark.get("label", mark.get("tag"))
            yield Gold(_checked(example, where), _label(label, where))


def _semeval(name: str, items: list[dict[str, Any]]) -> Iterator[Gold | None]:
    for number, item in enumerate(items, 1):
        where = f"{name}, entry {number}"
        raw = item.get("sentiment", item.get("sentiment score"))
        try:
            score = float(raw)  # type: ignore[arg-type]
        except (TypeError, ValueError) as exc:
            raise InputError(
                f"{where}: expected 'sentiment' or 'sentiment score', a number in [-1, 1]"
            ) from exc
        spans = item.get("spans") or []
        joined = " ".join(spans) if isinstance(spans, list) else str(spans)
        text = str(item.get("title") or joined).strip()
        company = str(item.get("company") or "")
        start = text.lower().find(company.lower()) if company else -1
        if start >= 0 and len(text) == len(text.lower()):
            yield Gold(Example(text, start, start + len(company)), None, score)
        else:
            yield Gold(Example(text), None, score) if text else None


def _object(line: str, where: str) -> dict[str, Any]:
    try:
        item = json.loads(line)
    except ValueError as exc:
        raise InputError(f"{where}: no JSON: {exc}") from exc
    if not isinstance(item, dict):
        raise InputError(f"{where}: expected an object with 'text' and 'label'")
    return item


def _text(item: dict[str, Any], key: str, where: str) -> str:
    text = item.get(key)
    if not isinstance(text, str) or not text.strip():
        found = ", ".join(str(k) for k in item) or "nothing"
        raise InputError(f"{where}: expected a text under '{key}', found the keys {found}")
    return text


def _label(label: object, where: str) -> int:
    plain = str(label).strip().lower()
    if plain not in LABELS:
        raise InputError(f"{where}: expected a label of {', '.join(LABELS)}, found {label!r}")
    return LABELS.index(plain)


def _checked(example: Example, where: str) -> Example:
    for value in (example.start, example.end):
        if value is not None and (not isinstance(value, int) or isinstance(value, bool)):
            raise InputError(f"{where}: expected whole numbers as 'start' and 'end'")
    try:
        check_target(example)
    except TargetError as exc:
        raise InputError(f"{where}: {exc}") from exc
    return example
