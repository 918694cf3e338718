"""Hopes that have set off a rotation, and rotations that may be over."""

from __future__ import annotations

import pytest

TECH, BANKS, SMALL = "information_technology", "financials", "small_caps"


@pytest.mark.parametrize(
    ("text", "left", "entered"),
    [
        (
            "The prospect of tax cuts appears to have prompted a rotation away from chip stocks "
            "and toward banks.",
            TECH,
            BANKS,
        ),
        ("Hopes of a rate cut sparked a rotation out of tech into small caps.", TECH, SMALL),
        ("Hopes for a truce have triggered a rotation out of tech into banks.", TECH, BANKS),
        ("Talk of a deal has fueled a rotation into energy from bonds.", "bonds", "energy"),
        ("Expectations of cuts quickly spurred a rotation from banks to tech.", BANKS, TECH),
    ],
)
def test_what_hopes_have_set_off_is_asserted(flows, text: str, left: str, entered: str) -> None:
    assert flows(text) == {(left, entered, "asserted")}


@pytest.mark.parametrize(
    "text",
    [
        "The prospect of a rotation out of tech into banks unsettled traders.",
        "Hopes of a rate cut could spark a rotation out of tech into small caps.",
        "Expectations that cuts would spark a rotation out of tech into small caps grew.",
        "Hopes for a rotation out of tech into banks have prompted buying.",
        "It is unclear whether hopes of a cut have sparked a rotation out of tech into banks.",
        "The sector rotation may be over. Tech rose and utilities fell.",
        "This rotation could already be coming to an end. Tech rose and utilities fell.",
        "The recent rotation might soon be reversing. Banks rallied while tech slumped.",
    ],
)
def test_what_may_end_or_come_is_not_asserted(flows, text: str) -> None:
    assert not [flow for flow in flows(text) if flow[2] == "asserted"]


def test_a_rotation_that_goes_on_is_asserted(flows) -> None:
    text = "The sector rotation is not over. Tech fell while utilities rallied."
    assert (TECH, "utilities", "asserted") in flows(text)
