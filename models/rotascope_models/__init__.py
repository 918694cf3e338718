"""Sentiment models: the Protocol, its backends, training and the bundled weights."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rotascope_models.base import LABELS, Example, SentimentModel
    from rotascope_models.load import load_model
    from rotascope_models.runtime import Model, describe

__all__ = ["LABELS", "Example", "Model", "SentimentModel", "describe", "load_model"]

_HOMES = {
    "LABELS": "base",
    "Example": "base",
    "SentimentModel": "base",
    "load_model": "load",
    "Model": "runtime",
    "describe": "runtime",
}


def __getattr__(name: str) -> Any:
    """Imports on first use: importing this package loads nothing heavy."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
