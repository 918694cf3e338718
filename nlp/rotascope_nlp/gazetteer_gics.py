"""From the exchanges' industries to GICS sectors, for listings without an official GICS sector.

The exchanges file companies by an older scheme of sectors and industries.  An industry goes to
the GICS sector that holds most of its companies; where the exchange's sector decides, the pair
stands in `PAIRS`.  Official GICS (S&P 500) wins over this table, a user's sector over both.
"""

from __future__ import annotations

from rotascope_nlp.groups import SECTORS

GICS_IDS = {name: sector for sector, name in SECTORS.items()}
"""Official sector name -> id."""

_BY_SECTOR: dict[str, tuple[str, ...]] = {
    "energy": (
        "Coal Mining",
        "Integrated oil Companies",
        "Oil & Gas Production",
        "Oil Refining/Marketing",
        "Oil and Gas Field Machinery",
        "Oil/Gas Transmission",
        "Oilfield Services/Equipment",
    ),
    "materials": (
        "Agricultural Chemicals",
        "Aluminum",
        "Building Materials",
        "Containers/Packaging",
        "Forest Products",
        "Major Chemicals",
        "Metal Mining",
        "Mining & Quarrying of Nonmetallic Minerals (No Fuels)",
        "Other Metals and Minerals",
        "Paints/Coatings",
        "Paper",
        "Plastic Products",
        "Precious Metals",
        "Specialty Chemicals",
        "Steel/Iron Ore",
    ),
    "industrials": (
        "Aerospace",
        "Air Freight/Delivery Services",
        "Building Products",
        "Construction/Ag Equipment/Trucks",
        "Diversified Commercial Services",
        "Electrical Products",
        "Engineering & Construction",
        "Environmental Services",
        "Fluid Controls",
        "General Bldg Contractors - Nonresidential Bldgs",
        "Industrial Machinery/Components",
        "Industrial Specialties",
        "Integrated Freight & Logistics",
        "Marine Transportation",
        "Metal Fabrications",
        "Military/Government/Technical",
        "Misc Corporate Leasing Services",
        "Miscellaneous manufacturing industries",
        "Multi-Sector Companies",
        "Office Equipment/Supplies/Services",
        "Ordnance And Accessories",
        "Other Transportation",
        "Pollution Control Equipment",
        "Professional Services",
        "Professional and commerical equipment",
        "Railroads",
        "Rental/Leasing Companies",
        "Tools/Hardware",
        "Transportation Services",
        "Trucking Freight/Courier Services",
        "Water Sewer Pipeline Comm & Power Line Construction",
        "Wholesale Distributors",
    ),
    "consumer_discretionary": (
        "Apparel",
        "Auto & Home Supply Stores",
        "Auto Manufacturing",
        "Auto Parts:O.E.M.",
        "Automotive Aftermarket",
        "Catalog/Specialty Distribution",
        "Clothing/Shoe/Accessory Stores",
        "Consumer Electronics/Appliances",
        "Consumer Electronics/Video Chains",
        "Consumer Specialties",
        "Department/Specialty Retail Stores",
        "Durable Goods",
        "Garments and Clothing",
        "Home Furnishings",
        "Homebuilding",
        "Hotels/Resorts",
        "Motor Vehicles",
        "Other Consumer Services",
        "Other Specialty Stores",
        "RETAIL: Building Materials",
        "Recreational Games/Products/Toys",
        "Restaurants",
        "Retail-Auto Dealers and Gas Stations",
        "Services-Misc. Amusement & Recreation",
        "Shoe Manufacturing",
        "Textiles",
    ),
    "consumer_staples": (
        "Beverages (Production/Distribution)",
        "Farming/Seeds/Milling",
        "Food Chains",
        "Food Distributors",
        "Meat/Poultry/Fish",
        "Package Goods/Cosmetics",
        "Packaged Foods",
        "Retail-Drug Stores and Proprietary Stores",
        "Specialty Foods",
        "Tobacco",
    ),
    "health_care": (
        "Biotechnology: Biological Products (No Diagnostic Substances)",
        "Biotechnology: Commercial Physical & Biological Resarch",
        "Biotechnology: Electromedical & Electrotherapeutic Apparatus",
        "Biotechnology: In Vitro & In Vivo Diagnostic Substances",
        "Biotechnology: Laboratory Analytical Instruments",
        "Biotechnology: Pharmaceutical Preparations",
        "Hospital/Nursing Management",
        "Managed Health Care",
        "Medical Electronics",
        "Medical Specialities",
        "Medical/Dental Instruments",
        "Medical/Nursing Services",
        "Medicinal Chemicals and Botanical Products",
        "Misc Health and Biotechnology Services",
        "Ophthalmic Goods",
        "Other Pharmaceuticals",
        "Pharmaceuticals and Biotechnology",
        "Precision Instruments",
    ),
    "financials": (
        "Accident &Health Insurance",
        "Banks",
        "Commercial Banks",
        "Diversified Financial Services",
        "Finance Companies",
        "Finance/Investors Services",
        "Finance: Consumer Services",
        "Investment Bankers/Brokers/Service",
        "Investment Managers",
        "Life Insurance",
        "Major Banks",
        "Property-Casualty Insurers",
        "Savings Institutions",
        "Specialty Insurers",
    ),
    "information_technology": (
        "Business Services",
        "Computer Communications Equipment",
        "Computer Manufacturing",
        "Computer Software: Prepackaged Software",
        "Computer Software: Programming Data Processing",
        "Computer peripheral equipment",
        "EDP Services",
        "Electronic Components",
        "Electronics Distribution",
        "Radio And Television Broadcasting And Communications Equipment",
        "Retail: Computer Software & Peripheral Equipment",
        "Semiconductors",
    ),
    "communication_services": (
        "Advertising",
        "Books",
        "Broadcasting",
        "Cable & Other Pay Television Services",
        "Movies/Entertainment",
        "Newspapers/Magazines",
        "Publishing",
        "Telecommunications Equipment",
    ),
    "utilities": (
        "Electric Utilities: Central",
        "Natural Gas Distribution",
        "Power Generation",
        "Water Supply",
    ),
    "real_estate": (
        "Building operators",
        "Real Estate",
        "Real Estate Investment Trusts",
    ),
}

INDUSTRIES = {industry: sector for sector, rows in _BY_SECTOR.items() for industry in rows}
"""Industry of the exchange -> sector id."""

PAIRS: dict[tuple[str, str], str] = {
    ("Technology", "Industrial Machinery/Components"): "information_technology",
    ("Technology", "Electrical Products"): "information_technology",
    ("Technology", "Consumer Electronics/Appliances"): "information_technology",
    ("Technology", "Office Equipment/Supplies/Services"): "information_technology",
    ("Health Care", "Industrial Specialties"): "health_care",
    ("Energy", "Industrial Machinery/Components"): "energy",
    ("Energy", "Natural Gas Distribution"): "energy",
    ("Utilities", "Oil & Gas Production"): "energy",
    ("Utilities", "Environmental Services"): "industrials",
    ("Finance", "Real Estate"): "real_estate",
    ("Industrials", "Other Specialty Stores"): "consumer_discretionary",
    ("Consumer Discretionary", "Electronic Components"): "information_technology",
    ("Telecommunications", "Computer Communications Equipment"): "information_technology",
}
"""(sector, industry) of the exchange -> sector id, where the industry alone misleads."""

NO_SECTOR = frozenset(
    {"", "Blank Checks", "Miscellaneous", "Trusts Except Educational Religious and Charitable"}
)
"""Shells, closed-end funds and unsorted listings: no sector is better than a wrong one."""


def sector_of(exchange_sector: str, industry: str) -> str | None:
    """Sector id for a listing; None where it has none; KeyError on an unknown industry."""
    industry = industry.strip()
    if industry in NO_SECTOR:
        return None
    return PAIRS.get((exchange_sector, industry)) or INDUSTRIES[industry]
