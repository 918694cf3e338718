"""What a sentence's companies are, over sentences written for this test."""

from __future__ import annotations

from pathlib import Path

import pytest

CASES = Path(__file__).with_name("linking_cases.txt")


def cases():
    for line in CASES.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            sentence, _, symbols = line.rpartition(" =")
            wanted = {symbol.strip() for symbol in symbols.split(",") if symbol.strip()}
            yield pytest.param(
                sentence,
                {symbol for symbol in wanted if not symbol.endswith("?")},
                {symbol.rstrip("?") for symbol in wanted},
                id=sentence[:60],
            )


def symbols(document):
    return {mention.symbol for mention in document.mentions if mention.kind == "company"}


@pytest.mark.parametrize(("sentence", "wanted", "allowed"), list(cases()))
def test_sentence(stage, sentence, wanted, allowed):
    found = symbols(stage.read(sentence))
    assert wanted <= found <= allowed


@pytest.mark.parametrize(
    ("text", "symbol", "span", "method"),
    [
        ("Caterpillar (NYSE: CAT) rose.", "CAT", "Caterpillar", "name: its ticker beside it"),
        ("companies like\n\n(NYSE: CAT) and (NYSE:NEE) leading", "CAT", "CAT", "exchange"),
        ("Long $NVDA here", "NVDA", "$NVDA", "cashtag"),
        ("Lenders such as <JPM.N> slid", "JPM", "JPM.N", "RIC"),
        ("Shares of BRK/B closed flat.", "BRK.B", "BRK/B", "ticker of a share class"),
        ("Most active: F, T, BAC, AMD, NVDA", "F", "F", "list of tickers"),
        ("(HKG: 9988) fell 3%", "BABA", "9988", "foreign exchange"),
        ("Instagram adds a paid tier for creators.", "META", "Instagram", "brand"),
        ("Royal Dutch Shell raises its payout.", "SHEL", "Royal Dutch Shell", "name"),
    ],
)
def test_how_it_was_found(stage, text, symbol, span, method):
    mention = next(m for m in stage.read(text).mentions if m.symbol == symbol)
    assert (mention.text, mention.method) == (span, method)
    assert 0 < mention.confidence <= 1


def test_name_and_ticker_are_one_mention(stage):
    document = stage.read("Alphabet Inc. (NASDAQ: GOOGL) and Apple, Inc (AAPL) gained.")
    assert [m.text for m in document.mentions if m.symbol] == ["Alphabet", "Apple"]


def test_a_reused_symbol_belongs_to_the_name_in_front(stage):
    old = stage.read("Barrick Gold (GOLD) cut costs.")
    assert symbols(old) == {"B"}
    assert symbols(stage.read("Sprint (S) lost subscribers.")) == set()


def test_renamed_companies_lead_to_todays_symbol(stage):
    assert symbols(stage.read("$FB and $SQ rallied.")) == {"META", "XYZ"}
    assert symbols(stage.read("GlaxoSmithKline and Statoil said.")) == {"GSK", "EQNR"}


def test_short_forms_and_the_company_lead_back(stage):
    text = (
        "Rivian Automotive, Inc. (RIVN) cut its forecast. Rivian blamed tariffs. "
        "The company will close a plant."
    )
    mentions = [m for m in stage.read(text).mentions if m.symbol == "RIVN"]
    assert [m.text for m in mentions] == ["Rivian Automotive", "Rivian", "The company"]


def test_the_company_is_left_alone_between_two(stage):
    text = "Boeing sued Airbus and Lockheed Martin. The company declined to comment."
    assert "The company" not in [m.text for m in stage.read(text).mentions]


def test_a_role_must_fit_the_sector(stage):
    text = "Boeing kept its cash in the bank. The airline industry watched."
    assert [m.text for m in stage.read(text).mentions if m.symbol] == ["Boeing"]


def test_a_doubtful_name_is_believed_after_its_full_name(stage):
    before = stage.read("Compass opened an office in Austin.")
    after = stage.read("Compass, Inc. beat estimates. Compass opened an office in Austin.")
    assert symbols(before) == set()
    assert [m.symbol for m in after.mentions if m.text == "Compass"] == ["COMP", "COMP"]


def test_a_person_earlier_in_the_text_owns_the_surname(stage):
    text = "The novelist Mike Ford won a prize. Later, Ford moved to Maine."
    assert symbols(stage.read(text)) == set()


def test_brokers_that_only_speak_are_rejected_with_the_reason(stage):
    document = stage.read("Strategists at Goldman Sachs cut Nike to sell.")
    assert symbols(document) == {"NKE"}
    assert ("GS", "only quoted as a source") in {
        (span.candidate, span.reason) for span in document.rejected
    }


def test_share_buttons_are_no_mentions(stage):
    text = "Oil rose on Monday.\n\nShare\nFacebook\nTwitter\nLinkedIn\nEmail\n\nPrices gained."
    assert symbols(stage.read(text)) == set()


def test_one_company_under_three_names_is_one_symbol(stage):
    text = "TSMC, formally Taiwan Semiconductor Manufacturing Co. (TSM), is listed as 2330.TW."
    assert symbols(stage.read(text)) == {"TSM"}


@pytest.mark.parametrize(
    "text",
    [
        "Apple\u2019s profit rose as \u201cApple\u201d products sold well.",
        "Apple's\u00a0profit rose; shares of\u00a0Apple\u00a0jumped.",
        "Ap\u200bple's profit rose, and Apple shares jumped.",
        "APPLE PROFIT RISES AND ITS SHARES JUMP TO A RECORD",
    ],
)
def test_odd_characters_are_read_like_any_other(stage, text):
    document = stage.read(text)
    found = [m for m in document.mentions if m.symbol == "AAPL"]
    assert found
    assert all(text[m.start : m.end] == m.text for m in found)
    assert found[-1].text.replace("\u200b", "").upper() == "APPLE"


def test_a_mention_carries_sector_size_and_name(stage):
    mention = next(m for m in stage.read("NextEra Energy raised its dividend.").mentions)
    assert (mention.symbol, mention.sector, mention.name) == ("NEE", "utilities", "NextEra Energy")
    assert set(mention.groups) == {"utilities", "large_caps"}
