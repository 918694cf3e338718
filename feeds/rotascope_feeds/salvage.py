"""Rows of a document, one by one: what cannot be read of it does not keep out the rest."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from rotascope_feeds.secrets import mask_url

_Read = TypeVar("_Read")
_log = logging.getLogger(__name__)


def readable(read: Callable[[Any], _Read], rows: Iterable[Any], url: str) -> Iterator[_Read]:
    """What `read` makes of each row of the document at `url`, but for those that it breaks on."""
    for row in rows:
        try:
            yield read(row)
        except Exception as exc:
            _log.warning("an entry of %s cannot be read: %r", mask_url(url), exc)
