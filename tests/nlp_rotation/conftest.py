from __future__ import annotations

from pathlib import Path

import pytest

import rotascope_nlp

BENCHMARK = Path(__file__).parents[2] / "benchmarks" / "rotation" / "rotation.jsonl"


@pytest.fixture(scope="session")
def stage():
    return rotascope_nlp.load()


@pytest.fixture(scope="session")
def benchmark_file() -> Path:
    return BENCHMARK


@pytest.fixture
def flows(stage):
    """(from, to, status) of every flow in a text."""

    def read(text: str, title: str | None = None) -> set[tuple[str | None, str | None, str]]:
        found = stage.read(text, title).flows
        return {(flow.from_group, flow.to_group, flow.status) for flow in found}

    return read


@pytest.fixture
def groups(stage):
    """Group ids of every group, index or fund named in a text."""

    def read(text: str) -> set[str]:
        found = stage.read(text).mentions
        return {group for each in found if each.kind != "company" for group in each.groups}

    return read
