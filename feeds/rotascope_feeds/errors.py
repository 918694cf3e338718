"""Errors of the feed collectors.

FeedsError
|-- RetrieveError      a URL could not be fetched
|   |-- ForbiddenAddress   the address is private, or the scheme is not http(s)
|   `-- TooSlow            no whole answer in the time allowed
|-- ParseError         a document is no feed
|   `-- TooLong            reading a document took too much time, and was given up
|-- LanguageError      the language of texts cannot be told on this machine now
`-- ArchiveError       an archive file cannot be read at all
"""

from __future__ import annotations


class FeedsError(Exception):
    """Base of every error raised by `rotascope_feeds`; its text names the cause and the mend."""


class RetrieveError(FeedsError):
    """A URL could not be fetched.

    `url` has its secrets masked; `status` is the HTTP status where there was one.  `transient`
    says that another try may succeed, `retry_after` how many seconds the server asks to wait.
    """

    def __init__(
        self,
        message: str,
        *,
        url: str,
        status: int | None = None,
        transient: bool = False,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(message)
        self.url = url
        self.status = status
        self.transient = transient
        self.retry_after = retry_after


class ForbiddenAddress(RetrieveError):
    """The URL leads to an address or a scheme that must not be fetched."""


class TooSlow(RetrieveError):
    """No answer, or no whole one, in the time allowed: not tried again in the same round."""


class ParseError(FeedsError):
    """The document holds no feed."""


class TooLong(ParseError):
    """Reading the document took too much time, or ended the process that did it."""


class LanguageError(FeedsError):
    """The model that tells languages cannot be loaded: no fault of a feed's."""


class ArchiveError(FeedsError):
    """The archive cannot be read: missing, of an unknown format, or without a text column."""
