"""Batches, equal inputs, the memory of scores, and the order of what comes out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import AddedToken, Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Whitespace
from tokenizers.processors import TemplateProcessing

from rotascope_models import runtime
from rotascope_models.base import Example
from rotascope_models.batching import EVEN, STEP, Batch, ScoreCache, batches
from rotascope_models.encoding import Encoder
from rotascope_models.errors import TargetError
from rotascope_models.markers import CLOSE, OPEN
from rotascope_models.runtime import Model, describe


@dataclass
class Counting:
    """Logits that tell the inputs apart: (sum of ids, 0, tokens) / 10; keeps what it was given."""

    tokens: int = 64
    parallel: int = 2
    backend: str = "counting"
    precision: str = "exact"
    why: str = "for tests"
    seen: list[Batch] = field(default_factory=list)

    def run(self, work: Iterable[Batch]) -> Iterator[tuple[Batch, npt.NDArray[np.float32]]]:
        for batch in reversed(list(work)):  # any order is allowed
            self.seen.append(batch)
            total = batch.ids.sum(axis=1) / 10
            yield batch, np.stack([total, 0 * total, batch.mask.sum(axis=1) / 10], 1).astype("f4")


def make(engine: Counting, **options: object) -> Model:
    words = ["[PAD]", "[CLS]", "[SEP]", "[UNK]", "tech", "fell", "energy", "rose", "and"]
    tokenizer = Tokenizer(WordLevel({w: i for i, w in enumerate(words)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Whitespace()
    tokenizer.post_processor = TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 1), ("[SEP]", 2)]
    )
    tokenizer.add_special_tokens([AddedToken(m, special=True) for m in (OPEN, CLOSE)])
    return Model("m", "r", Encoder(tokenizer, targeted=True), engine, (0, 1, 2), **options)


def alone(examples: list[Example]) -> npt.NDArray[np.float32]:
    return np.concatenate([make(Counting()).predict([example]) for example in examples])


@given(st.lists(st.sampled_from(["tech fell", "energy rose and tech fell", "rose", "and " * 30])))
def test_scores_come_in_the_order_of_the_examples(texts: list[str]) -> None:
    examples = [Example(text) for text in texts]
    got = make(Counting()).predict(examples)
    assert got.shape == (len(texts), 3)
    if texts:
        np.testing.assert_allclose(got, alone(examples), atol=1e-6)
        np.testing.assert_allclose(got.sum(axis=1), 1, atol=1e-6)


def test_windows_keep_the_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runtime, "WINDOW", 3)
    examples = [Example("tech " * n) for n in range(1, 12)]
    np.testing.assert_allclose(make(Counting()).predict(examples), alone(examples), atol=1e-6)


def test_equal_inputs_are_scored_once_and_remembered() -> None:
    engine = Counting()
    model = make(engine)
    examples = [Example("tech fell"), Example("tech fell", 0, 4), Example("tech fell")]
    first = model.predict(examples)
    assert sum(len(batch.rows) for batch in engine.seen) == 2
    np.testing.assert_array_equal(model.predict(examples[::-1]), first[::-1])
    assert sum(len(batch.rows) for batch in engine.seen) == 2


def test_the_memory_is_bounded_and_drops_the_oldest() -> None:
    cache = ScoreCache(2)
    for text in ("a", "b"):
        cache.put(text, np.zeros(3, np.float32))
    assert cache.get("a") is not None
    cache.put("c", np.zeros(3, np.float32))
    assert len(cache) == 2
    assert cache.get("b") is None
    assert cache.get("a") is not None


@given(st.lists(st.integers(1, 90), max_size=200), st.integers(1, 400))
def test_batches_hold_every_text_once_within_the_budget(lengths: list[int], tokens: int) -> None:
    ids = [list(range(1, n + 1)) for n in lengths]
    rows: list[int] = []
    for batch in batches(ids, tokens=tokens, pad=7):
        assert len(batch.rows) == 1 or batch.ids.size <= tokens
        assert len({min(lengths[row], EVEN) // STEP for row in batch.rows}) == 1
        for line, row in enumerate(batch.rows):
            size = lengths[row]
            assert batch.ids[line, :size].tolist() == ids[row]
            assert (batch.ids[line, size:] == 7).all()
            assert batch.mask[line].tolist() == [1] * size + [0] * (batch.mask.shape[1] - size)
        rows.extend(batch.rows)
    assert sorted(rows) == list(range(len(lengths)))


def test_a_bad_span_is_refused_before_anything_is_scored() -> None:
    engine = Counting()
    with pytest.raises(TargetError, match="outside"):
        make(engine).predict([Example("tech fell"), Example("tech fell", 3, 40)])
    assert not engine.seen


def test_a_long_text_is_cut_around_its_target() -> None:
    engine = Counting(tokens=4096)
    model = make(engine)
    text = "and " * 5_000 + "energy rose " + "and " * 5_000
    at = text.index("energy")
    model.predict([Example(text, at, at + 6)])
    (batch,) = engine.seen
    assert batch.ids.shape[1] <= model.encoder.limit
    assert {6, 7} <= set(batch.ids[0].tolist())  # energy, rose


def test_ten_megabytes_are_not_tokenised_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    model = make(Counting())
    assert len(model.encoder.text(Example("tech " * 2_000_000, 0, 4))) < 50_000
    assert len(model.encoder.text(Example("tech " * 2_000_000))) < 50_000


def test_a_target_of_too_many_tokens_is_refused() -> None:
    model = make(Counting())
    text = "a-" * 140 + " rose " + "and " * 300
    model.check(Example(text, 281, 285))
    with pytest.raises(TargetError, match="tokens"):
        model.check(Example(text, 0, 280))
    with pytest.raises(TargetError, match="tokens"):
        model.predict([Example(text, 0, 280)])


def test_describe_says_what_runs_and_why() -> None:
    shown = describe(make(Counting()))
    assert shown["backend"] == "counting"
    assert shown["why"] == "for tests"


def test_roles_come_of_the_same_pass_and_each_part_sums_to_one() -> None:
    engine = Counting()
    plain, with_roles = make(engine), make(engine, roles=(2, 0))
    examples = [Example("tech fell", 0, 4), Example("energy rose and tech fell", 0, 6)]
    scores, roles = with_roles.predict_with_roles(examples)
    np.testing.assert_allclose(scores, plain.predict(examples), atol=1e-6)
    np.testing.assert_allclose(with_roles.predict(examples), scores, atol=1e-6)
    assert roles is not None
    assert roles.shape == (2, 2)
    np.testing.assert_allclose(roles.sum(axis=1), 1, atol=1e-6)
    assert plain.predict_with_roles(examples)[1] is None
