"""Two analyses of the same texts at one time."""

from __future__ import annotations

import threading
import time

import sqlalchemy as sa
from store_factory import T0, analysis, article, revision

from rotascope.store import Store
from rotascope.store import analyses as saving
from rotascope.store.engine import writing
from rotascope.store.schema import analyses


def test_two_analyses_of_the_same_texts_replace_each_other(store: Store) -> None:
    """The second waits for the first, whatever order each gives its texts in."""
    store.add_articles([article(n) for n in range(3)])
    store.save_revision(revision(), T0)
    versions = [version for version, *_ in store.pending("rev-1")]
    errors: list[Exception] = []

    def second() -> None:
        try:
            backwards = [(version, analysis(0.0)) for version in reversed(versions)]
            store.save_analyses("rev-1", backwards, T0)
        except Exception as exc:
            errors.append(exc)

    late = threading.Thread(target=second)
    with writing(store.engine) as connection:
        saving.save(connection, "rev-1", [(version, analysis(0.5)) for version in versions], T0)
        late.start()
        time.sleep(0.5)
        assert late.is_alive()
    late.join(60)
    assert not late.is_alive()
    assert errors == []
    with store.connect() as connection:
        rows = connection.execute(sa.select(analyses.c.version_id, analyses.c.positive)).all()
    assert sorted(rows) == [(version, 0.25) for version in versions]
