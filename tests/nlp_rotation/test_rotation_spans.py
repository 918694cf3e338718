"""Words that name two groups: where one of them is an end, the model adds no flow of the other."""

from __future__ import annotations

import numpy as np

from rotascope.completion import VERY_SURE, completed, lean_of, told
from rotascope.types import MentionScore, Sentiment
from rotascope_models.base import ROLES
from rotascope_nlp.types import Flow, Mention, Sentence

SENTENCES = (Sentence("text", 0, 60),)
BOTH = ("consumer_discretionary", "consumer_staples")


def scored() -> MentionScore:
    mention = Mention(
        field="text", start=10, end=25, text="consumer stocks", kind="group", method="name",
        confidence=1.0, sentence=0, groups=BOTH,
    )  # fmt: skip
    return MentionScore(mention, Sentiment(0.0, 0.0, 1.0), 1.0)


def test_the_other_group_of_an_end_is_neither_partner_nor_claim() -> None:
    flow = Flow(None, BOTH[0], "hypothetical", 0.8, "text", 0, 60, "so it says")
    entered = np.zeros(len(ROLES))
    entered[ROLES.index("entered, asserted")] = (1 + VERY_SURE) / 2
    mentions, leans = [scored()], [lean_of(scored(), entered)]
    assert completed([flow], mentions, leans, SENTENCES, around=0, text_of=lambda _: "") == (flow,)
    more = told([flow], mentions, leans, SENTENCES, text_of=lambda _: " " * 60, together=True)
    assert more == ()
