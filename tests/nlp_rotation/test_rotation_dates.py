"""What is past depends on when a text was written."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

PAST, ASSERTED = "past", "asserted"
SPRING_2022 = date(2022, 2, 15)


@pytest.fixture
def status(stage):
    """The one status of the flows in a text, written on a day or on none that is known."""

    def read(text: str, written: date | None = None) -> str:
        (found,) = {flow.status for flow in stage.read(text, written=written).flows}
        return str(found)

    return read


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("In 2012 investors poured money into bonds.", 2012),
        ("In 2021 money left tech for value.", 2021),
        ("The 2018 rotation from growth to energy was fierce.", 2018),
        ("Funds moved from tech to banks in early 2022.", 2022),
        ("On May 3, 2016, investors moved out of tech and into bonds.", 2016),
        ("With investors rotating out of tech into banks in 2021, value won.", 2021),
        ("Outflows from tech funds were the largest in 2021.", 2021),
        ("In 2021, investors rotated out of tech and into banks, the broker says.", 2021),
    ],
)
def test_the_same_words_are_news_in_their_year_and_history_later(status, text, year) -> None:
    assert status(text, date(year, 6, 1)) == ASSERTED
    assert status(text, date(year, 12, 31)) == ASSERTED
    assert status(text, date(year + 1, 6, 1)) == PAST
    assert status(text, date(year + 10, 1, 1)) == PAST


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In the fourth quarter of 2021, money moved from tech to banks.", ASSERTED),
        ("In December 2021 investors sold tech and bought banks.", ASSERTED),
        ("On Dec. 31, 2021, investors moved out of tech and into bonds.", ASSERTED),
        ("Money moved from tech to banks in late 2021.", ASSERTED),
        ("Investors have moved out of tech and into banks since 2021.", ASSERTED),
        ("In the first quarter of 2021, money moved from tech to banks.", PAST),
        ("Money moved from tech to banks in early 2021.", PAST),
        ("In 2021 money left tech for value.", PAST),
        ("In late 2020, money moved from tech to banks.", PAST),
    ],
)
def test_the_end_of_last_year_is_news_until_march(status, text, expected) -> None:
    assert status(text, SPRING_2022) == expected
    assert status(text, SPRING_2022.replace(month=3, day=31)) == expected


def test_the_end_of_last_year_is_history_from_april_on(status) -> None:
    text = "In the fourth quarter of 2021, money moved from tech to banks."
    assert status(text, date(2022, 4, 1)) == PAST
    assert status(text, date(2026, 2, 1)) == PAST


@pytest.mark.parametrize(
    "text",
    [
        "Investors have moved out of tech and into banks since 2021.",
        "As in 2016, investors rotated from tech to banks.",
        "Compared with 2021, investors moved from tech to banks quickly.",
        "Investors dumped 2020 winners in tech and moved into value.",
        "Money rotated from tech to banks this year.",
    ],
)
@pytest.mark.parametrize("written", [None, SPRING_2022, date(2026, 11, 1)])
def test_years_that_do_not_tell_when_make_no_history(status, text, written) -> None:
    assert status(text, written) == ASSERTED


def test_a_year_to_come_is_no_history(status) -> None:
    text = "Investors moved from tech to banks ahead of the 2028 vote."
    assert status(text, date(2026, 11, 1)) == ASSERTED
    assert status(text, date(2030, 11, 1)) == PAST


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("During the pandemic, investors rotated into tech.", 2021),
        ("After Lehman, investors fled banks for bonds.", 2009),
        ("In the 2010s, money left value for tech.", 2019),
        ("In the early 2020s, money left value for tech.", 2024),
    ],
)
def test_an_era_is_history_once_it_is_over(status, text, last) -> None:
    assert status(text, date(last, 12, 1)) == ASSERTED
    assert status(text, date(last + 1, 1, 2)) == PAST


@pytest.mark.parametrize("written", [None, date(2013, 6, 1), date(2026, 6, 1)])
def test_what_is_told_from_the_speaker_needs_no_date(status, written) -> None:
    assert status("A decade ago, money fled tech.", written) == PAST
    assert status("Last year money rotated from tech to banks.", written) == PAST
    assert status("Money is leaving tech.", written) == ASSERTED


def test_without_a_date_the_reading_is_fixed(status) -> None:
    assert status("Funds moved from tech to banks in early 2022.") == ASSERTED
    assert status("Funds moved from tech to banks in early 2009.") == PAST
    assert status("In 2021 money left tech for value.") == PAST


def test_a_date_goes_before_the_years_that_a_text_names(stage) -> None:
    filler = "The committee met in 2012 and spoke of 2012 as a year like no other. " * 20
    text = f"{filler}In 2012 investors poured money into bonds."
    told = {written: stage.read(text, written=written).flows[0].status for written in (
        None, date(2012, 9, 1), date(2015, 9, 1))}  # fmt: skip
    assert list(told.values()) == [ASSERTED, ASSERTED, PAST]


def test_texts_of_a_batch_keep_their_own_dates(stage) -> None:
    text = "In 2021 money left tech for value."
    items = [
        (None, text, date(2021, 5, 1)),
        (None, text),
        (None, text, datetime(2026, 5, 1, tzinfo=UTC)),
    ]
    found = [document.flows[0].status for document in stage.pipe(items)]
    assert found == [ASSERTED, PAST, PAST]
