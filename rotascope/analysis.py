"""From a text to an `Analysis`: language stage, model and stance rule put together.

What the model is asked of each text is its `Plan`.  All texts of a batch are scored in one call, so
that the model can fill its batches across articles.
"""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from rotascope import completion, stance
from rotascope.errors import InputError
from rotascope.plan import Plan
from rotascope.types import Analysis, Revision
from rotascope_models.base import Example, Probabilities, RoleModel, SentimentModel
from rotascope_nlp.fingerprint import fingerprint
from rotascope_nlp.pipeline import MAX_CHARS

if TYPE_CHECKING:
    from rotascope_nlp.pipeline import LanguageStage

log = logging.getLogger(__name__)

ANALYSIS_RULES = "2"
"""Raise it whenever a rule here or in `plan` changes what an analysis says; `stance` is hashed."""

BATCH_TEXTS = 64
"""Texts whose sentences are scored in one call: some 2,000 rows, enough to fill every batch."""

FIRST_TEXTS = 8
"""The first batch is that small, and each twice the one before: the model has work sooner."""


@dataclass(frozen=True, slots=True)
class Input:
    """One text to analyse; `targets` are spans of `text` to score besides what is found.

    `published`: the text's own date, by which a year that it names is past or not; None where
    nobody knows it: then it is read the same whatever the day (`rotascope_nlp.rotation_tense`).
    """

    text: str
    title: str | None = None
    targets: tuple[tuple[object, object], ...] = ()
    published: date | None = None


class Analyzer:
    """The language stage and a model, loaded once and used for many texts."""

    def __init__(self, language: LanguageStage, model: SentimentModel) -> None:
        self.language = language
        self.model = model
        self.revision = make_revision(language.revisions, model)

    def analyze(
        self,
        text: str,
        *,
        title: str | None = None,
        targets: Sequence[tuple[int, int]] = (),
        published: date | None = None,
    ) -> Analysis:
        """Analyse one text.  Raises InputError where there is no sentence to read."""
        (result,) = self.analyze_many([Input(text, title, tuple(targets), published)])
        if isinstance(result, InputError):
            raise result
        return result

    def analyze_many(
        self, inputs: Iterable[Input], *, batch_texts: int = BATCH_TEXTS
    ) -> Iterator[Analysis | InputError]:
        """Analyse texts in order; one that cannot be analysed yields its InputError in its place.

        A second thread reads the next batch while the model scores this one: the model leaves the
        interpreter free, and the two take about as long.  `inputs` is drawn from in this thread.
        """
        source = iter(inputs)
        size = min(FIRST_TEXTS, batch_texts)
        reading: Future[list[Plan | InputError]] | None = None
        with ThreadPoolExecutor(1, "rotascope-language") as ahead:
            while batch := list(islice(source, size)):
                size = min(2 * size, batch_texts)
                following = ahead.submit(self._read, batch)
                if reading:
                    yield from self._score(reading.result())
                reading = following
            if reading:
                yield from self._score(reading.result())

    def _read(self, batch: Sequence[Input]) -> list[Plan | InputError]:
        """The language stage, for the texts together or, where that fails, one by one."""
        refused = [_refusal(item) for item in batch]
        fits = [_readable(item) for item, no in zip(batch, refused, strict=True) if not no]
        try:
            documents = self.language.pipe((item.title, item.text, item.published) for item in fits)
            plans = iter(
                [Plan(doc, item.targets) for doc, item in zip(documents, fits, strict=True)]
            )
        except Exception as exc:
            if len(batch) > 1:
                return [plan for item in batch for plan in self._read([item])]
            return [_failure(exc)]
        return [no or next(plans) for no in refused]

    def _score(self, plans: Sequence[Plan | InputError]) -> list[Analysis | InputError]:
        """The model, for the texts together or, where that fails, one by one."""
        examples = [ex for plan in plans if isinstance(plan, Plan) for ex in plan.examples]
        try:
            rows, roles = _predict(self.model, examples)
        except Exception as exc:
            if len(plans) > 1:
                return [result for plan in plans for result in self._score([plan])]
            return [_failure(exc)]
        results: list[Analysis | InputError] = []
        at = 0
        for plan in plans:
            if isinstance(plan, InputError):
                results.append(plan)
            else:
                end = at + len(plan.examples)
                own = None if roles is None else roles[at:end]
                results.append(plan.analysis(rows[at:end], own, self.revision))
                at = end
        return results


def _predict(
    model: SentimentModel, examples: Sequence[Example]
) -> tuple[Probabilities, Probabilities | None]:
    """Scores, and roles in flows from a model that reads them."""
    if isinstance(model, RoleModel):
        return model.predict_with_roles(examples)
    return model.predict(examples), None


def make_revision(language: dict[str, str], model: SentimentModel) -> Revision:
    """The analysis revision: one hash over everything that decides what an analysis says."""
    own = fingerprint([Path(stance.__file__), Path(completion.__file__)], ANALYSIS_RULES)
    rules = f"{language['rules']}.{own}"
    parts = (model.id, model.revision, rules, language["gazetteer"], language["groups"])
    digest = hashlib.sha256("\0".join(parts).encode()).hexdigest()[:12]
    return Revision(digest, *parts)


_SURROGATES = re.compile("[\ud800-\udfff]")


def _readable(item: Input) -> Input:
    """Lone surrogates, which no UTF-8 holds, become U+FFFD; offsets stay as they are."""
    title = item.title and _SURROGATES.sub("\ufffd", item.title)
    return replace(item, text=_SURROGATES.sub("\ufffd", item.text), title=title)


def _refusal(item: Input) -> InputError | None:
    length = len(item.text) + len(item.title or "")
    if length <= MAX_CHARS:
        return None
    return InputError(
        f"the text has {length:,} characters, more than {MAX_CHARS:,}; split it into its articles"
    )


def _failure(exc: Exception) -> InputError:
    log.debug("a text could not be analysed", exc_info=exc)
    return InputError(f"the text could not be analysed: {type(exc).__name__}: {exc}")
