"""Labelled data: our JSONL form, and the public forms, so that anybody can check the figures.

| form | file | what it holds |
| --- | --- | --- |
| `jsonl` | `.jsonl` | `{"text", "label"}` and, for a target, `"start", "end"` or `"target"` |
| `phrasebank` | `.txt` | `sentence@label`, UTF-8 or Latin-1 (Financial PhraseBank) |
| `csv` | `.csv` | columns `text` and `label` (`TEXT_COLUMNS`, `LABEL_COLUMNS`) |
| `sentfin` | `.csv` | columns `Title`, `Decisions`: `{"entity": "label", ...}` (SEntFiN 1.0) |
| `finentity` | `.json` | `[{"content", "annotations": [{"start", "end", "label"}]}]` (FinEntity) |
| `semeval` | `.json` | `[{"title" or "spans", "sentiment" or "sentiment score"}]` (SemEval) |
"""

from __future__ import annotations

import ast
import csv
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rotascope.errors import InputError, UsageError
from rotascope.evaluate import spans
from rotascope.evaluate.lines import lines, objects, read_bytes
from rotascope_models.base import LABELS, Example
from rotascope_models.errors import TargetError
from rotascope_models.markers import check_target

TEXT_COLUMNS = ("text", "sentence", "headline", "title")
LABEL_COLUMNS = ("label", "sentiment")
"""Columns of a table of one's own, in any case; the first of them that is there."""


@dataclass(frozen=True, slots=True)
class Gold:
    """One labelled text: `label` an index into `LABELS`, or `score` in [-1, 1] (SemEval)."""

    example: Example
    label: int | None
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Labelled:
    """A file as read.  `skipped`: entities that do not stand in their text (SEntFiN alone).

    `form`: jsonl, phrasebank, csv, sentfin, finentity or semeval.
    """

    form: str
    rows: tuple[Gold, ...]
    skipped: int


def read(path: Path) -> Labelled:
    """Read a labelled file; its form is told from its ending and its entries.

    Raises InputError that names the line (or entry) and what was expected there, UsageError for
    passages with flows.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise InputError(f"{path.name}: expected a file that ends in .jsonl, .json, .csv or .txt")
    form, found = reader(path)
    rows = list(found)
    kept = tuple(r for r in rows if r is not None)
    if not kept:
        raise InputError(f"{path.name} holds no labelled text")
    return Labelled(form, kept, len(rows) - len(kept))


Found = tuple[str, Iterator[Gold | None]]


def _jsonl(path: Path) -> Found:
    def rows() -> Iterator[Gold]:
        for where, item in objects(path):
            if "label" not in item and {"flows", "stance"} <= item.keys():
                raise UsageError(f"{path.name}: passages with flows; add --task rotation")
            example = _example(item, _text(item, "text", where), where)
            yield Gold(example, _label(item.get("label"), where))

    return "jsonl", rows()


def _example(item: dict[str, Any], text: str, where: str) -> Example:
    """The span by its offsets, or by a "target" that occurs in the text exactly once."""
    start, end, target = item.get("start"), item.get("end"), item.get("target")
    if start is None and end is None and target is not None:
        places = spans.whole_words(text, target) if isinstance(target, str) else []
        if len(places) != 1:
            raise InputError(
                f"{where}: expected 'target' {target!r} once in the text as whole words, "
                f"found {len(places)}; give 'start' and 'end' too"
            )
        start, end = places[0]
    return _checked(Example(text, start, end), where)


def _phrasebank(path: Path) -> Found:
    def rows() -> Iterator[Gold]:
        raw = read_bytes(path)
        try:
            whole = raw.decode()
        except UnicodeDecodeError:
            whole = raw.decode("latin-1")  # as published
        for number, line in enumerate(whole.split("\n"), 1):
            if line.strip():
                where = f"{path.name}, line {number}"
                sentence, at, label = line.rpartition("@")
                if not at or not sentence.strip():
                    raise InputError(f"{where}: expected 'sentence@label'")
                yield Gold(Example(sentence.strip()), _label(label, where))

    return "phrasebank", rows()


def _csv(path: Path) -> Found:
    table = csv.DictReader(f"{line}\n" for _, line in lines(path))
    with _telling(path, table):
        columns = table.fieldnames or []
    if "Title" in columns and "Decisions" in columns:
        return "sentfin", _rows(path, table, _decisions)
    text, label = _named(columns, TEXT_COLUMNS), _named(columns, LABEL_COLUMNS)
    if text is None or label is None:
        raise InputError(
            f"{path.name}, line 1: expected the columns text and label"
            f" (or {', '.join((*TEXT_COLUMNS[1:], *LABEL_COLUMNS[1:]))}), or Title and Decisions,"
            f" found {', '.join(columns) or 'none'}"
        )

    def own(item: dict[str, Any], where: str) -> Iterator[Gold]:
        target = {"target": item.get("target") or None}
        yield Gold(_example(target, _text(item, text, where), where), _label(item[label], where))

    return "csv", _rows(path, table, own)


def _named(columns: Sequence[str], names: Sequence[str]) -> str | None:
    known = {column.strip().lower(): column for column in columns}
    return next((known[name] for name in names if name in known), None)


def _rows(
    path: Path,
    table: csv.DictReader[str],
    read_row: Callable[[dict[str, Any], str], Iterator[Gold | None]],
) -> Iterator[Gold | None]:
    with _telling(path, table):
        for item in table:
            yield from read_row(item, f"{path.name}, line {table.line_num}")


@contextmanager
def _telling(path: Path, table: csv.DictReader[str]) -> Iterator[None]:
    try:
        yield
    except csv.Error as exc:
        raise InputError(f"{path.name}, line {table.line_num}: not CSV ({exc})") from exc


def _decisions(item: dict[str, Any], where: str) -> Iterator[Gold | None]:
    title = _text(item, "Title", where)
    try:
        decisions = ast.literal_eval(item["Decisions"] or "")
    except (ValueError, SyntaxError, TypeError, RecursionError, MemoryError):
        decisions = None
    if not isinstance(decisions, dict):
        raise InputError(f"{where}: expected Decisions as {{'entity': 'label', ...}}")
    for entity, label in decisions.items():
        gold = _label(label, where)
        span = spans.entity(title, str(entity))
        yield Gold(_checked(Example(title, *span), where), gold) if span else None


def _json(path: Path) -> Found:
    try:
        items = json.loads(read_bytes(path).decode())
    except UnicodeDecodeError as exc:
        line = exc.object.count(b"\n", 0, exc.start) + 1
        raise InputError(f"{path.name}, line {line}: not UTF-8; convert the file first") from exc
    except (ValueError, RecursionError) as exc:
        raise InputError(f"{path.name}: not JSON ({exc})") from exc
    if not isinstance(items, list) or not all(isinstance(x, dict) for x in items):
        raise InputError(f"{path.name}: expected a list of objects")
    if any("annotations" in item for item in items):
        return "finentity", _finentity(path.name, items)
    return "semeval", _semeval(path.name, items)


def _finentity(name: str, items: list[dict[str, Any]]) -> Iterator[Gold]:
    for number, item in enumerate(items, 1):
        where = f"{name}, entry {number}"
        text = _text(item, "content", where)
        marks = item.get("annotations")
        if not isinstance(marks, list) or not all(isinstance(mark, dict) for mark in marks):
            raise InputError(
                f"{where}: expected 'annotations' as a list of {{'start', 'end', 'label'}}"
            )
        for mark in marks:
            if mark.get("start") is None or mark.get("end") is None:
                raise InputError(f"{where}: expected 'start' and 'end' in every annotation")
            example = Example(text, mark["start"], mark["end"])
            label = mark.get("label", mark.get("tag"))
            yield Gold(_checked(example, where), _label(label, where))


def _semeval(name: str, items: list[dict[str, Any]]) -> Iterator[Gold]:
    """Every entry: towards the company where its name is found, else the text as a whole."""
    for number, item in enumerate(items, 1):
        where = f"{name}, entry {number}"
        score = _score(item.get("sentiment", item.get("sentiment score")), where)
        key = "title" if item.get("title") else "spans"
        text = _text({**item, key: _joined(item.get(key), where)}, key, where).strip()
        company = item.get("company")
        span = spans.company(text, company) if isinstance(company, str) else None
        yield Gold(_checked(Example(text, *(span or ())), where), None, score)


def _joined(parts: object, where: str) -> str:
    texts = [parts] if isinstance(parts, str) else parts or []
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        raise InputError(f"{where}: expected 'title' as a text, or 'spans' as a list of texts")
    return " ".join(texts)


def _score(raw: object, where: str) -> float:
    try:
        score = float(raw)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        score = float("nan")
    if isinstance(raw, bool) or not -1 <= score <= 1:
        raise InputError(
            f"{where}: expected 'sentiment' or 'sentiment score', a number in [-1, 1], "
            f"found {raw!r}"
        )
    return score


def _text(item: dict[str, Any], key: str, where: str) -> str:
    text = item.get(key)
    if not isinstance(text, str) or not text.strip():
        found = ", ".join(str(k) for k in item) or "nothing"
        raise InputError(f"{where}: expected a text under '{key}', found the keys {found}")
    return text.encode(errors="replace").decode()  # a lone surrogate, which no model reads


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


READERS: dict[str, Callable[[Path], Found]] = {
    ".jsonl": _jsonl,
    ".ndjson": _jsonl,
    ".json": _json,
    ".txt": _phrasebank,
    ".csv": _csv,
}
"""Ending -> what reads such a file.  Of these, lines of JSON may hold passages instead."""
