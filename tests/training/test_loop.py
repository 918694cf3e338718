"""The training loop on a model of toy size."""

from __future__ import annotations

import random

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("transformers")

from rotascope_models.training import loop  # noqa: E402
from tests.training.toys import toy  # noqa: E402

pytestmark = pytest.mark.torch


def items(count: int = 96) -> list[loop.Item]:
    """The label is told by the first token."""
    rng = random.Random(0)
    out = []
    for _ in range(count):
        label = rng.randrange(3)
        ids = [5 + label, *rng.choices(range(9, 20), k=rng.randint(1, 6))]
        out.append(loop.Item(ids, loop.smoothed(label)))
    return out


SETTINGS = loop.Settings(rate=5e-3, batch=16, epochs=12, threads=1)


def test_it_learns_and_a_seed_gives_the_same_weights() -> None:
    models = []
    for _ in range(2):
        model = toy()
        loop.train(model, items(), SETTINGS)
        models.append(model)
    logits = loop.logits_of(models[0], [i.ids for i in items()])
    wanted = np.array([i.wanted for i in items()]).argmax(axis=1)
    assert (logits.argmax(axis=1) == wanted).mean() > 0.95
    first, second = (m.state_dict() for m in models)
    assert all(torch.equal(first[k], second[k]) for k in first)


def test_logits_come_in_the_order_asked_whatever_the_lengths() -> None:
    model = toy()
    ids = [[1, 2, 3], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], [4, 4]]
    together = loop.logits_of(model, ids, batch=2)
    alone = np.concatenate([loop.logits_of(model, [x]) for x in ids])
    assert together == pytest.approx(alone, abs=1e-5)


def test_frozen_layers_and_embeddings_stay_as_they_are() -> None:
    model = toy()
    before = {k: v.clone() for k, v in model.state_dict().items()}
    frozen = loop.Settings(rate=1e-2, batch=16, epochs=1, threads=1, frozen_layers=1)
    loop.train(model, items(), frozen)
    after = model.state_dict()
    still = [k for k in before if "embeddings" in k or "layer.0" in k]
    assert still
    assert all(torch.equal(before[k], after[k]) for k in still)
    assert not torch.equal(before["classifier.weight"], after["classifier.weight"])


def test_a_time_limit_ends_the_run_and_stages_are_saved() -> None:
    seen: list[float] = []
    loop.train(
        toy(), items(), loop.Settings(batch=16, epochs=2, saves=(0.5, 1.0)), on_save=seen.append
    )
    assert seen == [0.5, 1.0]
    seen.clear()
    none = loop.Settings(batch=16, epochs=2, saves=(0.5,), minutes=1e-9)
    loop.train(toy(), items(), none, on_save=seen.append)
    assert seen == []


def test_batches_hold_every_row_once_with_like_lengths_together() -> None:
    lengths = [random.Random(i).randint(5, 60) for i in range(100)]
    got = loop.batches(lengths, 8, random.Random(0))
    assert sorted(i for b in got for i in b) == list(range(100))
    assert max(max(lengths[i] for i in b) - min(lengths[i] for i in b) for b in got) < 20


def test_smoothing_keeps_the_sum() -> None:
    assert sum(loop.smoothed(1)) == pytest.approx(1.0)
    assert loop.smoothed(1)[1] == pytest.approx(0.95 + 0.05 / 3)
