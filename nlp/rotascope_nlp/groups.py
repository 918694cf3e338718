"""The groups: ids, kinds and display names.  The one home of this list."""

from __future__ import annotations

SECTORS: dict[str, str] = {
    "energy": "Energy",
    "materials": "Materials",
    "industrials": "Industrials",
    "consumer_discretionary": "Consumer Discretionary",
    "consumer_staples": "Consumer Staples",
    "health_care": "Health Care",
    "financials": "Financials",
    "information_technology": "Information Technology",
    "communication_services": "Communication Services",
    "utilities": "Utilities",
    "real_estate": "Real Estate",
}
"""GICS sector id -> official name, in GICS order."""

STYLES: dict[str, str] = {
    "small_caps": "Small Caps",
    "mid_caps": "Mid Caps",
    "large_caps": "Large Caps",
    "mega_caps": "Mega Caps",
    "value": "Value",
    "growth": "Growth",
    "equal_weight": "Equal Weight",
    "cap_weight": "Cap Weight",
    "cyclicals": "Cyclicals",
    "defensives": "Defensives",
    "momentum": "Momentum",
    "quality": "Quality",
    "dividend": "Dividend",
    "international": "International",
    "emerging_markets": "Emerging Markets",
    "bonds": "Bonds",
    "cash": "Cash",
    "gold": "Gold",
    "crypto": "Crypto",
}
"""Style id -> display name."""

POSTURES = frozenset({"cyclicals", "defensives"})
"""Styles that stand for several sectors, by how they fare with the economy."""

ASSETS = frozenset({"bonds", "gold", "crypto", "cash"})
"""Styles that are no shares: bought at an auction, at a jeweller's or in a wallet as well."""

ABROAD = frozenset({"international", "emerging_markets"})
"""Styles that are named by a place."""


def kind(group: str) -> str:
    """`sector` or `style` for a built-in group, else `custom`."""
    return "sector" if group in SECTORS else "style" if group in STYLES else "custom"


def display_name(group: str) -> str:
    """The name to print; a custom group or a ticker prints as it is."""
    return SECTORS.get(group) or STYLES.get(group) or group
