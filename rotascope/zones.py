"""Time zones by their names."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from rotascope.errors import UsageError


def zone_named(name: str) -> ZoneInfo:
    """The zone of an IANA name; raises UsageError."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as exc:
        raise UsageError(
            f"unknown time zone {name!r}; use a name such as UTC or America/New_York"
        ) from exc
