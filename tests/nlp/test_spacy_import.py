"""What the language stage leaves unimported, and that it can be imported afterwards."""

from __future__ import annotations

import subprocess
import sys

CODE = """
import sys
from rotascope_nlp.spacy_import import import_spacy
spacy = import_spacy()
held = [name for name in ("torch", "httpx", "spacy.cli") if name in sys.modules]
assert not held, held
assert spacy.blank("en")("Shares rose.")[0].text == "Shares"
import spacy.cli
assert callable(spacy.cli.info)
"""


def test_spacy_comes_without_torch_and_command_line() -> None:
    done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
