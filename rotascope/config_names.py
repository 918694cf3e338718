"""What is checked of `names` and `groups` when the configuration is read.

Whether a symbol is a company's is left to the language stage, which reads the listings (half a
second); only a group written like a symbol is looked up here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from rotascope.timeseries.groups import why_taken
from rotascope_nlp.errors import GazetteerError
from rotascope_nlp.user import UserNames

if TYPE_CHECKING:
    from rotascope.config_model import Settings


def user_names(settings: Settings) -> UserNames:
    """The configuration's companies and groups; raises GazetteerError that names the row."""
    groups = {key: row.model_dump() for key, row in settings.groups.items()}
    return UserNames.from_config(_companies(settings), groups)


def mistakes(settings: Settings) -> Iterator[tuple[str, str]]:
    """Each wrong key, dotted, and what is wrong with it."""
    try:
        UserNames.from_config(_companies(settings))
    except GazetteerError as exc:
        yield "names.companies", str(exc)
    for name, row in settings.groups.items():
        key = f"groups.{name}"
        taken = why_taken(name) or _symbol(name, settings)
        if taken:
            yield key, taken
            continue
        try:
            UserNames.from_config(groups={name: row.model_dump()})
        except GazetteerError as exc:
            yield key, str(exc)


def _companies(settings: Settings) -> list[dict[str, Any]]:
    return [row.model_dump(exclude_none=True) for row in settings.names.companies]


def _symbol(name: str, settings: Settings) -> str | None:
    """A company of that symbol has rows of that name."""
    if not name.isupper():
        return None
    from rotascope.timeseries.spoken import is_listed

    if not is_listed(settings, name):
        return None
    return (
        f"{name} is a company's symbol, whose rows it would share;"
        f" choose another name, such as {name.lower()}_group"
    )
