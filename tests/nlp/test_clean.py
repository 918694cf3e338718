from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rotascope_nlp.clean import clean

ODD = st.text(
    st.sampled_from("aB cD.\n\u00a0\u200b\u2060\u2019\u201c\ufeff\u0130\u00df\U0001f600$(<-"),
    max_size=80,
)


@given(ODD)
def test_every_place_leads_back_to_the_character_it_came_from(given_text):
    cleaned = clean(given_text)
    assert len(cleaned.text) == len(cleaned.cased)
    places = [cleaned.back(i) for i in range(len(cleaned.text))]
    assert places == sorted(set(places))
    for i, place in enumerate(places):
        assert cleaned.cased[i] == given_text[place] or not given_text[place].isalnum()


@pytest.mark.parametrize(
    ("raw", "read"),
    [
        ("a\u00a0b\u202fc", "a b c"),
        ("\u201cIt\u2019s\u201d", '"It\'s"'),
        ("NVI\u200bDIA\ufeff rose", "NVIDIA rose"),
        ("OIL AND GAS STOCKS TUMBLE AGAIN", "Oil and gas stocks tumble again"),
        ("AAPL, MSFT, GOOGL, AMZN, META, NVDA", "AAPL, MSFT, GOOGL, AMZN, META, NVDA"),
        ("GDP", "GDP"),
        (
            "utilities and\nindustrials, from\r\nApple\nfell",
            "utilities and industrials, from  Apple fell",
        ),
        (
            "Apple to cut jobs\nBanks rise\n- energy\n\nfell",
            "Apple to cut jobs\nBanks rise\n- energy\n\nfell",
        ),
    ],
)
def test_made_fit_to_read(raw, read):
    assert clean(raw).text == read


def test_capitals_keep_their_case_on_the_side():
    cleaned = clean("It fell.\nSHARES OF APPLE (NYSE: T) TUMBLE\nIt rose.")
    assert [cleaned.cased[a:b] for a, b in cleaned.capitals] == ["SHARES OF APPLE (NYSE: T) TUMBLE"]
    assert "(nyse: t)" in cleaned.text
