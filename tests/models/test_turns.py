"""Turns of a sentence that a word count gets wrong: what spreads, where a day ended, who trails."""

from __future__ import annotations

import pytest

from rotascope_models import Example, load_model

CLEAR = 0.2

SENTENCES = [
    ("Weakness in semis rippled out to the banks by afternoon.", {"semis": "-", "banks": "-"}),
    ("Panic jumped from regional lenders to insurers.", {"regional lenders": "-", "insurers": "-"}),
    ("Jitters about chips infected software names.", {"chips": "-", "software names": "-"}),
    ("Selling moved from Ford to Tesla.", {"Tesla": "-"}),
    ("Weakness spread from AMD to Nvidia.", {"AMD": "-", "Nvidia": "-"}),
    (
        "The rally has spread from semiconductors to software.",
        {"semiconductors": "+", "software": "+"},
    ),
    ("Strength spilled over from energy into materials.", {"energy": "+", "materials": "+"}),
    ("Money moved from tech into banks.", {"tech": "-", "banks": "+"}),
    ("Investors rotated out of utilities and into energy.", {"utilities": "-", "energy": "+"}),
    ("Intel was up 3% premarket but closed 5% lower.", {"Intel": "-"}),
    ("Disney rose as much as 4% before ending down 1%.", {"Disney": "-"}),
    (
        "Alphabet fell as much as 5% before recovering all of its losses to end 1% higher.",
        {"Alphabet": "+"},
    ),
    ("Cisco gained 4% early, only to finish 3% lower.", {"Cisco": "-"}),
    (
        "After sliding in the morning, Boeing turned around and finished the day 2% higher.",
        {"Boeing": "+"},
    ),
    ("Netflix popped at the open, then sank to close 6% in the red.", {"Netflix": "-"}),
    ("Intel closed 5% lower, erasing an early gain.", {"Intel": "-"}),
    ("Staples trailed discretionary by a wide margin.", {"Staples": "-", "discretionary": "+"}),
    ("Ford trailed GM in June sales.", {"Ford": "-", "GM": "+"}),
    ("Value lagged growth again.", {"Value": "-", "growth": "+"}),
    ("Pepsi was outsold by Coke last summer.", {"Pepsi": "-", "Coke": "+"}),
    ("Merck was outperformed by Pfizer.", {"Merck": "-", "Pfizer": "+"}),
    ("Exxon's profit fell less than expected.", {"Exxon": "+"}),
    ("Intel's margin fell, but by less than expected.", {"Intel": "+"}),
    ("Nike's sales dropped 3%, better than the 7% drop analysts expected.", {"Nike": "+"}),
    ("Nike's sales dropped 7%, worse than the 3% drop analysts expected.", {"Nike": "-"}),
    ("Boeing burned less cash than analysts had feared.", {"Boeing": "+"}),
    ("Tesla delivered fewer cars than hoped.", {"Tesla": "-"}),
    ("Apple's revenue rose less than hoped.", {"Apple": "-"}),
    ("Oracle shares fell 4%.", {"Oracle": "-"}),
    ("Profit at Chevron fell 20%.", {"Chevron": "-"}),
    ("Caterpillar gained 2% in early trading.", {"Caterpillar": "+"}),
]


def test_most_turns_are_read_rightly() -> None:
    """36 of 44 targets when this was written; the student before had 23."""
    model = load_model()
    rows = [(text, name, sign) for text, wanted in SENTENCES for name, sign in wanted.items()]
    found = model.predict(
        [Example(t, t.index(name), t.index(name) + len(name)) for t, name, _ in rows]
    )
    wrong = [
        (text, name, round(float(p[2] - p[0]), 2))
        for (text, name, sign), p in zip(rows, found, strict=True)
        if (p[2] - p[0]) * (1 if sign == "+" else -1) < CLEAR
    ]
    if len(wrong) > 10:
        pytest.fail(f"{len(wrong)} of {len(rows)} are wrong: {wrong}")
