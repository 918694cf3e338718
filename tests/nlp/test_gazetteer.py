from __future__ import annotations

import subprocess
import sys

import pytest

import rotascope_nlp
from rotascope_nlp import build_gazetteer
from rotascope_nlp.errors import GazetteerError
from rotascope_nlp.gazetteer import load_gazetteer
from rotascope_nlp.gazetteer_gics import INDUSTRIES, PAIRS, sector_of
from rotascope_nlp.gazetteer_names import Words, bare, head, is_share, short, spellings, strength
from rotascope_nlp.groups import SECTORS
from rotascope_nlp.user import UserNames

WORDS = Words(
    frozenset({"target", "first", "bank", "energy", "transfer", "compass", "national", "vision"}),
    frozenset({"harris", "mueller"}),
    {"Target": -11.0, "Acme": -15.0, "Boston": -10.0},
)
LISTINGS = "symbol,name,exchange,exchange_sector,industry,country,market_cap_usd,ipo_year\n"
INDEX = "Symbol,Security,GICS Sector,GICS Sub-Industry\n"


@pytest.fixture(scope="module")
def gazetteer():
    return load_gazetteer()


@pytest.mark.parametrize(
    ("listing", "name", "plain"),
    [
        ("Deere & Company Common Stock", "Deere & Company", "Deere"),
        ("Coca-Cola Company (The) Common Stock", "Coca-Cola Company", "Coca-Cola"),
        ("Shell PLC American Depositary Shares (each representing two (2))", "Shell PLC", "Shell"),
        ("Alphabet Inc. Class A Common Stock", "Alphabet Inc.", "Alphabet"),
        ("Roku Inc. Class A Common Stock", "Roku Inc.", "Roku"),
        ("Eaton Corporation PLC Ordinary Shares", "Eaton Corporation PLC", "Eaton"),
        ("Cemex S.A.B. de C.V. Sponsored ADR", "Cemex S.A.B. de C.V.", "Cemex"),
    ],
)
def test_names_out_of_listing_lines(listing, name, plain):
    assert (bare(listing), short(bare(listing))) == (name, plain)


@pytest.mark.parametrize(
    "line",
    [
        "Apollo Inc. 7.6% Notes due 2053",
        "X Acquisition Corp Units",
        "Y Inc. Warrants",
        "Z Inc. Rights",
    ],
)
def test_what_is_no_share(line):
    assert not is_share(line)


def test_partnership_units_are_shares():
    line = "Energy Transfer LP Common Units representing limited partner interests"
    assert is_share(line)


@pytest.mark.parametrize(
    ("name", "cap", "in_index", "level"),
    [
        ("Palantir", 400e9, True, "S"),
        ("Target", 50e9, True, "W"),
        ("Compass", 5e9, False, "N"),
        ("Mueller", 5e9, False, "N"),
        ("Energy Transfer", 50e9, False, "C"),
        ("National Vision", 1e9, False, "W"),
        ("First Bank", 1e8, False, "N"),
        ("Zyxcor Therapeutics", 1e8, False, "S"),
        ("ABC", 1e9, False, "N"),
    ],
)
def test_how_far_a_name_is_trusted(name, cap, in_index, level):
    assert strength(name, cap, WORDS, in_index=in_index) == level


def test_spellings_and_heads():
    assert {"Johnson and Johnson", "Johnson & Johnson"} <= spellings("Johnson & Johnson")
    assert "McDonalds" in spellings("McDonald's")
    assert "Coca Cola" in spellings("Coca-Cola")
    assert head("Palantir Technologies") == "Palantir"
    assert head("United Airlines") is None  # too many companies are United something


def test_every_industry_leads_to_a_sector():
    assert set(INDUSTRIES.values()) | set(PAIRS.values()) <= set(SECTORS)
    assert sector_of("Technology", "Industrial Machinery/Components") == "information_technology"
    assert sector_of("Industrials", "Industrial Machinery/Components") == "industrials"
    assert sector_of("Finance", "Blank Checks") is None


@pytest.mark.parametrize(
    ("written", "symbol"),
    [("BRK.B", "BRK.B"), ("BRK-B", "BRK.B"), ("brk/b", "BRK.B"), ("FB", "META"), ("QQZZ", None)],
)
def test_symbols_as_written_anywhere(gazetteer, written, symbol):
    company = gazetteer.company(written)
    assert (company.symbol if company else None) == symbol


@pytest.mark.parametrize(
    ("name", "symbol"),
    [
        ("google", "GOOGL"), ("youtube", "GOOGL"), ("facebook", "META"), ("instagram", "META"),
        ("aws", "AMZN"), ("berkshire hathaway", "BRK.B"), ("tsmc", "TSM"), ("p&g", "PG"),
        ("procter and gamble", "PG"), ("jpmorgan", "JPM"), ("mcdonalds", "MCD"), ("3m", "MMM"),
    ],
)  # fmt: skip
def test_names_of_the_shipped_file(gazetteer, name, symbol):
    assert gazetteer.surfaces[name].symbol == symbol


def test_the_shipped_file_holds_together(gazetteer):
    assert len(gazetteer.companies) > 5000
    assert {s.symbol for s in gazetteer.surfaces.values()} <= set(gazetteer.companies)
    assert {new for new, _ in gazetteer.former.values()} <= set(gazetteer.companies)
    assert set(gazetteer.listed.values()) <= set(gazetteer.companies)
    assert {c.sector for c in gazetteer.companies.values()} <= {None, *SECTORS}
    assert gazetteer.companies["NVDA"].groups == ("information_technology", "mega_caps")


def test_whole_words_only(gazetteer):
    assert [s.symbol for _, _, s in gazetteer.find_names("gaps widened, subzooms")] == []
    assert [s.symbol for _, _, s in gazetteer.find_names("boeing, ford")] == ["BA", "F"]


@pytest.fixture
def build(tmp_path, monkeypatch):
    monkeypatch.setattr(build_gazetteer, "load_words", lambda: WORDS)

    def run(listings, index=""):
        (tmp_path / "us_listings.csv").write_text(LISTINGS + listings)
        (tmp_path / "sp500_constituents.csv").write_text(INDEX + index)
        content = build_gazetteer.build(tmp_path)
        return {row[0]: row for row in content["companies"]}

    return run


def test_official_gics_wins_over_the_industry(build):
    rows = build(
        "ZZA,Zeta Works Inc. Common Stock,NYSE,Technology,Semiconductors,US,5000000000,\n"
        "ZZB,Zeta Notes Inc. 5% Notes due 2030,NYSE,Finance,Banks,US,1,\n"
        "ZZ^C,Zeta Works Inc. Depositary,NYSE,,,US,,\n",
        "ZZA,Zeta Works,Industrials,x\n",
    )
    assert list(rows) == ["ZZA"]
    assert rows["ZZA"][1:5] == ["Zeta Works", "NYSE", "industrials", "mid_caps"]


def test_a_shared_name_goes_to_the_far_larger_or_to_none(build):
    line = "{},Zetacorp Inc. Common Stock,NYSE,Technology,Semiconductors,US,{},\n"
    rows = build(line.format("ZZA", "90000000000") + line.format("ZZB", "1000000000"))
    assert [row[0] for row in rows.values() if row[6]] == ["ZZA"]


def test_an_unknown_industry_names_its_row(build):
    with pytest.raises(GazetteerError, match=r"us_listings.csv row 2 \(ZZA\).*Moon Mining"):
        build("ZZA,Zeta Inc. Common Stock,NYSE,Industrials,Moon Mining,US,1,\n")


def test_a_missing_column_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(build_gazetteer, "load_words", lambda: WORDS)
    (tmp_path / "us_listings.csv").write_text("ticker,name\nA,B\n")
    with pytest.raises(GazetteerError, match="no column symbol"):
        build_gazetteer.build(tmp_path)


def test_a_bad_line_of_the_aliases_is_named():
    with pytest.raises(GazetteerError, match=r"line 2 \(F\): 'nick: Blue Oval'"):
        list(build_gazetteer.read_aliases(["# x", "F | nick: Blue Oval"]))


def test_the_command_says_what_is_missing(tmp_path):
    command = [sys.executable, "-m", "rotascope_nlp.build_gazetteer", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "us_listings.csv" in done.stderr or "rotascope[gazetteer]" in done.stderr


def user(companies=(), groups=None):
    return UserNames.from_config(companies, groups)


def test_a_user_adds_names_sectors_and_groups():
    stage = rotascope_nlp.load(
        user=user(
            [
                {
                    "symbol": "zzpv",
                    "name": "Zephyrine Labs",
                    "aliases": "Zeph|Zephlabs",
                    "sector": "energy",
                },
                {"symbol": "AAPL", "sector": "communication_services"},
            ],
            {"AI infrastructure": {"symbols": ["NVDA", "ZZPV"]}},
        )
    )
    mentions = stage.read("Zeph and Nvidia rallied; Apple fell.").mentions
    assert [(m.symbol, m.sector) for m in mentions] == [
        ("ZZPV", "energy"),
        ("NVDA", "information_technology"),
        ("AAPL", "communication_services"),
    ]
    assert ["AI infrastructure" in m.groups for m in mentions] == [True, True, False]


@pytest.mark.parametrize(
    ("companies", "groups", "message"),
    [
        (
            [{"symbol": "F", "sector": "cars"}],
            None,
            r"companies row 1 \(F\): unknown sector 'cars'",
        ),
        ([{"name": "x"}], None, "companies row 1: no symbol"),
        ([{"symbol": "F"}, {"ticker": "T"}], None, "companies row 2: unknown key 'ticker'"),
        (
            [{"symbol": "F", "aliases": ["Blue"]}, {"symbol": "T", "aliases": ["blue"]}],
            None,
            r"row 2 \(T\): 'blue' is already a name of F in row 1",
        ),
        ([], {"AI": {"tickers": ["NVDA"]}}, "group 'AI': unknown key 'tickers'"),
        ([], {"AI": {}}, "group 'AI': neither words nor symbols"),
        ([], {"energy": {"symbols": ["XOM"]}}, "a built-in group takes words only"),
        ([{"symbol": "F", "aliases": 3}], None, r"companies row 1.aliases: expected a list"),
    ],
)
def test_a_users_mistake_names_its_row(companies, groups, message):
    with pytest.raises(GazetteerError, match=message):
        user(companies, groups)


@pytest.mark.parametrize(
    ("names", "message"),
    [
        (user([{"symbol": "ZZQX"}]), "company ZZQX: not on file, so it needs a name"),
        (user(groups={"AI": {"symbols": ["ZZQX"]}}), "group 'AI': unknown symbol 'ZZQX'"),
    ],
)
def test_what_does_not_fit_the_file_is_named(names, message):
    with pytest.raises(GazetteerError, match=message):
        load_gazetteer(names)
