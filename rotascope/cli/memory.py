"""How much memory the process keeps of what it has let go, and how often it looks for that."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable
from typing import Any

ARENAS = 2
"""Heaps for all threads: each thread's own would keep what its largest batch took."""
LARGE = 1 << 20
"""Bytes of a block that goes back to the system when it is freed.  By itself glibc raises this to
the largest block it has seen, some ten MB of the parser's; what small objects then stand between
is never given back."""
_M_ARENA_MAX, _M_MMAP_THRESHOLD = -8, -3
"""Of glibc's malloc.h."""
_OPTIONS = (
    ("MALLOC_ARENA_MAX", _M_ARENA_MAX, ARENAS),
    ("MALLOC_MMAP_THRESHOLD_", _M_MMAP_THRESHOLD, LARGE),
)
"""Variable of the environment by which the user asks for it, option of mallopt(3), value."""


def keep_little(load: Callable[[None], Any] | None = None) -> None:
    """Tell malloc so, where it is glibc's; call it before threads start.

    Over thousands of articles the process would grow.  What the user asks for holds.
    """
    import ctypes

    try:
        mallopt = (load or ctypes.CDLL)(None).mallopt
    except (OSError, AttributeError, TypeError):  # macOS, musl, Windows
        return
    for variable, option, value in _OPTIONS:
        if variable not in os.environ:
            mallopt(option, value)


def keep_for_good() -> None:
    """Have the garbage collector pass over all that is there by now, at the end of the process too.

    Call it when language stage and model are loaded: a hundred thousand objects and more, which go
    with the process.
    """
    gc.freeze()
