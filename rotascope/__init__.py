"""Rotascope: news sentiment and directed sector rotation, as a point-in-time series.

    analysis = rotascope.analyze("Investors rotated out of tech into utilities.")
    scores = rotascope.score_frame(pd.DataFrame({"text": ["Bank stocks rallied."]}))
    frame = rotascope.series("rotascope.db", freq="W", as_of="period-end")

Importing the package is light; each function brings what it needs when it is called.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rotascope.errors import RotascopeError

if TYPE_CHECKING:
    from rotascope.api import analyze
    from rotascope.frames import score_frame
    from rotascope.timeseries.api import series
    from rotascope.types import Analysis
    from rotascope_models import load_model

__version__ = "0.1.0"

__all__ = [
    "Analysis",
    "RotascopeError",
    "__version__",
    "analyze",
    "load_model",
    "score_frame",
    "series",
]

_HOMES = {
    "Analysis": "rotascope.types",
    "analyze": "rotascope.api",
    "load_model": "rotascope_models",
    "score_frame": "rotascope.frames",
    "series": "rotascope.timeseries.api",
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'rotascope' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
