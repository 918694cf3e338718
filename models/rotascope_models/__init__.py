"""Sentiment models: the Protocol, its backends, training and the bundled weights."""
