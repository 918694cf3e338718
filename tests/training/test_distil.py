"""Soft labels and weight averages, on checkpoints of toy size."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("transformers")

from rotascope_models.base import LABELS, ROLES, Example  # noqa: E402
from rotascope_models.load import BUNDLED, WEIGHTS  # noqa: E402
from rotascope_models.training import distil, encoder, loop, recipe  # noqa: E402
from rotascope_models.training.roles import RoleRow  # noqa: E402
from tests.training.toys import toy  # noqa: E402

pytestmark = pytest.mark.torch

EXAMPLES = [Example("Energy rose, tech fell.", 0, 6), Example("Sales were flat."), Example("Up.")]


@pytest.fixture(scope="module")
def teachers(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folders = []
    for seed in (1, 2):
        folder = tmp_path_factory.mktemp(f"teacher-{seed}")
        shutil.copy(WEIGHTS / BUNDLED / "tokenizer.json", folder)
        model = toy(seed, vocabulary=encoder.load_tokenizer(folder).get_vocab_size())
        torch.nn.init.normal_(model.classifier.weight)
        encoder.save_checkpoint(model, folder, folder)
        folders.append(folder)
    return folders


def logits(folder: Path) -> np.ndarray:
    ids = loop.encode(encoder.load_tokenizer(folder), EXAMPLES)
    return loop.logits_of(encoder.load_classifier(folder), ids, bf16=True)


def test_a_teacher_named_twice_counts_twice(teachers: list[Path], tmp_path: Path) -> None:
    first, second = teachers
    out = tmp_path / "soft.jsonl"
    assert distil.label([first, first, second], EXAMPLES, out, minutes=None) == 3
    soft = distil.read_soft([out])
    assert [s.example for s in soft] == EXAMPLES
    wanted = (2 * logits(first) + logits(second)) / 3
    assert np.allclose([s.logits for s in soft], wanted, atol=1e-3)
    assert np.abs(logits(first) - logits(second)).max() > 0.01


def test_labelling_goes_on_after_odd_line_ends_and_a_half_line(
    teachers: list[Path], tmp_path: Path
) -> None:
    out = tmp_path / "soft.jsonl"
    examples = [Example("Oil\u2028rose.\x85"), *EXAMPLES]
    distil.label(teachers[:1], examples[:2], out, minutes=None)
    with out.open("a") as stream:
        stream.write('{"text": "Sales we')
    assert distil.label(teachers[:1], examples, out, minutes=None) == 4
    assert [s.example for s in distil.read_soft([out])] == examples


def test_labelling_goes_on_where_it_stopped(teachers: list[Path], tmp_path: Path) -> None:
    out = tmp_path / "soft.jsonl"
    distil.label(teachers[:1], EXAMPLES[:1], out, minutes=None)
    before = out.read_text("utf-8")
    assert distil.label(teachers[:1], EXAMPLES, out, minutes=None) == 3
    assert out.read_text("utf-8").startswith(before)
    assert [s.example for s in distil.read_soft([out])] == EXAMPLES


def test_roles_of_a_teacher_are_mixed_with_ours_and_taken_alone_elsewhere(
    teachers: list[Path], tmp_path: Path
) -> None:
    folder = tmp_path / "role-teacher"
    model = encoder.with_roles(encoder.load_classifier(teachers[0]))
    encoder.save_checkpoint(model, teachers[0], folder)
    out = tmp_path / "roles.jsonl"
    distil.label([folder], EXAMPLES[:2], out, minutes=None, roles=True)
    soft = distil.read_soft([out])
    ids = loop.encode(encoder.load_tokenizer(folder), EXAMPLES[:2])
    told = loop.softmax(loop.outputs_of(model, ids)[:, len(LABELS) :])
    left = ROLES.index("left, asserted")
    tokenizer = encoder.load_tokenizer(folder)
    both = distil.role_items(tokenizer, [RoleRow(EXAMPLES[0], left)], soft, share=0.5)
    assert [item.ids for item in both] == ids
    own = np.array(loop.smoothed(left, of=len(ROLES)))
    assert np.allclose(both[0].roles, (told[0] + own) / 2, atol=0.01)
    assert np.allclose(both[1].roles, told[1], atol=0.01)
    assert both[0].wanted == loop.smoothed(LABELS.index("negative"))
    assert both[1].wanted is None


def test_the_average_lies_between(teachers: list[Path], tmp_path: Path) -> None:
    recipe.average(teachers, tmp_path / "mean")
    a, b, mean = (encoder.load_classifier(f).state_dict() for f in (*teachers, tmp_path / "mean"))
    for name, tensor in mean.items():
        if tensor.is_floating_point():
            assert torch.allclose(tensor, (a[name] + b[name]) / 2, atol=1e-6)
