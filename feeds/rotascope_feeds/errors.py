"""Errors of the feed collectors.

    FeedsError
    |-- RetrieveError      a URL could not be fetched
    |   `-- ForbiddenAddress   the address is private, or the scheme is not http(s)
    |-- ParseError         a document is no feed
    `-- ArchiveError       an archive file cannot be read at all
"""

from __future__ import annotations


class FeedsError(Exception):
    """Base of every error raised by `rotascope_feeds`; its text names the cause and the mend."""


class RetrieveError(FeedsError):
    """A URL could not be fetched.

    `url` has its secrets masked; `status` is the HTTP status where there was one.
    """

    def __init__(self, message: str, *, url: str, status: int | None = None) -> None:
        super().__init__(message)
        self.url = url
        self.status = status


class ForbiddenAddress(RetrieveError):
    """The URL leads to an address or a scheme that must not be fetched."""


class ParseError(FeedsError):
    """The document holds no feed."""


class ArchiveError(FeedsError):
    """The archive cannot be read: missing, of an unknown format, or without a text column."""
