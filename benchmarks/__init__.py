"""Benchmarks: each runs by `python -m benchmarks.NAME`, with its peer in the same run, in turns."""
