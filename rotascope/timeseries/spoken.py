"""What the language stage knows of a name: whose symbol it is, what it stands for in a text."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rotascope.config import Settings
    from rotascope_nlp.gazetteer import Gazetteer
    from rotascope_nlp.group_lexicon import Lexicon


def is_listed(settings: Settings, symbol: str) -> bool:
    """Whether a company has this symbol, in the listings or in the configuration."""
    own = {company.symbol for company in settings.names.companies}
    return symbol in own or _listings().company(symbol) is not None


def read_as(word: str) -> tuple[str, ...]:
    """The groups that a word, or a fund's symbol, stands for in a text."""
    lexicon = _lexicon()
    fund = lexicon.funds.get(word.strip().upper())
    if fund is not None:
        return fund.groups
    tokens = tuple(word.lower().split())
    patterns = lexicon.patterns.get(tokens[0], []) if tokens else []
    found = [
        entry.groups for pattern, entries in patterns for entry in entries if pattern == tokens
    ]
    return found[0] if found else ()


def groups_revision(settings: Settings) -> str:
    """The hash of all groups' words, with the configuration's, that an analysis would bear."""
    from rotascope.config_names import user_names
    from rotascope_nlp.group_lexicon import load_lexicon

    return load_lexicon(user_names(settings)).revision


@lru_cache(maxsize=1)
def _lexicon() -> Lexicon:
    from rotascope_nlp.group_lexicon import load_lexicon

    return load_lexicon()


@lru_cache(maxsize=1)
def _listings() -> Gazetteer:
    from rotascope_nlp.gazetteer import load_gazetteer

    return load_gazetteer()
