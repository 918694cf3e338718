from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import rotascope_nlp
from rotascope_nlp.candidates import Candidate
from rotascope_nlp.errors import NlpError, PipelineMissing
from rotascope_nlp.gazetteer import load_gazetteer
from rotascope_nlp.pipeline import MAX_CHARS, longest

PIECES = st.sampled_from(
    [
        *"\n\u00a0\u200b()\u0130\U0001f4c8,- ",
        *("Apple", "(NYSE: CAT)", "$NVDA", "<JPM.N>", "BRK.B", "Gap Inc.", "\u201cTarget\u201d"),
        *("\n\n", " shares fell.", "the company", "SMALL CAPS RALLY ON FRIDAY", "it\u2019s", "..."),
        *("out of tech into energy", "Banks", "S&P 500"),
    ]
)
TEXTS = st.lists(PIECES, max_size=25).map("".join)


def given_field(document, span):
    return (document.title or "") if span.field == "title" else document.text


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(title=st.none() | TEXTS, text=TEXTS)
def test_every_span_is_where_it_says(stage, title, text):
    document = stage.read(text, title)
    assert (document.title, document.text) == (title, text)
    for span in (*document.mentions, *document.rejected, *document.flows):
        assert span.text == given_field(document, span)[span.start : span.end] != ""
    for mention in document.mentions:
        sentence = document.sentences[mention.sentence]
        assert sentence.field == mention.field
        assert sentence.start <= mention.start < sentence.end
    for before, after in zip(document.sentences, document.sentences[1:], strict=False):
        assert before.field != after.field or before.end <= after.start
    spans = [(m.field, m.start, m.end) for m in document.mentions]
    assert len(spans) == len(set(spans))


def test_title_and_text_are_read_together_and_told_apart(stage):
    document = stage.read(
        "The stock rose 5%. Rivian gained too.", "Rivian Automotive beats estimates"
    )
    found = [(m.field, m.text) for m in document.mentions if m.symbol == "RIVN"]
    assert found[0][0] == "title"
    assert ("text", "Rivian") in found
    assert [s.field for s in document.sentences] == ["title", "text", "text"]


def test_many_texts_keep_their_order_and_equal_one_by_one(stage):
    items = [(None, f"Company number {n}: Apple rose {n}%.") for n in range(70)]
    many = list(stage.pipe(iter(items), batch_size=16))
    assert [d.text for d in many] == [text for _, text in items]
    assert many[5] == stage.read(items[5][1])


def test_the_parser_takes_few_characters_together(stage, monkeypatch):
    texts = ["Money left tech for energy. " * n for n in (1, 2, 3, 9, 1, 1)]
    one_by_one = [stage.read(text) for text in texts]
    taken = []

    def pipe(docs):
        taken.append([len(doc.text) for doc in docs])
        return read(docs)

    read = stage._nlp.pipe
    monkeypatch.setattr(stage._nlp, "pipe", pipe)
    monkeypatch.setattr("rotascope_nlp.pipeline.PARSE_CHARS", 170)
    assert list(stage.pipe((None, text) for text in texts)) == one_by_one
    assert [len(part) for part in taken] == [3, 1, 2]
    assert all(sum(part) <= 170 or len(part) == 1 for part in taken)


def test_words_of_read_texts_are_let_go_once_the_vocabulary_is_full(stage, monkeypatch):
    monkeypatch.setattr("rotascope_nlp.pipeline.VOCABULARY", 0)
    stage.read("Apple rose.")
    strings = stage._nlp.vocab.strings
    before = len(strings)
    texts = ((None, f"Quux{n}zzy met Blorp{n}ington and sold Zaphod{n}ics.") for n in range(40))
    assert len(list(stage.pipe(texts, batch_size=8))) == 40
    assert len(strings) == before


def test_a_sentence_goes_on_behind_a_hole_but_not_behind_a_heading(stage):
    text = (
        "Sector news\n\nFirms like\n\n(NYSE: CAT) and (NYSE: NEE) led.\n\nNext heading\n\nOil fell."
    )
    document = stage.read(text)
    read = [document.text[s.start : s.end] for s in document.sentences]
    assert read[0] == "Sector news"
    assert any(s.startswith("Firms like") and "CAT" in s for s in read)
    assert read[-1] == "Oil fell."


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\u200b", "...", "\U0001f600"])
def test_a_text_with_nothing_to_read(stage, text):
    document = stage.read(text, title="")
    assert document.mentions == ()


def test_too_long_a_text_is_refused_in_plain_words(stage):
    with pytest.raises(NlpError, match="split it into its articles"):
        stage.read("word " * (MAX_CHARS // 5 + 1))


def test_an_unknown_pipeline_names_the_mend():
    with pytest.raises(PipelineMissing, match="pip install en"):
        rotascope_nlp.load(pipeline="no_such_pipeline")


def test_revisions_move_with_the_users_names(stage):
    user = rotascope_nlp.UserNames.from_config([{"symbol": "ZZZQ", "name": "Zyx Works"}])
    other = rotascope_nlp.load(user=user)
    assert other.revisions["gazetteer"] != stage.revisions["gazetteer"]
    assert stage.revisions["gazetteer"] == load_gazetteer().revision


def test_of_overlapping_spans_the_longest_stays():
    bank = Candidate(0, 15, "company", "name", 0.9, symbol="BAC")
    banks = Candidate(0, 4, "group", "word", 0.99, ("financials",))
    apart = Candidate(20, 24, "group", "word", 0.5, ("energy",))
    taken, covered = longest([banks, bank, apart])
    assert taken == [bank, apart]
    assert [(each.candidate, each.reason) for each in covered] == [("financials", "part of BAC")]


def test_importing_the_package_does_not_import_spacy():
    code = "import sys, rotascope_nlp; sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
