"""The language of a text, by py3langid, and what the feed declares where that cannot tell."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from typing import TYPE_CHECKING

from rotascope_feeds.errors import LanguageError

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

# Languages that news feeds come in.  Among all 97 that py3langid knows, English headlines full of
# names and tickers are taken for Maltese or Latin.
_NEWS = (  # noqa: SIM905
    "ar bg bn cs da de el en es et fa fi fr he hi hr hu id it ja ko lt lv ms nl no pl pt ro ru sk "
    "sl sr sv ta th tr uk ur vi zh"
).split()
_SURE = 0.9  # probability
_ENOUGH = 80  # letters; below it, Latin script gives no sure answer
_READ = 2000  # characters are plenty, and more only cost time


def language_of(text: str, declared: str | None = None) -> str | None:
    """ISO 639-1 code of `text`; `declared`, which may be None, where the text cannot tell."""
    sample = text[:_READ]
    letters = [char for char in sample if char.isalpha()]
    foreign = sum(char > "\u02ff" for char in letters)  # beyond Latin letters
    if len(letters) < _ENOUGH and foreign * 2 <= len(letters):
        return declared
    if foreign < 4 and len(letters) < _ENOUGH:
        return declared
    code, probability = _identifier().classify(sample)
    return str(code) if probability >= _SURE else declared


def is_wanted(language: str | None, wanted: Collection[str]) -> bool:
    """Whether an article in `language` (None: nobody can tell) is kept; nothing wanted: all are."""
    return not wanted or language is None or language in wanted


def prepare() -> None:
    """Load the model unless it is there.  Raises LanguageError that names the mend."""
    _identifier()


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    try:
        identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    except OSError as exc:  # it is unpacked into a temporary file, of 70 MB
        raise LanguageError(
            f"the language model cannot be unpacked ({exc.strerror or exc}); make room in the"
            " folder for temporary files, or name another by TMPDIR; new entries wait for that"
        ) from exc
    identifier.set_languages(list(_NEWS))
    return identifier
