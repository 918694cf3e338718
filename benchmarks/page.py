"""Write the tables of docs/benchmarks.md anew from results: `python -m benchmarks.page`."""

from __future__ import annotations

import json
from typing import Any

from benchmarks.common import RESULTS, ROOT, table

PAGE = ROOT / "docs" / "benchmarks.md"
MARK = "<!-- figures: written by python -m benchmarks.page -->"
ORDER = ("model", "end_to_end", "start", "ingest", "export", "memory")
_SHOWN_ABOVE = {"name", "title", "command", "measured", "machine", "rows"}


def main() -> None:
    """Rewrite everything below the mark."""
    head = PAGE.read_text("utf-8").partition(MARK)[0]
    paths = [RESULTS / f"{name}.json" for name in ORDER]
    results = [json.loads(path.read_text("utf-8")) for path in paths if path.is_file()]
    body = "\n\n".join(_section(result) for result in results)
    PAGE.write_text(f"{head}{MARK}\n\n{body}\n", encoding="utf-8")


def _section(result: dict[str, Any]) -> str:
    machine = result["machine"]
    libraries = ", ".join(f"{k} {v}" for k, v in machine["libraries"].items())
    busy = (
        f" **The machine was busy with other work (load {machine['load']} on {machine['cores']} "
        "cores): seconds are too long, ratios within the run and CPU times hold better.**"
        if machine["busy"]
        else ""
    )
    more = {k: v for k, v in result.items() if k not in _SHOWN_ABOVE}
    notes = "; ".join(f"{k.replace('_', ' ')}: {_plain(v)}" for k, v in more.items())
    return (
        f"### {result['title']}\n\n"
        f"`{result['command']}`, {result['measured']}, on {machine['cores']} cores of "
        f"{machine['cpu']}, {machine['memory_gb']} GB, {machine['system']}; {libraries}.{busy}\n\n"
        f"{table(result['rows'])}\n" + (f"\n{notes}\n" if notes else "")
    ).rstrip()


def _plain(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{k} {v}" for k, v in value.items())
    return str(value)


if __name__ == "__main__":
    main()
