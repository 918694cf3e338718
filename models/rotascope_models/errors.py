"""Errors of the models.

ModelError
|-- ModelNotFound      no weights under that name or folder
|-- ModelRejected      the checkpoint loads, but cannot be trusted (labels, plain sentences)
|-- EngineStalled      what computes does not answer any more
|-- ExtraMissing       a package of an extra is not installed
`-- TargetError        a target span cannot be scored
"""

from __future__ import annotations


class ModelError(Exception):
    """Base of every error raised by `rotascope_models`; its text names the cause and the mend."""


class ModelNotFound(ModelError):
    """There are no weights under that name or folder."""


class ModelRejected(ModelError):
    """The checkpoint is not a three-way sentiment model, or fails the plain sentences."""


class ExtraMissing(ModelError):
    """The model needs packages that are not installed; the text gives the pip command."""


class EngineStalled(ModelError):
    """What computes does not answer any more; only a new process can go on."""


class TargetError(ModelError):
    """A target span is empty, reversed, outside the text, or too long for the model."""
