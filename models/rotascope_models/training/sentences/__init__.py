"""Sentences of our own: written by hand, and by grammars that are written by hand.

The `.txt` files hold one template a line, `LABEL | text`, LABEL being that of the whole text
(`+`, `-`, `0`, or `?` where it has none); `grammar.py` says how a template reads, and `slots.py`
holds the words and numbers that fill it.
"""
