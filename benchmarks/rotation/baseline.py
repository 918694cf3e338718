"""What words and patterns alone reach: a peer for the rotation benchmark.

    python benchmarks/rotation/baseline.py benchmarks/rotation/rotation.jsonl

A group is a word of a short list; a flow is a group behind "from", "out of", "away from" and one
behind "into", "to", "toward" within twelve words, or one of the two; "not" and "no" deny, modals
and "if" suppose.  No parser, no model.
"""

from __future__ import annotations

import argparse
import json
import re
from dataclasses import dataclass, field
from pathlib import Path

from rotascope.errors import RotascopeError
from rotascope.evaluate.rotation import evaluate_rotation
from rotascope_nlp.types import Flow, FlowStatus

WORDS = {
    "tech": "information_technology",
    "technology": "information_technology",
    "software": "information_technology",
    "chipmakers": "information_technology",
    "semiconductors": "information_technology",
    "banks": "financials",
    "bank": "financials",
    "financials": "financials",
    "insurers": "financials",
    "energy": "energy",
    "oil": "energy",
    "utilities": "utilities",
    "staples": "consumer_staples",
    "retailers": "consumer_discretionary",
    "homebuilders": "consumer_discretionary",
    "health": "health_care",
    "biotech": "health_care",
    "drugmakers": "health_care",
    "industrials": "industrials",
    "airlines": "industrials",
    "materials": "materials",
    "miners": "materials",
    "reits": "real_estate",
    "value": "value",
    "growth": "growth",
    "small": "small_caps",
    "large": "large_caps",
    "magnificent": "mega_caps",
    "megacaps": "mega_caps",
    "cyclicals": "cyclicals",
    "defensives": "defensives",
    "defensive": "defensives",
    "bonds": "bonds",
    "gold": "gold",
    "cash": "cash",
}
OUT = re.compile(r"\b(?:from|out of|away from|abandon\w*|dump\w*|fled|fle\w+|ditch\w*)\b")
INTO = re.compile(r"\b(?:into|to|towards?|for|in favor of)\b")
NO = re.compile(r"\b(?:no|not|never|n't)\b|n't")
MAYBE = re.compile(r"\b(?:if|may|might|could|should|would|will|expects?)\b|\?")


@dataclass
class Reading:
    flows: list[Flow]
    groups: list[object] = field(default_factory=list)


def read(text: str) -> Reading:
    """Flows by position alone."""
    flows = []
    for sentence in re.split(r"(?<=[.?!])\s", text.lower()):
        left = _behind(OUT, INTO, sentence)
        entered = _behind(INTO, OUT, sentence)
        status: FlowStatus = (
            "denied"
            if NO.search(sentence)
            else "hypothetical"
            if MAYBE.search(sentence)
            else "asserted"
        )
        for one in left or [None]:
            for other in entered or [None]:
                if one != other:
                    flows.append(Flow(one, other, status, 0.5, "text", 0, 1, sentence))
    return Reading(flows)


def _behind(mark: re.Pattern[str], stop: re.Pattern[str], sentence: str) -> list[str | None]:
    found: list[str | None] = []
    for match in mark.finditer(sentence):
        rest = stop.split(sentence[match.end() :])[0]
        words = re.findall(r"[a-z]+", rest)[:12]
        found += [WORDS[word] for word in words if word in WORDS]
    return list(dict.fromkeys(found))


def main() -> None:
    """Print the figures of one file as JSON."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "data", type=Path, help="labelled passages, such as benchmarks/rotation/rotation.jsonl"
    )
    data = parser.parse_args().data
    try:
        figures = evaluate_rotation(data, analyze=read)  # type: ignore[arg-type]
    except (RotascopeError, OSError) as error:
        parser.error(str(error))
    print(json.dumps(figures.as_dict(), indent=2))


if __name__ == "__main__":
    main()
