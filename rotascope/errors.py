"""Errors of the product itself.

    RotascopeError
    |-- ConfigError        a configuration file or variable is wrong; names file, key, expectation
    |-- InputError         what was given to score, ingest or evaluate cannot be read
    |-- StoreError         the store cannot be opened, read or written
    |   |-- StoreTooNew    its schema is newer than this version knows
    |   |-- NoStore        there is none yet
    |   `-- NotAStore      the file is not a Rotascope store
    |-- UsageError         options contradict one another, an unknown group, an empty window
    `-- ExportError        a result cannot be written where it was asked to go

The errors of `rotascope_feeds`, `rotascope_nlp` and `rotascope_models` descend from `FeedsError`,
`NlpError` and `ModelError`; the command line shows them all alike.
"""

from __future__ import annotations


class RotascopeError(Exception):
    """Base of every error raised by `rotascope`; its text names the cause and the mend."""


class ConfigError(RotascopeError):
    """A configuration file or an environment variable is wrong."""


class InputError(RotascopeError):
    """What was given cannot be read, or holds nothing to work on."""


class StoreError(RotascopeError):
    """The store cannot be opened, read or written."""


class StoreTooNew(StoreError):
    """The store was written by a newer version."""


class NoStore(StoreError):
    """There is no store yet at this place."""


class NotAStore(StoreError):
    """The file or database is not a Rotascope store."""


class UsageError(RotascopeError):
    """Options that contradict one another, an unknown group, a window with nothing in it."""


class ExportError(RotascopeError):
    """A result cannot be written where it was asked to go."""
