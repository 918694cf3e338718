"""The first call from several threads at once, in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys

CODE = """
import json, sys, threading
import pandas as pd
import rotascope
from rotascope import pipeline

sys.setswitchinterval(1e-5)
load, loaded, found, ready = pipeline.load_sentiment, [], [], threading.Barrier(4)

def counted(chosen):
    loaded.append(chosen.name)
    return load(chosen)

pipeline.load_sentiment = counted

def ask(number):
    ready.wait()
    try:
        text = "Utilities rose."
        if number % 2:
            found.append(rotascope.analyze(text).overall.score)
        else:
            found.append(rotascope.score_frame(pd.DataFrame({"text": [text]}))["score"].iloc[0])
    except BaseException as exc:
        found.append(repr(exc))

threads = [threading.Thread(target=ask, args=(number,)) for number in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(json.dumps([found, loaded]))
"""


def test_first_calls_at_once_load_one_model_and_all_have_answers() -> None:
    command = [sys.executable, "-c", CODE]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found, loaded = json.loads(done.stdout)
    assert len(found) == 4
    assert all(isinstance(score, float) for score in found), found
    assert len({round(score, 6) for score in found}) == 1
    assert loaded == ["bundled"]
