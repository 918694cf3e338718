"""The clause around a target, for a model that reads no markers."""

from __future__ import annotations

import re

from rotascope_models.base import Example

_BREAK = re.compile(
    r"[;:—–]\s|\s--?\s|,\s(?:while|but|as|whereas|although|though|and|yet|with|even)\b\s?"
    r"|\s(?:while|but|whereas|although|though|as|even as)\s"
)
_MIN_WORDS = 3
"""A clause of fewer words ("as energy soars" has three) says too little by itself."""


def clause(example: Example) -> str:
    """The part of the text between clause breaks that holds the target; the whole text for none.

    A clause of fewer than three words grows by its neighbours.
    """
    if example.start is None or example.end is None:
        return example.text.strip()
    cuts = [0, len(example.text)]
    for found in _BREAK.finditer(example.text):
        if found.end() <= example.start or found.start() >= example.end:
            cuts.append(found.start())
    cuts.sort()
    left = max(i for i, cut in enumerate(cuts) if cut <= example.start)
    left = min(left, len(cuts) - 2)
    right = left + 1
    while right < len(cuts) - 1 and cuts[right] < example.end:
        right += 1
    while len(example.text[cuts[left] : cuts[right]].split()) < _MIN_WORDS:
        if left > 0:
            left -= 1
        elif right < len(cuts) - 1:
            right += 1
        else:
            break
    return example.text[cuts[left] : cuts[right]].strip(" ,;:—–-\n\t")
