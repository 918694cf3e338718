"""Measure a model, or the rotation rules, on labelled data."""
