"""Words and numbers for the templates.  The companies are invented."""

from __future__ import annotations

import random

from rotascope_models.training.sentences.grammar import Filler, Slots

ROOTS = [
    "Norvala",
    "Calder",
    "Hexatron",
    "Brightwater",
    "Ostrava",
    "Kestrel",
    "Tuuli",
    "Pellinge",
    "Larkspur",
    "Vantor",
    "Merrow",
    "Silverlake",
    "Ironbridge",
    "Quanta",
    "Halden",
    "Sorvik",
    "Bexley",
    "Tamarack",
    "Cinder",
    "Northgate",
    "Aldine",
    "Corvus",
    "Penrose",
    "Lumio",
    "Varda",
    "Juniper",
    "Redmond",
    "Falkland",
    "Oakhurst",
    "Zephyr",
    "Stellan",
    "Kivela",
    "Rauma",
    "Haldor",
    "Marlow",
    "Westfield",
    "Granite",
    "Cobalt",
    "Polaris",
    "Helix",
    "Nimbus",
    "Trident",
    "Beacon",
    "Summit",
    "Harbor",
    "Keystone",
    "Pinnacle",
    "Sterling",
    "Evergreen",
    "Bluefin",
    "Copperline",
    "Dunmore",
    "Eastlake",
    "Fairmont",
    "Glenrock",
    "Hartwell",
    "Ivydale",
    "Jasper",
    "Kingsley",
    "Lindqvist",
    "Mantor",
    "Nordlys",
    "Orbitel",
    "Pavonia",
    "Quillon",
    "Rosendal",
    "Savola",
    "Tervia",
    "Ulvila",
    "Vesta",
    "Wexford",
    "Yarrow",
    "Ambria",
    "Borealis",
    "Castell",
    "Delmar",
    "Elmira",
    "Fenwick",
    "Garnet",
    "Hollis",
    "Inari",
    "Jorvik",
    "Kemira-Sol",
    "Lexington",
    "Monarch",
    "Novalis",
    "Orion",
    "Palisade",
    "Ravelin",
    "Saxby",
    "Tornio",
    "Umbra",
    "Valmora",
    "Windham",
    "Axton",
    "Bravura",
    "Cendra",
    "Dorval",
]
ENDINGS = [
    "Energy",
    "Foods",
    "Bank",
    "Pharma",
    "Systems",
    "Software",
    "Steel",
    "Motors",
    "Retail",
    "Insurance",
    "Telecom",
    "Media",
    "Industries",
    "Holdings",
    "Group",
    "Technologies",
    "Semiconductor",
    "Airlines",
    "Mining",
    "Capital",
    "Logistics",
    "Therapeutics",
    "Brands",
    "Materials",
    "Utilities",
    "Properties",
    "Labs",
    "Networks",
    "Financial",
    "Marine",
    "Paper",
    "Engineering",
    "Power",
    "Homes",
    "Stores",
    "Robotics",
    "Chemicals",
    "Tyres",
    "Brewing",
    "Shipping",
    "Timber",
    "Health",
    "Devices",
    "Cruises",
    "Hotels",
    "Solar",
]
NORDIC = ["Oyj", "Oy", "ASA", "AB", "A/S", "Plc", "Group", "Corporation", "AG", "SE", "NV", "SA"]

SECTORS = """[tech|technology] [stocks|shares|names];technology;tech;software [stocks|makers|names];
semiconductors;chip [stocks|makers];chipmakers;the tech sector;information technology;IT stocks;
[energy|oil] [stocks|shares|names];energy;the energy sector;oil majors;oil and gas producers;
[utility|utilities] [stocks|shares];utilities;power [stocks|producers];[bank|financial] [stocks|shares];banks;
regional banks;financials;insurers;lenders;[health care|healthcare];[health care|healthcare] [stocks|shares];
drugmakers;biotech [stocks|shares];pharma stocks;[consumer staples|staples];consumer staples stocks;
food makers;[consumer discretionary|discretionary stocks];retailers;retail stocks;homebuilders;automakers;
auto stocks;travel stocks;restaurant chains;industrials;industrial [stocks|shares|names];airlines;
machinery makers;defense stocks;railroads;[materials|materials stocks];miners;steelmakers;metal stocks;
chemical makers;gold miners;real estate;real estate [stocks|shares];REITs;property stocks;
communication services;media stocks;telecoms;internet stocks;telecom [stocks|shares]"""
STYLES = """small caps;[small-cap|small-company] stocks;mid caps;midcaps;large caps;large-cap stocks;
[mega caps|megacaps];[mega-cap|megacap] tech;the Magnificent [Seven|7];Big Tech;value stocks;value;value shares;
growth stocks;growth shares;cyclicals;cyclical [stocks|shares];defensives;defensive [stocks|shares|sectors];
momentum [stocks|names];dividend payers;dividend stocks;quality stocks;equal-weight funds;
the equal-weight S&P 500;the Russell 2000;the Nasdaq 100;[emerging markets|emerging-market stocks];
international stocks;European equities;[bonds|Treasuries];[money-market funds|cash];gold;
[bitcoin|crypto];high-beta names;meme stocks;AI stocks;the AI trade;unprofitable tech"""
INDICES = """the S&P 500;the Nasdaq;the Dow;the Nasdaq Composite;the FTSE 100;the DAX;the Sensex;
the Nifty;the Stoxx 600;Wall Street"""


def _split(text: str) -> list[str]:
    return [part.strip() for part in text.replace("\n", " ").split(";") if part.strip()]


def _company(rng: random.Random) -> str:
    root, kind = rng.choice(ROOTS), rng.random()
    if kind < 0.5:
        return f"{root} {rng.choice(ENDINGS)}"
    if kind < 0.7:
        return root
    if kind < 0.85:
        return f"{root} {rng.choice(NORDIC)}"
    ticker = (root[:2] + rng.choice(ENDINGS)[:2]).upper()
    style = rng.choice([" ({x}: {t})", " <{t}.{n}>", " ({t})"])
    place = style.format(x=rng.choice(["NYSE", "Nasdaq", "NASDAQ"]), t=ticker, n=rng.choice("NOL"))
    return f"{root} {rng.choice(ENDINGS)}{place}"


def _tag(rng: random.Random) -> str:
    return "$" + (rng.choice(ROOTS)[:3] + rng.choice(ENDINGS)[:1]).upper()


def _short(rng: random.Random) -> str:
    return rng.choice(ROOTS) if rng.random() < 0.5 else f"{rng.choice(ROOTS)} {rng.choice(ENDINGS)}"


def _pct(rng: random.Random) -> str:
    whole = rng.random() < 0.4
    number = str(rng.randint(1, 38)) if whole else f"{rng.uniform(0.4, 38):.1f}"
    return number + rng.choice(["%", " percent", " %", "%", " per cent"])


def _small_pct(rng: random.Random) -> str:
    return f"{rng.uniform(0.2, 4.8):.1f}" + rng.choice(["%", " percent", "%"])


_MONEY = [
    ("EUR ", [" mn", " million", "mn", " m", " bn", "m"]),
    ("$", [" million", " billion", "m", "bn", "M", "B"]),
    ("€", ["m", " million", "bn"]),
    ("£", ["m", " million", "bn"]),
    ("SEK ", [" mn", " million", "m"]),
    ("NOK ", [" mn", " million"]),
    ("Rs ", [" crore", " cr", " lakh crore"]),
    ("USD ", ["mn", " million", " m"]),
]


def _amount(rng: random.Random, value: float, form: tuple[str, str]) -> str:
    head, tail = form
    text = f"{value:.1f}" if value < 100 or rng.random() < 0.3 else f"{value:.0f}"
    return head + text + tail


def _form(rng: random.Random) -> tuple[str, str]:
    head, tails = rng.choice(_MONEY)
    return head, rng.choice(tails)


def _money(rng: random.Random) -> str:
    return _amount(rng, rng.choice([rng.uniform(1, 20), rng.uniform(20, 900)]), _form(rng))


def _pair(*, up: bool, words: list[str]) -> Filler:
    """Two amounts with words between; the first is the greater one if `up`."""

    def fill(rng: random.Random) -> str:
        form, low = _form(rng), rng.choice([rng.uniform(1, 20), rng.uniform(20, 700)])
        high = low * rng.uniform(1.06, 2.2)
        first, second = (high, low) if up else (low, high)
        return f"{_amount(rng, first, form)}{rng.choice(words)}{_amount(rng, second, form)}"

    return fill


def _share_pair(*, up: bool) -> Filler:
    """Earnings per share against another figure, or a share price target, in currency units."""

    def fill(rng: random.Random) -> str:
        low = rng.uniform(0.1, 4)
        high = low * rng.uniform(1.05, 1.8)
        first, second = (high, low) if up else (low, high)
        head = rng.choice(["$", "EUR ", "€", "EUR", "$"])
        return (
            f"{head}{first:.2f}{rng.choice([' from ', ', against ', ' versus '])}{head}{second:.2f}"
        )

    return fill


def _consensus(*, beat: bool) -> Filler:
    """Earnings per share, then what was expected of them."""

    def fill(rng: random.Random) -> str:
        expected = rng.uniform(0.2, 5)
        real = expected * (rng.uniform(1.03, 1.4) if beat else rng.uniform(0.6, 0.97))
        head, mid = (
            rng.choice(["$", "€", "EUR "]),
            rng.choice([" per share, against the ", " a share versus "]),
        )
        return f"{head}{real:.2f}{mid}{head}{expected:.2f}"

    return fill


def _people(rng: random.Random) -> str:
    number = rng.choice([rng.randint(15, 95), rng.randint(10, 99) * 10, rng.randint(11, 90) * 100])
    return f"{number:,}" if rng.random() < 0.7 else str(number)


def _year(rng: random.Random) -> str:
    return str(rng.randint(2004, 2026))


def _date(rng: random.Random) -> str:
    month = rng.choice(MONTHS)
    day = rng.randint(1, 28)
    return rng.choice(
        [f"{day} {month}", f"{month} {day}", f"{day} {month} {rng.randint(2005, 2026)}"]
    )


MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_VS = [", compared to ", ", compared with ", ", against ", ", versus ", " compared with ", " vs "]
_FROM = [" from ", ", from "]

SLOTS: Slots = {
    "company": _company,
    "short": _short,
    "tag": _tag,
    "sector": _split(SECTORS),
    "style": _split(STYLES),
    "group": _split(SECTORS) + _split(STYLES),
    "index": _split(INDICES),
    "pct": _pct,
    "smallpct": _small_pct,
    "money": _money,
    "up_from": _pair(up=True, words=_FROM),
    "down_from": _pair(up=False, words=_FROM),
    "up_vs": _pair(up=True, words=_VS),
    "down_vs": _pair(up=False, words=_VS),
    "eps_up": _share_pair(up=True),
    "eps_down": _share_pair(up=False),
    "eps_beat": _consensus(beat=True),
    "eps_miss": _consensus(beat=False),
    "d": list("1234"),
    "people": _people,
    "year": _year,
    "date": _date,
    "month": MONTHS,
    "broker": _split(
        "Delancey;Hudson Square;Morvan Securities;Castellan Research;Aldgate Partners;"
        "Brightline Capital;Norrsund Markets;Pemberton;Tollgate Research;Carrow & Co"
    ),
    "n1": lambda rng: str(rng.randint(3, 60)),
    "n2": lambda rng: f"{rng.randint(10, 95)}",
    "quarter": _split(
        "the first quarter;the second quarter;the third quarter;the fourth quarter;"
        "Q1;Q2;Q3;Q4;the January-March period;the April-June period;"
        "January-September;the first half;the nine-month period;H1;the full year"
    ),
    "place": _split(
        "Finland;Sweden;Norway;Poland;Germany;India;Brazil;Texas;Ohio;Vietnam;China;"
        "Estonia;Russia;Japan;Mexico;Ireland;Canada;Turkey;the Netherlands;Denmark"
    ),
    "city": _split(
        "Helsinki;Oslo;Tampere;Gothenburg;Hamburg;Houston;Chicago;Tallinn;Riga;Mumbai;"
        "Shanghai;Osaka;Lyon;Antwerp;Aarhus;Vaasa;Oulu;Denver;Manchester"
    ),
    "product": _split(
        "pumps;elevators;paper machines;software licences;base stations;lifting gear;"
        "wind turbines;sensors;tyres;steel plate;harvesters;diesel engines;tablets;"
        "vaccines;cardboard;ship cabins;payment terminals;fibre cables;transformers"
    ),
    "weekday": _split("Monday;Tuesday;Wednesday;Thursday;Friday"),
}
