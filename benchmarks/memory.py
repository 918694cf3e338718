"""Peak memory of `rotascope score --jsonl` over many articles, and how time grows with them.

The resident memory of the process is read ten times a second; flat means that the peak of the
last half is hardly above that of the first.  Time is compared between a tenth and all of them.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.common import ROOT, all_scored, arguments, articles, finish, machine


def main() -> None:
    """Run the benchmark."""
    import psutil

    options = arguments(__doc__, articles=10_000)
    started = machine()
    table = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for count in (options.articles // 10, options.articles):
            given, out = folder / "in.jsonl", folder / "out.jsonl"
            rows = articles(count)
            with given.open("w", encoding="utf-8") as file:
                file.writelines(json.dumps(row) + "\n" for row in rows)
            words = ["-m", "rotascope.cli.main", "score", "--jsonl", str(given)]
            start = time.perf_counter()
            process = subprocess.Popen([sys.executable, *words, "--output", str(out)], cwd=ROOT)
            watched, seen, cpu = psutil.Process(process.pid), [], 0.0
            while process.poll() is None:
                try:
                    family = [watched, *watched.children(recursive=True)]
                    seen.append(sum(each.memory_info().rss for each in family) / 1e6)
                    cpu = sum(sum(each.cpu_times()[:2]) for each in family)
                except psutil.Error:
                    pass
                time.sleep(0.1)
            wall = time.perf_counter() - start
            if process.returncode:
                sys.exit("rotascope score failed")
            all_scored(out, [row["id"] for row in rows])
            half = len(seen) // 2
            table.append(
                {
                    "articles": count,
                    "peak MB": max(seen),
                    "peak of the first half": max(seen[:half]),
                    "of the second": max(seen[half:]),
                    "seconds": wall,
                    "ms an article": wall / count * 1000,
                    "CPU ms an article": cpu / count * 1000,
                }
            )
            print(f"  {count} articles: {wall:.0f} s, {max(seen):.0f} MB", flush=True)
    growth = table[1]["CPU ms an article"] / table[0]["CPU ms an article"]
    title = "Memory and growth of time while scoring"
    finish("memory", title, table, started, growth=round(growth, 3))


if __name__ == "__main__":
    main()
