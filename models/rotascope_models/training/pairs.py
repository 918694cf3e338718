"""Unlabelled (text, target) pairs for the teacher to label.

They come, in this order of worth, from the train texts with other spans as targets, from train
targets whose name is swapped for an invented one, and from unlabelled news.
"""

from __future__ import annotations

import gzip
import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from rotascope_models.base import Example
from rotascope_models.training import data
from rotascope_models.training.sentences.words import WORDS

_NAME = re.compile(r"\$[A-Z]{1,5}\b|\b[A-Z][\w&'’.-]*(?:\s+(?:&\s+|of\s+)?[A-Z][\w&'’-]*){0,2}")
_PLAIN = sorted({w for k in ("sector", "style") for w in WORDS[k] if "[" not in w}, key=len)
_GROUP = re.compile(r"\b(?:" + "|".join(map(re.escape, reversed(_PLAIN))) + r")\b", re.IGNORECASE)
_URL = re.compile(r"https?://\S+|[<\[]\S+[>\]]")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z\"“])")
_NO_NAME = frozenset(WORDS["no_name"])


def spans(text: str) -> list[tuple[int, int]]:
    """Spans that may name something: capitalised names, cashtags, sector and style words."""
    found = []
    for match in _NAME.finditer(_URL.sub(_blank, text)):
        start, end = match.span()
        word = match.group()
        first = word.split()[0].lower()
        if first in _NO_NAME:
            start += len(word.split()[0])
            start += len(text[start:end]) - len(text[start:end].lstrip())
        while end > start and text[end - 1] in ".-'’":
            end -= 1
        if end - start > 1 and text[start:end].lower() not in _NO_NAME:
            found.append((start, end))
    taken = list(found)
    for match in _GROUP.finditer(text):
        if all(match.end() <= s or match.start() >= e for s, e in taken):
            found.append(match.span())
    return sorted(found)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def other_spans(rows: Sequence[data.Row], *, most: int, seed: int = 17) -> list[Example]:
    """Spans of the rows' texts that carry no label there, up to `most` a text."""
    rng = random.Random(seed)
    labelled: dict[str, list[tuple[int, int]]] = {}
    for row in rows:
        known = labelled.setdefault(row.example.text, [])
        if row.example.start is not None and row.example.end is not None:
            known.append((row.example.start, row.example.end))
    out = []
    for text, known in labelled.items():
        free = [s for s in spans(text) if all(s[1] <= a or s[0] >= b for a, b in known)]
        out += [Example(text, *s) for s in rng.sample(free, min(most, len(free)))]
    return out


def swapped_rows(rows: Sequence[data.Row], *, share: float, seed: int = 17) -> list[data.Row]:
    """Targets whose capitalised name is replaced by an invented one, for `share` of the rows.

    The label stays: it is the sentence that carries it, and a model should read no name.
    """
    rng = random.Random(seed)
    out = []
    for row in rows:
        text, start = row.example.text, row.example.start
        if start is None or not text[start].isupper() or rng.random() >= share:
            continue
        name = rng.choice(WORDS["root"])
        if rng.random() < 0.5:
            name += " " + rng.choice(WORDS["ending"])
        out.append(replace(row, example=_renamed(row.example, name)))
    return out


def news(*, most: int, seed: int = 17) -> list[Example]:
    """Sentences of the unlabelled news: half as a whole, half with one span as target."""
    rng = random.Random(seed)
    found = list(_news_sentences())
    out = []
    for text in rng.sample(found, min(most, len(found))):
        marked = spans(text)
        out.append(
            Example(text, *rng.choice(marked)) if marked and rng.random() < 0.5 else Example(text)
        )
    return out


def passages(*, most: int, seed: int = 17) -> list[Example]:
    """Two targets each of runs of sentences of the unlabelled news, `most` targets in all.

    As long as FinEntity's texts (9 of 10 have 150 to 320 characters), which name several things.
    """
    rng = random.Random(seed)
    found = [run for run in _news_runs(most=400) if len(spans(run)) > 1]
    chosen = rng.sample(found, min(-(-most // 2), len(found)))
    return [Example(run, *span) for run in chosen for span in rng.sample(spans(run), 2)][:most]


def groups(texts: Sequence[str]) -> list[Example]:
    """Every sector and style that is named in `texts` and in runs of the unlabelled news."""
    unique = dict.fromkeys([*texts, *_news_runs(most=500)])
    return [Example(text, *match.span()) for text in unique for match in _GROUP.finditer(text)]


def named_after_groups(examples: Sequence[Example], *, most: int, seed: int = 17) -> list[Example]:
    """`examples` with the name in the target's place replaced by that of a sector or style."""
    rng = random.Random(seed)
    named = [e for e in examples if e.start is not None and e.text[e.start].isupper()]
    out = []
    for example in rng.sample(named, min(most, len(named))):
        name = rng.choice(_PLAIN)
        if not example.text[: example.start].strip():
            name = name[0].upper() + name[1:]
        out.append(_renamed(example, name, genitive=False))
    return out


def _renamed(example: Example, name: str, *, genitive: bool = True) -> Example:
    """`example` with `name` in its target's place, an "'s" after it kept or not."""
    before, after = example.text[: example.start], example.text[example.end :]
    if not genitive:
        after = after.removeprefix("'s").removeprefix("’s")
    return Example(before + name + after, len(before), len(before) + len(name))


def joined(examples: Sequence[Example], *, most: int, seed: int = 17) -> list[Example]:
    """Texts of `examples` in twos, with the target of either: what is said beside it varies."""
    rng = random.Random(seed)
    marked = [e for e in examples if e.start is not None]
    out = []
    for _ in range(most // 2):
        one, other = rng.sample(marked, 2)
        text = f"{one.text} {other.text}"
        if len(text) > 700 or one.text == other.text:
            continue
        shift = len(one.text) + 1
        out.append(Example(text, one.start, one.end))
        out.append(Example(text, (other.start or 0) + shift, (other.end or 0) + shift))
    return out


def _news_runs(*, most: int) -> Iterator[str]:
    """Sentences of the unlabelled news, joined until they have 150 characters; at most `most`."""
    for sentences in _news_texts():
        run = ""
        for sentence in sentences:
            run = f"{run} {sentence}".strip()
            if len(run) >= 150:
                if len(run) <= most:
                    yield run
                run = ""


def _news_sentences() -> Iterator[str]:
    seen = set()
    for sentences in _news_texts():
        for sentence in sentences:
            if 40 <= len(sentence) <= 220 and sentence not in seen:
                seen.add(sentence)
                yield sentence


def _news_texts() -> Iterator[list[str]]:
    """The sentences of each text, whitespace made plain."""
    path = data.data_folder() / "unlabelled" / "finentity_news.jsonl.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            for value in json.loads(line).values():
                if isinstance(value, str) and len(value) >= 200:
                    yield [" ".join(sentence.split()) for sentence in _SENTENCE.split(value)]


def without_repeats(examples: Sequence[Example], known: Sequence[Example]) -> list[Example]:
    """`examples` once each, less those in `known`."""
    seen = {(e.text, e.start, e.end) for e in known}
    out = []
    for e in examples:
        key = (e.text, e.start, e.end)
        if key not in seen:
            seen.add(key)
            out.append(e)
    return out
