"""What a report is made of, before it is drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from rotascope.report.evidence import Book


@dataclass(frozen=True, slots=True)
class Report:
    """What a report is made of.  `method`: terms and values for its foot.

    `named`: groups asked for by name, shown even without any news.
    """

    title: str
    freq: str
    points: pd.DataFrame
    flows: pd.DataFrame
    book: Book = field(default_factory=dict)
    facts: Sequence[str] = ()
    method: Mapping[str, str] = field(default_factory=dict)
    named: frozenset[str] = frozenset()
