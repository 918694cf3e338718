"""Soft labels from a teacher, and a student that learns from them."""

from __future__ import annotations

import json
import logging
import os
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from rotascope_models.base import LABELS, ROLES, Example
from rotascope_models.training import data, encoder, loop, pairs, recipe
from rotascope_models.training.roles import RoleRow

log = logging.getLogger(__name__)

CHUNK = 2048
"""Pairs labelled between two writes; a run that is stopped keeps what it wrote."""
SOFT = 0.6
"""Share of the teacher in the wanted probabilities where a hard label stands beside it."""

Key = tuple[str, int | None, int | None]


@dataclass(frozen=True, slots=True)
class Soft:
    """A text and the teachers' mean logits, of `LABELS` or of `ROLES`."""

    example: Example
    logits: tuple[float, ...]


def to_label(hard: Sequence[data.Row], *, news: int, passages: int) -> list[Example]:
    """What the teacher is to label, the most useful first; all of it without repeats."""
    targeted = [r for r in hard if r.source in ("sentfin", "finentity")]
    tweets = [r for r in hard if r.source == "tfns"]
    known = [r.example for r in hard]
    fresh = [
        pairs.other_spans(tweets, most=1),
        [r.example for r in pairs.swapped_rows(targeted, share=0.3)],
        pairs.other_spans(targeted, most=1),
        pairs.news(most=news),
        pairs.passages(most=passages),
    ]
    new = pairs.without_repeats(list(interleaved(fresh)), known)
    return [*new, *pairs.without_repeats(known, [])]


def to_label_with_roles(rows: Sequence[RoleRow], *, renamed: int, joined: int) -> list[Example]:
    """What the teacher of roles is to label, the most useful first.

    Groups in the texts that may be trained on, names in them that give place to a group (`renamed`
    of them), our own texts of flows joined in twos (`joined` of them) and as they are.
    """
    public = data.train_rows(data.SETS)
    own = [row.example for row in rows]
    names = [r.example for r in public] + pairs.other_spans(public, most=1)
    fresh = [
        pairs.groups([r.example.text for r in public]),
        pairs.named_after_groups([*names, *pairs.passages(most=renamed)], most=renamed),
        pairs.joined(own, most=joined),
    ]
    return pairs.without_repeats([*interleaved(fresh), *own], [])


def interleaved(parts: Sequence[Sequence[Example]]) -> Iterable[Example]:
    """All examples, those of each part spread evenly, so that a cut run has some of each."""
    ranked = [(i / len(part), k, e) for k, part in enumerate(parts) for i, e in enumerate(part)]
    return [e for _, _, e in sorted(ranked, key=lambda x: x[:2])]


def label(
    teachers: Sequence[Path],
    examples: Sequence[Example],
    out: Path,
    *,
    minutes: float | None,
    roles: bool = False,
) -> int:
    """Write the teachers' mean logits for `examples` to `out` (JSONL); returns how many.

    With `roles` those of `ROLES` instead of `LABELS`.  A teacher that is named twice counts twice.
    Goes on where an earlier run stopped; `minutes` limits the time.
    """
    import torch

    torch.set_num_threads(2)
    torch.set_flush_denormal(True)
    votes = Counter(teachers)
    kept = slice(len(LABELS), None) if roles else slice(len(LABELS))
    loaded = [(encoder.load_classifier(t), encoder.load_tokenizer(t)) for t in votes]
    done = _whole_lines(out)
    since = time.monotonic()
    with out.open("a", encoding="utf-8") as stream:
        while done < len(examples):
            if minutes is not None and time.monotonic() - since > minutes * 60:
                break
            chunk = examples[done : done + CHUNK]
            each = [
                loop.outputs_of(m, loop.encode(t, chunk), bf16=True)[:, kept] for m, t in loaded
            ]
            mean = np.average(each, axis=0, weights=list(votes.values()))
            for example, logits in zip(chunk, mean, strict=True):
                item: dict[str, object] = {"text": example.text}
                item |= {"start": example.start, "end": example.end}
                item["logits"] = [round(float(x), 4) for x in logits]
                stream.write(json.dumps(item, ensure_ascii=False) + "\n")
            stream.flush()
            done += len(chunk)
            log.info("labelled %d/%d in %.0f s", done, len(examples), time.monotonic() - since)
    return done


def _whole_lines(out: Path) -> int:
    """How many lines an earlier run wrote; the last one is cut off where it was not finished.

    Only a line feed ends one: a text may hold what Unicode counts as line ends.
    """
    if not out.exists():
        return 0
    raw = out.read_bytes()
    whole = raw.rfind(b"\n") + 1
    if whole < len(raw):
        os.truncate(out, whole)
    return raw.count(b"\n")


def read_soft(paths: Sequence[Path]) -> list[Soft]:
    """The soft labels that `label` wrote; of a pair in several files that of the last counts."""
    found: dict[Key, Soft] = {}
    for path in paths:
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                item = json.loads(line)
                example = Example(item["text"], item["start"], item["end"])
                found[_key(example)] = Soft(example, tuple(item["logits"]))
    return list(found.values())


def items(
    tokenizer: Any, hard: Sequence[data.Row], soft: Sequence[Soft], *, share: float = SOFT
) -> list[loop.Item]:
    """Rows with hard labels, with soft ones, and with both mixed, as items to learn."""
    teacher = {_key(s.example): _probabilities(s) for s in soft}
    wanted: dict[Key, npt.NDArray[np.float64]] = dict(teacher)
    examples = {_key(s.example): s.example for s in soft}
    for row in hard:
        key, one_hot = _key(row.example), np.array(loop.smoothed(row.label))
        wanted[key] = share * teacher[key] + (1 - share) * one_hot if key in teacher else one_hot
        examples[key] = row.example
    keys = list(wanted)
    ids = loop.encode(tokenizer, [examples[k] for k in keys])
    return [loop.Item(i, tuple(wanted[k].tolist())) for i, k in zip(ids, keys, strict=True)]


def distil(
    start: Path,
    hard: Sequence[data.Row],
    soft: Sequence[Soft],
    settings: loop.Settings,
    out: Path,
    *,
    in_flows: Sequence[RoleRow] = (),
    soft_roles: Sequence[Soft] = (),
) -> None:
    """Train the student in `start` (an encoder, or an earlier student) on all labels.

    With rows `in_flows` it learns the roles of groups in flows too, and has outputs for them;
    `soft_roles`: those that a teacher gave them, and to groups in other texts.
    """
    tokenizer = encoder.load_tokenizer(start)
    model = encoder.load_classifier(start)
    if in_flows:
        model = encoder.with_roles(model)
    all_items = [*items(tokenizer, hard, soft), *role_items(tokenizer, in_flows, soft_roles)]
    recipe.run(model, tokenizer, start, all_items, settings, out)


def train_roles(base: Path, rows: Sequence[RoleRow], settings: loop.Settings, out: Path) -> None:
    """Train the classifier in `base` to read roles in flows, saved to `out`."""
    tokenizer = encoder.load_tokenizer(base)
    model = encoder.with_roles(encoder.load_classifier(base))
    recipe.run(model, tokenizer, base, role_items(tokenizer, rows), settings, out)


def role_items(
    tokenizer: Any, rows: Sequence[RoleRow], soft: Sequence[Soft] = (), *, share: float = SOFT
) -> list[loop.Item]:
    """Rows with a role, those of an asserted flow with the sentiment that it amounts to.

    Where a teacher's role stands beside a row's they are mixed; where it stands alone it is taken.
    """
    teacher = {_key(s.example): _probabilities(s) for s in soft}
    wanted = []
    for row in rows:
        own = np.array(loop.smoothed(row.role, of=len(ROLES)))
        told = teacher.pop(_key(row.example), None)
        mixed = own if told is None else share * told + (1 - share) * own
        label = None if row.label is None else loop.smoothed(row.label)
        wanted.append((row.example, label, tuple(mixed.tolist())))
    alone = [s.example for s in soft if _key(s.example) in teacher]
    wanted += [(example, None, tuple(teacher[_key(example)].tolist())) for example in alone]
    ids = loop.encode(tokenizer, [example for example, _, _ in wanted])
    return [loop.Item(i, label, roles) for i, (_, label, roles) in zip(ids, wanted, strict=True)]


def _key(example: Example) -> Key:
    return (example.text, example.start, example.end)


def _probabilities(soft: Soft) -> npt.NDArray[np.float64]:
    row = loop.softmax(np.array([soft.logits], dtype=np.float32))[0]
    return np.asarray(row, dtype=np.float64)


assert len(LABELS) == 3
