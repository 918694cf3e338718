"""Feed collectors: retrieve, parse, extract, dedupe, collect, archive."""
