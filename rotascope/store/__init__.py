"""The store: articles, their text versions, analyses and feed state, in one database."""

from __future__ import annotations

from rotascope.store.articles import Added
from rotascope.store.dates import FirstSeen
from rotascope.store.feeds import StoredFeed
from rotascope.store.info import StoreInfo
from rotascope.store.store import Store

__all__ = ["Added", "FirstSeen", "Store", "StoreInfo", "StoredFeed"]
