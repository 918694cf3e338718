from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from rotascope.store import Store
from rotascope.store.schema import metadata


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty store; of PostgreSQL where ROTASCOPE_TEST_POSTGRES names a database to use up."""
    if request.param == "sqlite":
        with Store.open(tmp_path / "store.db") as opened:
            yield opened
        return
    url = os.environ.get("ROTASCOPE_TEST_POSTGRES")
    if not url:
        pytest.skip("ROTASCOPE_TEST_POSTGRES is not set: no PostgreSQL to test with")
    engine = sa.create_engine(url)
    metadata.drop_all(engine)
    engine.dispose()
    with Store.open(url) as opened:
        yield opened
