"""Groups in flows as training rows, and outputs for their roles."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path

import pytest

from rotascope_models.base import LABELS, ROLES, Example
from rotascope_models.training import roles
from rotascope_models.training.sentences import grammar
from rotascope_models.training.sentences.slots import SLOTS

BENCHMARKS = Path(__file__).parents[2] / "benchmarks" / "rotation"
TEMPLATES = roles.read_templates()


def test_every_template_can_be_written_and_names_a_group() -> None:
    for letter, template in TEMPLATES:
        for seed in range(3):
            sentence = grammar.write(template, SLOTS, random.Random(seed))
            assert not set("[]{}|") & set(sentence.text), sentence.text
            assert "  " not in sentence.text, sentence.text
            assert sentence.targets, template.text
            for start, end, _ in sentence.targets:
                assert sentence.text[start:end].strip() == sentence.text[start:end] != ""
            signs = {sign for _, _, sign in sentence.targets}
            if letter == roles.NO_CLAIM:
                assert signs == {1}, template.text
            else:
                assert signs != {1}, template.text


def test_every_role_is_taught_by_hundreds_of_templates_or_dozens() -> None:
    rows = roles.role_rows(per_template=2)
    counts = [sum(row.role == k for row in rows) for k in range(len(ROLES))]
    assert min(counts) > 50
    assert rows == roles.role_rows(per_template=2)
    assert rows != roles.role_rows(per_template=2, seed=18)


def test_only_asserted_flows_carry_a_sentiment() -> None:
    example = Example("Energy", 0, 6)
    labels = {ROLES[k]: roles.RoleRow(example, k).label for k in range(len(ROLES))}
    assert {name for name, label in labels.items() if label is not None} == {
        "left, asserted",
        "entered, asserted",
    }
    assert LABELS[labels["left, asserted"]] == "negative"
    assert LABELS[labels["entered, asserted"]] == "positive"


def test_no_passage_of_the_benchmarks_is_taught() -> None:
    def plain(text: str) -> str:
        return re.sub(r"\W+", " ", text.lower()).strip()

    taught = {plain(row.example.text) for row in roles.role_rows(per_template=4)}
    for path in BENCHMARKS.glob("*.jsonl"):
        for line in path.read_text("utf-8").splitlines():
            assert plain(json.loads(line)["text"]) not in taught


@pytest.mark.torch
@pytest.mark.parametrize("make", ["toy", "toy_mpnet"])
def test_a_classifier_learns_roles_beside_its_labels_and_keeps_those(make: str) -> None:
    torch = pytest.importorskip("torch")
    pytest.importorskip("transformers")
    from rotascope_models.labels import columns, role_columns
    from rotascope_models.training import encoder, loop
    from tests.training import toys

    model = getattr(toys, make)()
    ids = [[5, 9, 9], [6, 9], [7, 9, 9, 9]]
    before = loop.logits_of(model, ids)
    model = encoder.with_roles(model)
    assert loop.logits_of(model, ids) == pytest.approx(before, abs=1e-6)
    names = model.config.id2label
    assert columns(names, name="toy") == (0, 1, 2)
    assert role_columns(names) == tuple(range(3, 3 + len(ROLES)))
    assert encoder.with_roles(model) is model
    rng = random.Random(0)
    items = [
        loop.Item(
            [5 + k, rng.choice(range(9, 20))],
            loop.smoothed(k) if k else None,
            loop.smoothed(2 * k, of=len(ROLES)),
        )
        for k in range(3)
        for _ in range(40)
    ]
    loop.train(model, items, loop.Settings(rate=5e-3, batch=16, epochs=10, threads=1))
    outputs = loop.outputs_of(model, [[5, 9], [6, 9], [7, 9]])
    assert outputs.shape == (3, 3 + len(ROLES))
    assert outputs[:, 3:].argmax(axis=1).tolist() == [0, 2, 4]
    assert outputs[1:, :3].argmax(axis=1).tolist() == [1, 2]
    assert torch.isfinite(torch.tensor(outputs)).all()
