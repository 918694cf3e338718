"""Memory that was let go, given back to the system."""

from __future__ import annotations

import ctypes
from functools import cache
from typing import Any


def give_back() -> None:
    """Return what the C library holds of freed memory, some 200 MB after a few hundred articles.

    glibc keeps freed blocks in each thread's arena for later, and blocks in use between them stop
    it from shrinking the arena by itself: see malloc_trim(3).  Elsewhere this does nothing.
    """
    if trim := _malloc_trim():
        trim(0)


@cache
def _malloc_trim() -> Any | None:
    try:
        return ctypes.CDLL(None).malloc_trim
    except (OSError, AttributeError, TypeError):  # musl, macOS; TypeError: Windows
        return None
