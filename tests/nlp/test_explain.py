from __future__ import annotations

from rotascope_nlp.explain import explain
from rotascope_nlp.types import Document, Mention, Rejected, Sentence


def test_rows_stand_in_the_order_of_the_text_title_first():
    text = "Ford Foundation gives; Ford Motor gains."
    document = Document(
        title="Ford up",
        text=text,
        sentences=(Sentence("title", 0, 7), Sentence("text", 0, len(text))),
        mentions=(
            Mention("title", 0, 4, "Ford", "company", "name", 0.9, 0, ("x",), "F", "Ford Motor"),
            Mention("text", 23, 33, "Ford Motor", "company", "name", 0.97, 1, (), "F"),
        ),
        flows=(),
        rejected=(Rejected("text", 0, 4, "Ford", "F", "a foundation of that name"),),
    )
    rows = explain(document)
    assert [(row.verdict, row.field, row.text) for row in rows] == [
        ("linked", "title", "Ford"),
        ("rejected", "text", "Ford"),
        ("linked", "text", "Ford Motor"),
    ]
    assert rows[1].how == "a foundation of that name"
    assert rows[1].confidence is None
    assert rows[2].before == "Ford Foundation gives;"
    assert rows[2].after == "gains."


def test_groups_stand_in_for_a_symbol():
    document = Document(
        None,
        "Tech fell.",
        (Sentence("text", 0, 10),),
        (Mention("text", 0, 4, "Tech", "group", "word", 0.8, 0, ("information_technology",)),),
        (),
    )
    assert explain(document)[0].what == "information_technology"
