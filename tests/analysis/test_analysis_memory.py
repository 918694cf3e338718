"""Memory that was let go does not stay with the process."""

from __future__ import annotations

import subprocess
import sys

import pytest

from rotascope import memory

FRAGMENTS = """
import ctypes, psutil
from rotascope.memory import give_back

libc = ctypes.CDLL(None)
libc.malloc.restype = ctypes.c_void_p
blocks = [libc.malloc(ctypes.c_size_t(100_000)) for _ in range(1_000)]
for block in blocks:
    ctypes.memset(block, 1, 100_000)
for block in blocks[:-1]:
    libc.free(ctypes.c_void_p(block))
before = psutil.Process().memory_info().rss
give_back()
print((before - psutil.Process().memory_info().rss) // 1_000_000)
"""


@pytest.mark.skipif(memory._malloc_trim() is None, reason="this C library is not glibc")
def test_freed_memory_below_a_block_in_use_goes_back_to_the_system() -> None:
    out = subprocess.run(
        [sys.executable, "-c", FRAGMENTS], capture_output=True, text=True, check=True, timeout=60
    )
    assert int(out.stdout) > 50


def test_a_c_library_without_it_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "_malloc_trim", lambda: None)
    memory.give_back()
