"""What several steps ask of a `Doc`, worked out once: its text, token places, sentence bounds.

Going through a `Doc` token by token makes a Python object for each; arrays are ten times as fast.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc


def text_of(doc: Doc) -> str:
    """The text the `Doc` was made of."""
    found: str | None = doc.user_data.get("text")
    if found is None:
        found = doc.user_data["text"] = doc.text
    return found


def starts_of(doc: Doc) -> list[int]:
    """Where each token starts."""
    found: list[int] | None = doc.user_data.get("starts")
    if found is None:
        found = doc.user_data["starts"] = doc.to_array(["IDX"]).tolist()
    return found


def words_of(doc: Doc) -> list[str]:
    """Each token in lower case."""
    return _strings(doc, "LOWER")


def forms_of(doc: Doc) -> list[str]:
    """Each token as it is written."""
    return _strings(doc, "ORTH")


def tags_of(doc: Doc) -> list[str]:
    """The tagger's tag of each token; ask after the tagger."""
    return _strings(doc, "TAG")


def sentence_starts_of(doc: Doc) -> list[int]:
    """The tokens that start a sentence; ask after the parser."""
    starts: list[int] = (doc.to_array(["SENT_START"]) == 1).nonzero()[0].tolist()
    kept = [0]
    for start in starts:
        if start and not (start - kept[-1] <= _SUBJECT and _goes_on(doc, start)):
            kept.append(start)
    return kept


_SUBJECT = 2
"""The parser now and then takes so short a subject for a sentence: `Banks | were sold`."""


def _goes_on(doc: Doc, start: int) -> bool:
    """Whether a verb in small letters follows a word."""
    verb = doc[start]
    return verb.is_lower and verb.tag_.startswith(("VB", "MD")) and doc[start - 1].is_alpha


def _strings(doc: Doc, attribute: str) -> list[str]:
    found: list[str] | None = doc.user_data.get(attribute)
    if found is None:
        keys = doc.to_array([attribute]).tolist()
        names = {key: doc.vocab.strings[key] for key in set(keys)}
        found = doc.user_data[attribute] = [names[key] for key in keys]
    return found


def sentences_of(doc: Doc) -> list[tuple[int, int]]:
    """Character bounds of each sentence, space around it left out; ask after the parser."""
    found: list[tuple[int, int]] | None = doc.user_data.get("sentences")
    if found is None:
        found = doc.user_data["sentences"] = _sentences(doc)
    return found


def _sentences(doc: Doc) -> list[tuple[int, int]]:
    text, starts = text_of(doc), starts_of(doc)
    places = [0, *(starts[token] for token in sentence_starts_of(doc)[1:])]
    bounds = []
    for start, end in zip(places, [*places[1:], len(text)], strict=True):
        body = text[start:end]
        left = body.lstrip()
        if left:
            at = start + len(body) - len(left)
            bounds.append((at, at + len(left.rstrip())))
    return bounds
