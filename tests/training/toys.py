"""Classifiers of toy size."""

from __future__ import annotations

from typing import Any

import torch
import transformers


def toy(seed: int = 0, *, vocabulary: int = 20) -> Any:
    """A BERT of one layer of width 16 with random weights, without dropout."""
    config = transformers.BertConfig(**_shape(vocabulary), max_position_embeddings=32)
    torch.manual_seed(seed)
    return transformers.BertForSequenceClassification(config)


def toy_mpnet(seed: int = 0, *, vocabulary: int = 20) -> Any:
    """The same as `toy`, with the two-layer head of MPNet."""
    config = transformers.MPNetConfig(**_shape(vocabulary), max_position_embeddings=34)
    torch.manual_seed(seed)
    return transformers.MPNetForSequenceClassification(config)


def _shape(vocabulary: int) -> dict[str, Any]:
    return {
        "vocab_size": vocabulary,
        "hidden_size": 16,
        "num_hidden_layers": 1,
        "num_attention_heads": 2,
        "intermediate_size": 32,
        "num_labels": 3,
        "hidden_dropout_prob": 0.0,
        "attention_probs_dropout_prob": 0.0,
    }
