"""Our own sentences: every template can be written, and says what its labels say it says."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from rotascope_models.training.data import read_rows
from rotascope_models.training.sentences import grammar
from rotascope_models.training.sentences.slots import SLOTS

TEMPLATES = [t for name in grammar.registers() for t in grammar.read_templates(name)]
OWN_DEV = Path(__file__).parent.parent / "models" / "own_dev.jsonl"


@pytest.mark.parametrize("register", grammar.registers())
def test_every_template_can_be_written(register: str) -> None:
    for template in grammar.read_templates(register):
        for seed in range(4):
            sentence = grammar.write(template, SLOTS, random.Random(seed))
            assert sentence.text.strip(), template.text
            assert not set("[]{}|") & set(sentence.text), sentence.text
            assert "  " not in sentence.text, sentence.text
            assert sentence.targets or sentence.label is not None, template.text
            for start, end, _ in sentence.targets:
                assert sentence.text[start:end].strip() == sentence.text[start:end] != ""


def test_a_whole_text_agrees_with_its_targets_or_has_targets_beside_it() -> None:
    """A positive text has no negative target as its only one, and the other way round."""
    for template in TEMPLATES:
        sentence = grammar.write(template, SLOTS, random.Random(0))
        signs = {label for _, _, label in sentence.targets}
        if sentence.label is not None and len(signs - {1}) == 1:
            assert sentence.label in signs, template.text


@pytest.mark.parametrize("register", ["paragraphs_bystanders", "paragraphs_mixed"])
def test_a_long_paragraph_marks_several_names_that_differ(register: str) -> None:
    for template in grammar.read_templates(register):
        sentence = grammar.write(template, SLOTS, random.Random(1))
        signs = [label for _, _, label in sentence.targets]
        assert len(signs) >= 3, template.text
        assert len(sentence.text.split()) >= 30, template.text
        assert register == "paragraphs_bystanders" or {0, 1, 2} == set(signs), template.text
        assert 1 in signs, template.text


def test_the_same_seed_gives_the_same_sentences_and_another_does_not() -> None:
    def texts(seed: int) -> list[str]:
        return [s.text for s in grammar.generate(SLOTS, seed=seed, per_template=2)]

    assert texts(1) == texts(1)
    assert texts(1) != texts(2)


def test_thousands_of_sentences_most_targets_in_conflict_and_all_labels_present() -> None:
    sentences = grammar.generate(SLOTS, per_template=12)
    assert len(sentences) > 5000
    assert len({s.text for s in sentences}) == len(sentences)
    labels = [label for s in sentences for _, label in s.rows()]
    assert min(labels.count(k) for k in range(3)) > 2000


def test_fillers_of_a_sentence_differ() -> None:
    template = grammar.Template("{+group} beat {-group} and {-group}", None, "test")
    for seed in range(50):
        sentence = grammar.write(template, SLOTS, random.Random(seed))
        names = [sentence.text[a:b].lower() for a, b, _ in sentence.targets]
        assert len(set(names)) == 3


def test_a_slot_that_is_named_again_has_the_same_filler() -> None:
    template = grammar.Template("{+short@a} beat {-short}; {short@b} met {+short@a}", None, "test")
    for seed in range(50):
        sentence = grammar.write(template, SLOTS, random.Random(seed))
        names = [sentence.text[a:b] for a, b, _ in sentence.targets]
        assert names[0] == names[2] != names[1]


def test_a_template_reads_as_documented() -> None:
    template = grammar.Template("[big|big] {+=Acme}'s [|]gain, {-=Bolt}'s loss", 2, "test")
    sentence = grammar.write(template, {}, random.Random(0))
    assert sentence.text == "Big Acme's gain, Bolt's loss"
    assert [(sentence.text[a:b], k) for a, b, k in sentence.targets] == [("Acme", 2), ("Bolt", 0)]
    assert sentence.label == 2


def test_a_name_that_ends_in_a_full_stop_ends_its_sentence() -> None:
    template = grammar.Template("It bought {+=Acme Inc.}. {-=Bolt Inc.} lost", None, "test")
    sentence = grammar.write(template, {}, random.Random(0))
    assert sentence.text == "It bought Acme Inc. Bolt Inc. lost"
    assert [sentence.text[a:b] for a, b, _ in sentence.targets] == ["Acme Inc.", "Bolt Inc."]


def test_a_filler_that_begins_a_sentence_has_a_capital() -> None:
    template = grammar.Template("It fell. {+bank} rose, as did {0bank}", None, "test")
    sentence = grammar.write(template, {"bank": ["the bank"]}, random.Random(0))
    assert sentence.text == "It fell. The bank rose, as did the bank"


def test_an_unknown_slot_is_an_error() -> None:
    with pytest.raises(ValueError, match="no slot 'nothing'"):
        grammar.write(grammar.Template("{nothing}", None, "test"), SLOTS, random.Random(0))


def test_the_gate_sentences_are_not_among_the_training_sentences() -> None:
    written = {s.text for s in grammar.generate(SLOTS, per_template=12)}
    gate = read_rows(OWN_DEV, source="gate")
    assert len({r.example.text for r in gate}) >= 150
    assert sum(r.example.start is not None for r in gate) >= 250
    assert not written & {r.example.text for r in gate}
