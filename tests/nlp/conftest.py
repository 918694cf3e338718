from __future__ import annotations

import pytest

import rotascope_nlp


@pytest.fixture(scope="session")
def stage():
    return rotascope_nlp.load()
