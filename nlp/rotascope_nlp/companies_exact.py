"""Tickers written as tickers: (NYSE: CAT), $NVDA, Alphabet (GOOGL), <JNJ.N>, and rows of them.

All of these read the text alone.  A symbol can be reused by another company after a delisting or
a rename, so a symbol in brackets must fit the name in front of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from rotascope_nlp.gazetteer import Company, Gazetteer
from rotascope_nlp.market_words import vocabulary

_SYMBOL = r"[A-Z]{1,5}(?:[./-][A-Z])?"
_US = (
    r"(?:NYSE(?:[ ]?(?:American|MKT|Arca)|AMERICAN|ARCA)?|(?i:nasdaq)(?:GS|GM|CM)?|AMEX"
    r"|(?i:New York Stock Exchange))"
)
_QUALIFIED = re.compile(rf"\b{_US}(?:\s*[:：]\s*|\s*-\s*(?=[A-Z]+\s*[)\]]))\"?({_SYMBOL})\b")
_MORE = re.compile(rf"\s*(?:,|;|/|&|and)\s*(?:{_US}\s*:\s*)?({_SYMBOL})(?=\s*[,;)\]/&])")
_CASHTAG = re.compile(r"(?<![\w$])\$([A-Za-z]{1,5}(?:[.-][AB])?)\b(?![.,]?\d)")
_BRACKET = re.compile(rf"[(\[]\s*({_SYMBOL})(?=\s*[)\],;:/&+]|\s+(?:US|and)\b|\s+[+-]?\d)")
_RIC = re.compile(r"<([A-Z]{1,5}[a-z]?|\d{4,6})(?:\.([A-Z]{1,3}))?>")
_RIC_LOOSE = re.compile(
    r"(?<=[(\s])([A-Z]{1,5}[a-z]?)\.(N|O|OQ|K|A|L|PA|DE|AS|TO|HK|T|S)(?=\s*[),])"
)
_US_RIC = frozenset({None, "N", "O", "OQ", "K", "A", "P"})
_ABROAD = re.compile(
    r"\b(TSX|LSE|LON|HKG|HKEX|SEHK|ASX|TYO|TSE|ETR|EPA|AMS|BIT|BME|SWX|NSE|KRX|TPE)"
    r"\s*:\s*([A-Z0-9]{1,10})\b"
)
_ABROAD_RIC = {
    "TSX": "TO", "LSE": "L", "LON": "L", "HKG": "HK", "HKEX": "HK", "SEHK": "HK", "ASX": "AX",
    "TYO": "T", "TSE": "T", "ETR": "DE", "EPA": "PA", "AMS": "AS", "BIT": "MI", "BME": "MC",
    "SWX": "S", "NSE": "NS", "KRX": "KS", "TPE": "TW",
}  # fmt: skip
CRYPTO = vocabulary(
    """
    BTC ETH SOL ADA XRP LINK DOT DOGE UNI AVAX MATIC LTC BCH SHIB ATOM NEAR APT ARB OP TRX TON
    LUNA FTM BNB XLM ALGO SAND MANA AXS GRT AAVE MKR CRV ICP FIL HBAR VET EOS XMR SUI PEPE RUNE
    LUNC APE CRO STX INJ FTT UST
    """
)
"""Tokens that share a symbol with a listed share; as a cashtag they are the token."""
ACRONYMS = vocabulary(
    """
    AI IT EV EVS US USA UK EU UAE UN IPO ETF ETFS CEO CFO COO CTO PC PCS TV TVS EPS GDP CPI PPI
    PMI FX PE VC MA RD HR PR AM PM ET DC LA NY ESG OTC SPAC REIT SEC FDA FTC DOJ EPA IRS FED ECB
    IMF WHO NATO OPEC NHS CDC NFL NBA MLB NHL DTC B2B QE QT YTD YOY QOQ EBIT GAAP AGM DVD CD GPS
    HIV DNA ICE WTI LNG LPG OIL GAS GOLD ID GOP DEI DIY FAQ BYD SBI TCS API USB CPU GPU LED HD
    PT EST PST GMT UTC SPY IAG BT SSE EDF TUI ANZ CBA NAB AMP CSL ASX SGX HKEX TSX LSE BSE DAX CAC
    FTSE SAS PSA KLM ARR AUM NII NIM MAU DAU ROE ROI FCF NAV GMV RPO MRR PCE ISM
    """
)
"""Letters that are hardly ever meant as a ticker, however near "stock" may stand: words, and what
is better known by them (BYD, IAG, the CAC)."""
SHOUTED = vocabulary(
    """
    ALL ON NOW SO OR BE BY FOR IS ARE CAN HAS ANY ONE TWO BIG NEW LOW HIGH OPEN REAL TRUE BEST
    GOOD FUN PLAY LIFE LOVE EAT CAR CARS HOME MAN KEY DAY OUT UP NET RUN SEE SAY TO I A AN AT AS
    IF IN OF GO DO NO MY ME HE WE COST FAST NICE SAVE WELL WORK HOPE HEAR MOVE RIDE COOL SAFE
    """
)
"""Words that stand in capitals for stress: a ticker only right before "stock" or "shares"."""

_AND = r"(?:\s*,\s*(?:and\s+|&\s+)?|\s+(?:and|&)\s+)"
_LIST = re.compile(rf"(?<![\w$.])({_SYMBOL}(?:{_AND}{_SYMBOL}){{2,}})(?!\w|\.\w)")
_BARE = re.compile(r"(?<![\w$<(./&'@#-])([A-Z]{2,5}(?:[./-][AB])?)(?![\w&/@]|-\w|\.\w|'(?!s\b))")
_ITEM = re.compile(_SYMBOL)


@dataclass(frozen=True, slots=True)
class Exact:
    """A ticker at `start:end`; `opening` is where its bracket, or the ticker, begins."""

    start: int
    end: int
    written: str
    company: Company
    method: str
    confidence: float
    opening: int
    sure: bool = True
    """False: it counts only if it fits the name in front."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A ticker-like span that was turned down here."""

    start: int
    end: int
    written: str
    reason: str


def find_exact(text: str, gazetteer: Gazetteer) -> Iterator[Exact | Doubt]:
    """Every ticker that its own form gives away."""
    if "$" in text:
        yield from _cashtags(text, gazetteer)
    if "<" in text:
        for match in _RIC.finditer(text):
            yield from _ric(match, match.group(1), match.group(2), gazetteer)
    if "(" in text or "[" in text:
        for match in _BRACKET.finditer(text):
            yield from _bracket(text, match, gazetteer)
        for match in _RIC_LOOSE.finditer(text):
            yield from _ric(match, match.group(1), match.group(2), gazetteer)
    if ":" in text or "-" in text:
        yield from _qualified(text, gazetteer)
    for match in _LIST.finditer(text):
        yield from _row(text, match, gazetteer)


def find_bare(
    text: str, gazetteer: Gazetteer, sure: Callable[[Company, int, int, bool], str | None]
) -> Iterator[Exact | Doubt]:
    """Tickers in capitals with nothing around them; `sure` says what speaks for one, if anything.

    `sure(company, start, end, wordy)`: the evidence in words, or None.
    """
    for match in _BARE.finditer(text):
        written = match.group(1)
        company = gazetteer.company(written)
        if company is None or written in ACRONYMS:
            continue
        wordy = written in gazetteer.wordy or written in SHOUTED
        if written[-2] in "./-":
            reason: str | None = "of a share class"
        else:
            reason = sure(company, match.start(1), match.end(1), wordy)
        if reason:
            yield Exact(
                match.start(1),
                match.end(1),
                written,
                company,
                f"ticker {reason}",
                0.85,
                match.start(1),
            )
        elif not wordy:
            yield Doubt(
                match.start(1), match.end(1), company.symbol, "a bare ticker, no market word by it"
            )


def _cashtags(text: str, gazetteer: Gazetteer) -> Iterator[Exact | Doubt]:
    for match in _CASHTAG.finditer(text):
        written = match.group(1)
        company = gazetteer.company(written)
        if company is None:
            continue
        place = match.start(), match.end()
        if written.upper() in CRYPTO and written != "APT":
            yield Doubt(*place, company.symbol, "a crypto token's symbol")
        elif not written.isupper() and (len(written) < 3 or not written.islower()):
            yield Doubt(*place, company.symbol, "a dollar sign, no ticker")
        else:
            yield Exact(*place, written, company, "cashtag", 0.98, match.start())


def _ric(
    match: re.Match[str], base: str, market: str | None, gazetteer: Gazetteer
) -> Iterator[Exact]:
    place = match.start(1), match.end(2) if market else match.end(1)
    opening = match.start()
    symbol = re.sub(r"([A-Z])([a-z])$", lambda m: f"{m[1]}.{m[2].upper()}", base)
    foreign = gazetteer.listed.get(f"{base}.{market}")
    if foreign is not None:
        company, sure = gazetteer.companies.get(foreign), True
    elif market in _US_RIC:
        company, sure = gazetteer.company(symbol), True
    else:  # the base may be another company's symbol on another exchange
        company, sure = gazetteer.companies.get(symbol), False
    if company is not None:
        yield Exact(*place, match.group().strip("<>() "), company, "RIC", 0.98, opening, sure)


def _qualified(text: str, gazetteer: Gazetteer) -> Iterator[Exact | Doubt]:
    for match in _QUALIFIED.finditer(text):
        opening = match.start() - (match.start() > 0 and text[match.start() - 1] in "([")
        found: re.Match[str] | None = match
        while found is not None:
            company = gazetteer.company(found.group(1))
            if company is not None:
                yield Exact(
                    found.start(1), found.end(1), found.group(1), company, "exchange", 0.99, opening
                )
            found = _MORE.match(text, found.end())
    for match in _ABROAD.finditer(text):
        ric = f"{match.group(2)}.{_ABROAD_RIC[match.group(1)]}"
        symbol = gazetteer.listed.get(ric)
        company = gazetteer.companies.get(symbol or "")
        if company is not None:
            yield Exact(
                match.start(2), match.end(2), ric, company, "foreign exchange", 0.95, match.start()
            )


def _bracket(text: str, match: re.Match[str], gazetteer: Gazetteer) -> Iterator[Exact | Doubt]:
    found: re.Match[str] | None = match
    while found is not None:
        company = gazetteer.company(found.group(1))
        if company is not None:
            yield Exact(
                found.start(1),
                found.end(1),
                found.group(1),
                company,
                "bracket",
                0.97,
                match.start(),
                False,
            )
        found = _MORE.match(text, found.end())


def _row(text: str, match: re.Match[str], gazetteer: Gazetteer) -> Iterator[Exact | Doubt]:
    """Three or more in a row, half of them listed, and one of them no word or four listed."""
    items = list(_ITEM.finditer(text, match.start(), match.end()))
    known = [(item, gazetteer.company(item.group())) for item in items]
    listed = [(item, company) for item, company in known if company is not None]
    telling = [item for item, _ in listed if item.group() not in gazetteer.wordy]
    acronyms = [item for item in items if item.group() in ACRONYMS]
    enough = telling or len(listed) >= 4
    if 2 * len(listed) < len(items) or not enough or len(acronyms) > len(items) / 4:
        return
    for item, company in listed:
        if item not in acronyms:
            yield Exact(
                item.start(),
                item.end(),
                item.group(),
                company,
                "list of tickers",
                0.9,
                item.start(),
            )
