"""Passages with gold flows and stances, read and checked (form: docs/rotation-benchmark.md)."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, get_args

from rotascope.errors import InputError, UsageError
from rotascope.evaluate.formats import READERS
from rotascope.evaluate.lines import objects
from rotascope_nlp.groups import SECTORS, STYLES
from rotascope_nlp.types import FlowStatus

Gold = Mapping[str, Any]

KEYS = ("id", "text", "kind", "flows", "stance")
KINDS = ("rotation", "no_rotation", "inferred_only")
STATUSES: tuple[str, ...] = get_args(FlowStatus)
STRENGTHS = ("explicit", "inferred")
STANCES = (-1, 0, 1)
OTHER_FORMS = READERS.keys() - {".jsonl", ".ndjson"}
"""Endings of labelled sentiment alone."""


def load_passages(path: Path | str, *, groups: Collection[str] = ()) -> list[Gold]:
    """The passages of a file, each one checked.

    `groups`: ids of groups of your own that may occur, besides sectors and styles.
    Raises InputError that names the line and what was expected there, UsageError for a file of
    another kind.
    """
    known = frozenset((*SECTORS, *STYLES, *groups))
    rows: list[Gold] = []
    _check_kind(Path(path))
    for where, row in objects(Path(path)):
        fault = _fault(row, known)
        if fault:
            raise InputError(f"{where}: {fault}")
        rows.append(row)
    if not rows:
        raise InputError(f"{Path(path).name} holds no passage")
    return rows


def _check_kind(path: Path) -> None:
    """Labelled sentiment is told by its ending, or by a first row that has nothing of a passage."""
    mend = f"{path.name} holds no passages with flows, but sentiment: leave --task out"
    if path.suffix.lower() in OTHER_FORMS:
        raise UsageError(mend)
    with suppress(InputError):
        _, first = next(objects(path), ("", {}))
        if "label" in first and not {"kind", "flows", "stance"} & first.keys():
            raise UsageError(mend)


def _fault(row: Gold, known: frozenset[str]) -> str | None:
    """What is wrong with a row, if anything."""
    missing = sorted(set(KEYS) - set(row))
    if missing:
        return f"no {', '.join(missing)}"
    if not isinstance(row["id"], (str, int)):
        return f"expected 'id' as a text or a number, found {row['id']!r}"
    if not isinstance(row["text"], str) or not row["text"].strip():
        return "expected 'text' as a text that is not empty"
    if row["kind"] not in KINDS:
        return _expected("kind", KINDS, row["kind"])
    if not isinstance(row["flows"], list):
        return "expected 'flows' as a list"
    for number, flow in enumerate(row["flows"], 1):
        fault = _flow_fault(flow, known)
        if fault:
            return f"flow {number}: {fault}"
    return _stance_fault(row["stance"], known)


def _flow_fault(flow: object, known: frozenset[str]) -> str | None:
    if not isinstance(flow, dict):
        return "expected an object with 'from', 'to', 'status' and 'strength'"
    missing = [key for key in ("from", "to", "status", "strength") if key not in flow]
    if missing:
        return f"no {', '.join(missing)}"
    for key in ("from", "to"):
        others = flow.get(f"{key}_alt", [])
        if not isinstance(others, list):
            return f"expected '{key}_alt' as a list of groups"
        for group in (flow[key], *others):
            if group is not None and (fault := _group_fault(group, known)):
                return f"'{key}': {fault}"
    if flow["from"] is None and flow["to"] is None:
        return "'from' and 'to' are both null; one of them must name a group"
    if flow["strength"] not in STRENGTHS:
        return _expected("strength", STRENGTHS, flow["strength"])
    others = flow.get("status_alt", [])
    if not isinstance(others, list):
        return "expected 'status_alt' as a list of statuses"
    for status in (flow["status"], *others):
        if status not in STATUSES:
            return _expected("status", STATUSES, status)
    return None


def _stance_fault(stance: object, known: frozenset[str]) -> str | None:
    if not isinstance(stance, dict):
        return "expected 'stance' as an object: group -> -1, 0 or 1"
    for group, sign in stance.items():
        if fault := _group_fault(group, known):
            return f"'stance': {fault}"
        if type(sign) is not int or sign not in STANCES:  # True is an int too
            return f"'stance' of {group}: expected -1, 0 or 1, found {sign!r}"
    return None


def _group_fault(group: object, known: frozenset[str]) -> str | None:
    if isinstance(group, str) and group in known:
        return None
    near = difflib.get_close_matches(str(group), sorted(known), n=1)
    hint = f"did you mean {near[0]}?" if near else "it is no sector, style or group of your own"
    return f"unknown group {group!r}; {hint}"


def _expected(key: str, values: tuple[str, ...], found: object) -> str:
    return f"expected '{key}' as one of {', '.join(values)}, found {found!r}"
