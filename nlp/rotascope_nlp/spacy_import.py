"""spaCy without what it imports beside its purpose: half of a short run was spent on that.

On import spaCy loads torch if it is installed (1.8 s of CPU time where numpy does the work all the
same) and its command line with an HTTP client (0.4 s).  Neither is read by the small pipelines.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any


def import_spacy(*, torch: bool = False) -> Any:
    """The module spacy.  `torch`: let it use torch, as a transformer pipeline needs.

    What is held back can still be imported afterwards by whoever needs it.
    """
    if "spacy" in sys.modules:
        return sys.modules["spacy"]
    info = ModuleType("spacy.cli.info")
    info.info = None  # type: ignore[attr-defined]
    stand_ins: dict[str, Any] = {"spacy.cli": ModuleType("spacy.cli"), "spacy.cli.info": info}
    if not torch and "torch" not in sys.modules:
        stand_ins["torch"] = None  # an import of it then fails, as if it were not installed
    sys.modules.update(stand_ins)
    try:
        import spacy
    finally:
        for name in stand_ins:
            sys.modules.pop(name, None)
    return spacy


def prefer_numpy(nlp: Any) -> Any:
    """Multiply matrices with numpy's BLAS instead of the one that comes with thinc.

    Same tags and parse on 60 articles, in half the CPU time on a CPU with AVX-512.  Returns a
    context manager maker that holds that BLAS to one thread, within which `nlp` must be used: more
    threads cost more than they give on such small matrices, and on a busy machine very much.
    """
    from threadpoolctl import ThreadpoolController

    for _, component in nlp.pipeline:
        model: Any = getattr(component, "model", None)
        for node in model.walk() if hasattr(model, "walk") else ():
            if hasattr(node.ops, "use_blis"):
                node.ops.use_blis = False
    blas = ThreadpoolController().select(user_api="blas")
    return lambda: blas.limit(limits=1)
