"""`rotascope info --max-age`: whether the store is kept up to date, for cron and monitors."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import click

from rotascope.cli.common import App, echo_json, now
from rotascope.wording import plural

if TYPE_CHECKING:
    from rotascope.store.info import Pulse

EXIT_STALE = 1


def tell_pulse(app: App, max_age: str, *, as_json: bool) -> int:
    """Say how old things are: on stdout where all is well, else on stderr; the exit code."""
    from rotascope.schedule import parse_interval

    limit, moment = parse_interval(max_age), now()
    with app.store(create=False, read_only=True) as store:
        pulse = store.pulse(before=moment + limit)
    problems = stale(pulse, limit, moment)
    if as_json:
        echo_json(
            {
                "problems": problems,
                "last_collected": pulse.last_collected,
                "waiting": pulse.waiting,
                "waiting_since": pulse.waiting_since,
                "failing": pulse.failing,
            }
        )
    elif not problems:
        click.echo(f"{_collected(pulse, moment)}; {_waiting(pulse)}")
    for problem in problems:
        click.echo(f"error: {problem}", err=True)
    return EXIT_STALE if problems else 0


def stale(pulse: Pulse, limit: timedelta, moment: datetime) -> list[str]:
    """What is older than `limit` at `moment`, each with what to look at."""
    found = []
    if pulse.last_collected is None or moment - pulse.last_collected > limit:
        found.append(
            f"{_collected(pulse, moment)}; look whether `rotascope ingest` runs and what its log"
            " says"
        )
    if pulse.waiting_since is not None and moment - pulse.waiting_since > limit:
        since = f"{pulse.waiting_since:%Y-%m-%d %H:%M} UTC"
        found.append(
            f"{_waiting(pulse)}, the first of a feed since {since};"
            " `rotascope analyze` works them off, or says why it cannot"
        )
    if pulse.failing is not None:
        found.append(
            f"the latest texts could all not be analysed ({pulse.failing}); mend that, then"
            " `rotascope analyze --failed`"
        )
    return found


def _collected(pulse: Pulse, moment: datetime) -> str:
    if pulse.last_collected is None:
        return "no feed was ever read"
    age = _age(moment - pulse.last_collected)
    return f"a feed was read last {age} ago ({pulse.last_collected:%Y-%m-%d %H:%M} UTC)"


def _age(gap: timedelta) -> str:
    minutes = max(0, round(gap.total_seconds() / 60))
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    if days:
        return f"{days} d {hours} h"
    return f"{hours} h {minutes} min" if hours else f"{minutes} min"


def _waiting(pulse: Pulse) -> str:
    return f"{plural(pulse.waiting, 'text waits', 'texts wait')} for analysis"
