"""What fills the templates: the words of `words.toml`, names and numbers made by rule."""

from __future__ import annotations

import random
import tomllib
from importlib import resources

from rotascope_models.training.sentences.grammar import Filler, Slots


def _words() -> dict[str, list[str]]:
    text = (resources.files(__package__ or "") / "words.toml").read_text(encoding="utf-8")
    return {
        name: [word for part in joined.split(";") if (word := " ".join(part.split()))]
        for name, joined in tomllib.loads(text).items()
    }


WORDS = _words()
_AGAINST = [", compared to ", ", compared with ", ", against ", ", versus ", " compared with "]
_FROM = [" from ", ", from "]
_MONEY = [
    ("EUR ", [" mn", " million", "mn", " m", " bn", "m"]),
    ("$", [" million", " billion", "m", "bn", "M", "B"]),
    ("€", ["m", " million", "bn"]),
    ("£", ["m", " million", "bn"]),
    ("SEK ", [" mn", " million", "m"]),
    ("NOK ", [" mn", " million"]),
    ("Rs ", [" crore", " cr", " lakh crore"]),
    ("USD ", ["mn", " million", " m"]),
    ("EUR", ["mn", "m", " mn", " million", "bn"]),
    ("US$", [" million", "m", "bn"]),
    ("DKK ", [" million", "m", " bn"]),
    ("CHF ", [" million", "m"]),
    ("PLN ", [" mn", " million"]),
]


def _company(rng: random.Random) -> str:
    root, kind = rng.choice(WORDS["root"]), rng.random()
    if kind < 0.5:
        return f"{root} {rng.choice(WORDS['ending'])}"
    if kind < 0.7:
        return root
    if kind < 0.85:
        return f"{root} {rng.choice(WORDS['legal'])}"
    ticker = _letters(rng, root)
    style = rng.choice([" ({x}: {t})", " <{t}.{n}>", " ({t})"])
    place = style.format(x=rng.choice(["NYSE", "Nasdaq", "NASDAQ"]), t=ticker, n=rng.choice("NOL"))
    return f"{root} {rng.choice(WORDS['ending'])}{place}"


def _short(rng: random.Random) -> str:
    root = rng.choice(WORDS["root"])
    return root if rng.random() < 0.5 else f"{root} {rng.choice(WORDS['ending'])}"


def _tag(rng: random.Random) -> str:
    return "$" + _letters(rng, rng.choice(WORDS["root"]))


def _letters(rng: random.Random, root: str) -> str:
    plain = "".join(c for c in root + rng.choice(WORDS["ending"]) if c.isalpha())
    return (plain[: rng.randint(2, 3)] + plain[-1]).upper()


def _percent(low: float, high: float) -> Filler:
    def fill(rng: random.Random) -> str:
        value = rng.uniform(low, high)
        text = f"{value:.0f}" if value >= 1 and rng.random() < 0.4 else f"{value:.1f}"
        return text + rng.choice(["%", " percent", " %", "%", " per cent"])

    return fill


def _amount(rng: random.Random, value: float, form: tuple[str, str]) -> str:
    text = f"{value:.1f}" if value < 100 or rng.random() < 0.3 else f"{value:.0f}"
    return form[0] + text + form[1]


def _form(rng: random.Random) -> tuple[str, str]:
    head, tails = rng.choice(_MONEY)
    return head, rng.choice(tails)


def _value(rng: random.Random) -> float:
    return rng.choice([rng.uniform(1, 20), rng.uniform(20, 800)])


def _money(rng: random.Random) -> str:
    return _amount(rng, _value(rng), _form(rng))


def _pair(words: list[str], *, up: bool | None, tail: str = "") -> Filler:
    """Two amounts with words between; the first is the greater one if `up`, either if None."""

    def fill(rng: random.Random) -> str:
        form = _form(rng)
        first, second = _two(rng, up=up)
        return f"{_amount(rng, first, form)}{rng.choice(words)}{_amount(rng, second, form)}{tail}"

    return fill


def _two(rng: random.Random, *, up: bool | None) -> tuple[float, float]:
    low = _value(rng)
    high = low * rng.uniform(1.06, 2.2)
    return (high, low) if (rng.random() < 0.5 if up is None else up) else (low, high)


def _nordic(*, up: bool | None, signs: tuple[str, str] = ("", "")) -> Filler:
    """An amount with that of the year before in brackets, as Nordic companies write it."""

    def fill(rng: random.Random) -> str:
        head, tail = _form(rng)
        first, second = _two(rng, up=up)
        return f"{head}{signs[0]}{first:.1f} ({signs[1]}{second:.1f}){tail}"

    return fill


def _counts(*, up: bool) -> Filler:
    """Two whole numbers, the first the greater one if `up`."""

    def fill(rng: random.Random) -> str:
        low = rng.randint(12, 900) * rng.choice([1, 10, 100])
        high = round(low * rng.uniform(1.06, 1.6)) + 1
        first, second = (high, low) if up else (low, high)
        between = rng.choice([" from ", ", from ", ", compared with ", ", against "])
        return f"{first:,}{between}{second:,}"

    return fill


def _price(words: list[str], *, up: bool) -> Filler:
    """Two prices of a share, the first the greater one if `up`."""

    def fill(rng: random.Random) -> str:
        head, tail = rng.choice([("$", ""), ("", "p"), ("Rs ", ""), ("€", ""), ("SEK ", "")])
        low = rng.randint(20, 900)
        high = round(low * rng.uniform(1.05, 1.5)) + 1
        first, second = (high, low) if up else (low, high)
        return f"{head}{first}{tail}{rng.choice(words)}{head}{second}{tail}"

    return fill


def _per_share(*, up: bool) -> Filler:
    """Two amounts a share, the first the greater one if `up`."""

    def fill(rng: random.Random) -> str:
        low = rng.uniform(0.1, 4)
        high = low * rng.uniform(1.05, 1.8)
        first, second = (high, low) if up else (low, high)
        head = rng.choice(["$", "EUR ", "€", "EUR", "$"])
        between = rng.choice([" from ", ", against ", " versus "])
        return f"{head}{first:.2f}{between}{head}{second:.2f}"

    return fill


def _consensus(*, beat: bool) -> Filler:
    """Earnings per share, then what was expected of them."""

    def fill(rng: random.Random) -> str:
        expected = rng.uniform(0.2, 5)
        real = expected * (rng.uniform(1.03, 1.4) if beat else rng.uniform(0.6, 0.97))
        head = rng.choice(["$", "€", "EUR "])
        between = rng.choice([" per share, against the ", " a share versus "])
        return f"{head}{real:.2f}{between}{head}{expected:.2f}"

    return fill


_MARGIN = [" from ", ", against ", " versus "]


def _margins(*, up: bool, words: list[str] = _MARGIN) -> Filler:
    """Two percentages, the first the greater one if `up`."""

    def fill(rng: random.Random) -> str:
        low = rng.uniform(1, 18)
        high = low + rng.uniform(0.6, 6)
        first, second = (high, low) if up else (low, high)
        sign = rng.choice(["%", " %", " per cent", " percent"])
        return f"{first:.1f}{sign}{rng.choice(words)}{second:.1f}{sign}"

    return fill


def _people(rng: random.Random) -> str:
    number = rng.choice([rng.randint(15, 95), rng.randint(10, 99) * 10, rng.randint(11, 90) * 100])
    return f"{number:,}" if rng.random() < 0.7 else str(number)


def _year(rng: random.Random) -> str:
    return str(rng.randint(2004, 2026))


def _ago(rng: random.Random) -> str:
    """The period that a figure is compared with."""
    return rng.choice(WORDS["before"]) if rng.random() < 0.7 else f"in {_quarter_of(rng)}"


def _quarter_of(rng: random.Random) -> str:
    return f"{rng.choice(WORDS['quarter'])} of {_year(rng)}" if rng.random() < 0.6 else _year(rng)


def _named(kinds: str) -> Filler:
    return lambda rng: f"{rng.choice(WORDS['root'])} {rng.choice(WORDS[kinds])}"


def _date(rng: random.Random) -> str:
    month, day, year = rng.choice(WORDS["month"]), rng.randint(1, 28), _year(rng)
    return rng.choice([f"{day} {month}", f"{month} {day}", f"{day} {month} {year}"])


# Figures as business wires set them: more orders of two amounts, and amounts in two currencies.
_WIRE = [
    ("EUR ", [" mn", " million", "mn", " mln"]),
    ("EUR", ["m", "mn", " mn"]),
    ("SEK ", [" mn", " million", "m"]),
    ("NOK ", [" mn", " million", "m"]),
    ("DKK ", [" mn", " million"]),
    ("LTL ", [" million", " mln"]),
    ("LVL ", [" million", " mln"]),
    ("EEK ", [" mn", " million"]),
    ("USD ", [" mn", " million"]),
    ("GBP ", [" mn", "m"]),
    ("PLN ", [" mn", " mln"]),
    ("$", [" million", " mn", "M"]),
    ("€", ["m", " million"]),
    ("£", ["m", " million"]),
]
_YEAR_LISTS = [
    "{new} in {z}, {old} in {y}",
    "{y}: {old}, {z}: {new}",
    "{z} {new}, {y} {old}",
    "{old} ({y}), {new} ({z})",
]
_BETWEEN = [" from ", ", from ", " as compared to ", " vs ", " vs. ", " versus ", ", as against "]
_RATES = {"EUR ": 1.34, "SEK ": 0.14, "NOK ": 0.16, "DKK ": 0.18, "GBP ": 1.61}


def _wire_two(rng: random.Random, *, up: bool | None) -> tuple[float, float]:
    low = rng.choice([rng.uniform(2, 15), rng.uniform(15, 700)])
    high = low * rng.uniform(1.08, 1.9)
    return (high, low) if (rng.random() < 0.5 if up is None else up) else (low, high)


def _wire_form(rng: random.Random) -> tuple[str, str]:
    head, tails = rng.choice(_WIRE)
    return head, rng.choice(tails)


def _wire_pair(*, up: bool) -> Filler:
    """Two amounts and a word that does not say which is the greater."""

    def fill(rng: random.Random) -> str:
        form, (first, second) = _wire_form(rng), _wire_two(rng, up=up)
        return _amount(rng, first, form) + rng.choice(_BETWEEN) + _amount(rng, second, form)

    return fill


def _wire_brackets(*, up: bool | None, sign: str = "") -> Filler:
    """An amount, and the earlier one in brackets in one of several ways."""

    def fill(rng: random.Random) -> str:
        (head, tail), (first, second) = _wire_form(rng), _wire_two(rng, up=up)
        before = rng.choice(
            [
                f"{sign}{second:.1f}",
                f"{head}{sign}{second:.1f}{tail}",
                f"{sign}{second:.1f} a year ago",
                f"Q{rng.randint(1, 4)}/{_year(rng)}: {sign}{second:.1f}",
                f"{_year(rng)}: {head}{sign}{second:.1f}{tail}",
            ]
        )
        return f"{head}{sign}{first:.1f}{tail} ({before})"

    return fill


def _wire_years(patterns: list[str], *, up: bool) -> Filler:
    """The amounts (`old`, `new`) of two years (`y`, `z`); that of the later is greater if `up`."""

    def fill(rng: random.Random) -> str:
        form, (new, old) = _wire_form(rng), _wire_two(rng, up=up)
        year = rng.randint(2003, 2024)
        amounts = {"old": _amount(rng, old, form), "new": _amount(rng, new, form)}
        return rng.choice(patterns).format(y=year, z=year + 1, **amounts)

    return fill


def _wire_move(*, up: bool) -> Filler:
    """What follows "increased" or "decreased": two amounts and the right percentage."""

    def fill(rng: random.Random) -> str:
        form, (new, old) = _wire_form(rng), _wire_two(rng, up=up)
        share = f"{abs(new / old - 1) * 100:.1f}{rng.choice(['%', ' %', ' per cent', ' pct'])}"
        a, b = _amount(rng, new, form), _amount(rng, old, form)
        return rng.choice(
            [
                f"{share} to {a} from {b}",
                f"by {share} to {a}",
                f"from {b} to {a}, or by {share}",
                f"to {a} from {b}",
                f"{share}, from {b} to {a}",
                f"by {share} and amounted to {a} ({b})",
            ]
        )

    return fill


def _wire_gap(words: list[str], *, gap_first: bool) -> Filler:
    """An amount and a difference, smaller than it, with words between."""

    def fill(rng: random.Random) -> str:
        form, (base, _) = _wire_form(rng), _wire_two(rng, up=True)
        pair = [_amount(rng, base, form), _amount(rng, base * rng.uniform(0.06, 0.4), form)]
        return rng.choice(words).join(reversed(pair) if gap_first else pair)

    return fill


def _converted(rng: random.Random, value: float, head: str, tail: str) -> str:
    other, rate = ("EUR ", 0.75) if head == "USD " else ("USD ", _RATES.get(head, 1.0))
    own = _amount(rng, value, (head, tail))
    return f"{own} ({other}{value * rate:.1f}{tail})"


def _wire_converted(rng: random.Random) -> str:
    """An amount and the same in another currency: nothing is compared."""
    tail = rng.choice([" mn", "m", " million"])
    return _converted(rng, _value(rng) + 1, rng.choice(list(_RATES)), tail)


def _wire_converted_pair(*, up: bool) -> Filler:
    def fill(rng: random.Random) -> str:
        head, tail = rng.choice(list(_RATES)), rng.choice([" mn", "m", " million"])
        first, second = _wire_two(rng, up=up)
        old = _amount(rng, second, (head, tail))
        return _converted(rng, first, head, tail) + rng.choice(_BETWEEN) + old

    return fill


def _wire_share(*, up: bool | None, signs: tuple[str, str] = ("", "")) -> Filler:
    """Earnings per share with those of the year before, mostly in brackets."""

    def fill(rng: random.Random) -> str:
        low = rng.uniform(0.05, 2.5)
        high = low * rng.uniform(1.1, 1.9) + 0.01
        upward = rng.random() < 0.5 if up is None else up
        first, second = (high, low) if upward else (low, high)
        head = rng.choice(["EUR ", "EUR", "SEK ", "NOK ", "DKK ", "USD ", "$", "LTL "])
        a, b = f"{signs[0]}{first:.2f}", f"{signs[1]}{second:.2f}"
        return rng.choice(
            [
                f"{head}{a} ({b})",
                f"{head}{a} ({head}{b})",
                f"{head}{a} vs {head}{b}",
                f"{head}{a} versus {head}{b}",
                f"{head}{a}, as against {head}{b}",
            ]
        )

    return fill


def _wire_margin(*, up: bool) -> Filler:
    """A percentage with that of the year before in brackets."""

    def fill(rng: random.Random) -> str:
        low = rng.uniform(2, 30)
        high = low + rng.uniform(0.6, 7)
        first, second = (high, low) if up else (low, high)
        sign = rng.choice(["%", " %", " per cent"])
        return f"{first:.1f}{sign} ({second:.1f}{rng.choice([sign, ''])})"

    return fill


def _wire_count(*, up: bool | None, scales: tuple[int, ...] = (1, 10, 100, 1000)) -> Filler:
    """A number with that of the year before in brackets."""

    def fill(rng: random.Random) -> str:
        low = rng.randint(40, 990) * rng.choice(scales) + rng.randint(0, 9)
        high = round(low * rng.uniform(1.06, 1.6)) + 1
        upward = rng.random() < 0.5 if up is None else up
        first, second = (high, low) if upward else (low, high)
        return f"{first:,} ({second:,})"

    return fill


def _wire_line(rng: random.Random) -> str:
    """How a wire begins an item."""
    month, day, year = rng.choice(WORDS["month"]), rng.randint(1, 28), _year(rng)
    place, desk = rng.choice(WORDS["city"]), rng.choice(WORDS["wire_desk"])
    return rng.choice(
        [
            f"({desk})",
            f"({desk})",
            f"{day} {month} {year}",
            f"{month} {day}, {year} ({desk})",
            f"{place.upper()} ({desk})",
            f"{place.upper()}, {month[:3]} {day} ({desk})",
            f"{place}, {day} {month} {year}",
            f"{month} {day}",
        ]
    )


def _between(low: float, high: float, head: str, tail: str, digits: int = 1) -> Filler:
    """A number from a range: `..._low` and `..._high` of a kind can stand anywhere in a text."""
    return lambda rng: f"{head}{rng.uniform(low, high):,.{digits}f}{tail}"


SLOTS: Slots = {
    **WORDS,
    "group": WORDS["sector"] + WORDS["style"],
    "company": _company,
    "short": _short,
    "tag": _tag,
    "pct": _percent(1, 38),
    "smallpct": _percent(0.2, 4.8),
    "margin_up": _margins(up=True),
    "margin_down": _margins(up=False),
    "margin_to_up": _margins(up=False, words=[" to ", " a year ago to "]),
    "margin_to_down": _margins(up=True, words=[" to ", " a year ago to "]),
    "count_up": _counts(up=True),
    "count_down": _counts(up=False),
    "price_up": _price([" from "], up=True),
    "price_down": _price([" from "], up=False),
    "ago": _ago,
    "fund": _named("fund_kind"),
    "crypto": _named("crypto_kind"),
    "bank": _named("bank_kind"),
    "airline": _named("airline_kind"),
    "oilco": _named("oil_kind"),
    "shop": _named("shop_kind"),
    "chipco": _named("chip_kind"),
    "carco": _named("car_kind"),
    "drugco": _named("drug_kind"),
    "mineco": _named("mine_kind"),
    "insurer": _named("insurer_kind"),
    "telco": _named("telecom_kind"),
    "softco": _named("software_kind"),
    "lender": _named("lender_kind"),
    "builder": _named("builder_kind"),
    "foodco": _named("food_kind"),
    "money": _money,
    "up_from": _pair(_FROM, up=True),
    "down_from": _pair(_FROM, up=False),
    "up_vs": _pair(_AGAINST, up=True),
    "down_vs": _pair(_AGAINST, up=False),
    "up_paren": _pair([" ("], up=True, tail=")"),
    "down_paren": _pair([" ("], up=False, tail=")"),
    # "from {to_up}": the first amount is the lower one.
    "to_up": _pair([" to ", " to ", " a year ago to ", " a year earlier to "], up=False),
    "to_down": _pair([" to ", " to ", " a year ago to ", " a year earlier to "], up=True),
    "up_nordic": _nordic(up=True),
    "down_nordic": _nordic(up=False),
    "to_red": _nordic(up=None, signs=("-", "")),
    "to_black": _nordic(up=None, signs=("", "-")),
    "was_profit": _pair([f"{w}a profit of " for w in _AGAINST], up=None),
    "was_loss": _pair([f"{w}a loss of " for w in _AGAINST], up=None),
    "eps_up": _per_share(up=True),
    "eps_down": _per_share(up=False),
    "eps_beat": _consensus(beat=True),
    "eps_miss": _consensus(beat=False),
    "people": _people,
    "year": _year,
    "date": _date,
    "n1": lambda rng: str(rng.randint(3, 60)),
    "n2": lambda rng: f"{rng.randint(10, 95)}",
    "d": list("1234"),
    "wire": _wire_line,
    "wire_up": _wire_pair(up=True),
    "wire_down": _wire_pair(up=False),
    "brk_up": _wire_brackets(up=True),
    "brk_down": _wire_brackets(up=False),
    "brk_any": _wire_brackets(up=None),
    # "from {years_up}": the later amount is the greater one.
    "years_up": _wire_years(["{old} in {y} to {new} in {z}"], up=True),
    "years_down": _wire_years(["{old} in {y} to {new} in {z}"], up=False),
    "list_up": _wire_years(_YEAR_LISTS, up=True),
    "list_down": _wire_years(_YEAR_LISTS, up=False),
    "move_up": _wire_move(up=True),
    "move_down": _wire_move(up=False),
    "by_gap": _wire_gap([" by ", " by as much as ", " by some "], gap_first=False),
    "gap_above": _wire_gap([" above the ", " more than the ", " over the "], gap_first=True),
    "gap_below": _wire_gap([" below the ", " less than the ", " short of the "], gap_first=True),
    "conv": _wire_converted,
    "conv_up": _wire_converted_pair(up=True),
    "conv_down": _wire_converted_pair(up=False),
    "ps_up": _wire_share(up=True),
    "ps_down": _wire_share(up=False),
    "ps_red": _wire_share(up=None, signs=("-", "")),
    "ps_black": _wire_share(up=None, signs=("", "-")),
    "neg_better": _wire_brackets(up=False, sign="-"),
    "neg_worse": _wire_brackets(up=True, sign="-"),
    "rate_up": _wire_margin(up=True),
    "rate_down": _wire_margin(up=False),
    "cnt_up": _wire_count(up=True),
    "cnt_down": _wire_count(up=False),
    "cnt_any": _wire_count(up=None),
    "pax_up": _wire_count(up=True, scales=(1_000, 10_000)),
    "pax_down": _wire_count(up=False, scales=(1_000, 10_000)),
    "staff_any": _wire_count(up=None, scales=(1, 1, 10)),
    "eur_low": _between(6, 11.9, "EUR ", " mn"),
    "eur_high": _between(12.4, 23, "EUR ", " mn"),
    "sek_low": _between(310, 480, "SEK ", " million", 0),
    "sek_high": _between(500, 840, "SEK ", " million", 0),
    "usd_low": _between(1.1, 2.9, "$", " million"),
    "usd_high": _between(3.1, 6.5, "$", " million"),
    "pc_low": _between(3, 7.9, "", " %"),
    "pc_high": _between(8.3, 14, "", " %"),
    "rt_low": _between(54, 71.9, "", " %"),
    "rt_high": _between(72.3, 94, "", " %"),
    "no_low": _between(1_100, 1_900, "", "", 0),
    "no_high": _between(2_000, 3_300, "", "", 0),
}
