"""Wall time of whole processes: `--help` and `score` on one article, against their peers.

`--help` is held against `python -c pass`; `score` on an article of 600 words against a process
that loads the FinBERT pipeline from its folder and runs it on the sentences of that article.
"""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path

from benchmarks.common import (
    arguments,
    command,
    finbert_folder,
    finish,
    in_turns,
    machine,
    python,
    sentences,
)

PIPELINE = """
import sys
from pathlib import Path
from transformers import pipeline
pipe = pipeline("text-classification", model=sys.argv[1], device="cpu", truncation=True)
pipe(Path(sys.argv[2]).read_text().splitlines(), batch_size=16)
"""
PASS, HELP = "python -c pass", "rotascope --help"
FINBERT, SCORE = "load FinBERT's pipeline and run it", "rotascope score FILE"


def main() -> None:
    """Run the benchmark."""
    options = arguments(__doc__, turns=7)
    started = machine()
    text = _article(600)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        checkpoint = str(finbert_folder(folder / "finbert"))
        lines, article = folder / "lines.txt", folder / "article.txt"
        lines.write_text("\n".join(text), encoding="utf-8")
        article.write_text(" ".join(text), encoding="utf-8")
        command("score", str(article))  # the first run after an update compiles the model
        timed = in_turns(
            {
                PASS: lambda _: len(python("-c", "pass")) + 1,
                HELP: lambda _: bool(command("--help")),
                FINBERT: lambda _: bool(python("-c", PIPELINE, checkpoint, str(lines)) or 1),
                SCORE: lambda _: bool(command("score", str(article))),
            },
            options.turns,
        )
    seconds = {name: statistics.median(each.wall) for name, each in timed.items()}
    cpu = {name: statistics.median(each.cpu) for name, each in timed.items()}
    rows = [
        {
            "what": name,
            "seconds": seconds[name],
            "ratio": seconds[name] / seconds[base],
            "CPU seconds": cpu[name],
            "CPU ratio": cpu[name] / cpu[base],
            "against": base,
        }
        for name, base in ((PASS, PASS), (HELP, PASS), (FINBERT, FINBERT), (SCORE, FINBERT))
    ]
    words = sum(len(line.split()) for line in text)
    finish("start", "Start: wall time of a process", rows, started, words=words, lines=len(text))


def _article(words: int) -> list[str]:
    """Sentences of our own with that many words in all."""
    found: list[str] = []
    for text in sentences(200):
        if sum(len(line.split()) for line in found) >= words:
            break
        found.append(text.rstrip(".") + ".")
    return found


if __name__ == "__main__":
    main()
