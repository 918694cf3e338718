"""Errors of the language stage.

NlpError
|-- PipelineMissing    no English spaCy pipeline is installed
`-- GazetteerError     the gazetteer or a user's names and groups cannot be read
"""

from __future__ import annotations


class NlpError(Exception):
    """Base of every error raised by `rotascope_nlp`; its text names the cause and the mend."""


class PipelineMissing(NlpError):
    """No English spaCy pipeline is installed."""


class GazetteerError(NlpError):
    """The company data, or a user's additions to it, are wrong; the text names the row."""
