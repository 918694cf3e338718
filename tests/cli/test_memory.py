"""Malloc is asked to keep little, where that can be asked."""

from __future__ import annotations

import gc
from types import SimpleNamespace

import pytest

from rotascope.cli.memory import ARENAS, LARGE, keep_for_good, keep_little


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> dict[int, int]:
    for name in ("MALLOC_ARENA_MAX", "MALLOC_MMAP_THRESHOLD_"):
        monkeypatch.delenv(name, raising=False)
    return {}


def test_malloc_is_told(told: dict[int, int]) -> None:
    keep_little(lambda _name: SimpleNamespace(mallopt=told.__setitem__))
    assert told == {-8: ARENAS, -3: LARGE}
    keep_little()  # the C library at hand, whichever it is


def test_another_malloc_is_left_alone() -> None:
    keep_little(lambda _name: SimpleNamespace())


def test_what_the_user_asks_for_holds(
    told: dict[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MALLOC_MMAP_THRESHOLD_", "65536")
    keep_little(lambda _name: SimpleNamespace(mallopt=told.__setitem__))
    assert told == {-8: ARENAS}


def test_what_is_loaded_is_not_looked_through_again() -> None:
    kept = [[]]
    keep_for_good()
    try:
        assert gc.get_freeze_count() > 0
        assert not any(one is kept for one in gc.get_objects())
    finally:
        gc.unfreeze()
