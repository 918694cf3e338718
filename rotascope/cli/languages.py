"""What is told of articles in other languages: those left out, and those taken all the same."""

from __future__ import annotations

from collections.abc import Mapping

from rotascope.wording import plural

REASONS = {"language": "in other languages (fetch.languages)"}
"""Why entries of a feed are left out, where its one word does not say it -> what does."""


def tell_left_out(counts: Mapping[str, int]) -> str:
    """Rows in languages that are not wanted, and what decides that."""
    told = ", ".join(f"{count:,} {language}" for language, count in counts.items())
    count = plural(sum(counts.values()), "article")
    return f"{count} left out, in other languages ({told}); fetch.languages says which are kept"


def tell_foreign(count: int) -> str:
    """What is said of articles that the configuration lets in, and nothing here can read well."""
    look = "does" if count == 1 else "do"
    return (
        f"{plural(count, 'article')} {look} not look English; texts are read as if they were"
        " (fetch.languages: [en] leaves them out)"
    )
