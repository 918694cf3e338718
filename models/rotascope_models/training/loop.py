"""One training loop for all: length-sorted batches, bf16, hard and soft labels together."""

from __future__ import annotations

import logging
import math
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from rotascope_models.base import LABELS, ROLES, Example, Probabilities
from rotascope_models.markers import mark

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Item:
    """A text to learn: token ids and the probabilities wanted (hard labels: one-hot, smoothed).

    `roles`: the same for what its target is in a flow, as `ROLES`.  Either may be None: not known.
    """

    ids: list[int]
    wanted: tuple[float, ...] | None
    roles: tuple[float, ...] | None = None
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Settings:
    """How to train.

    `saves`: epochs after which to save.  `minutes`: wall-clock limit; the rate then decays by time
    instead of by step, so that a run that was cut short still ends at rate zero.  `dropout`: share
    of hidden values; without any a step takes a quarter less time.
    """

    rate: float = 5e-5
    batch: int = 32
    epochs: float = 2.0
    warmup: float = 0.06
    decay: float = 0.01
    dropout: float = 0.1
    seed: int = 17
    threads: int = 2
    frozen_layers: int = 0
    saves: tuple[float, ...] = field(default=())
    minutes: float | None = None


def smoothed(label: int, amount: float = 0.05, *, of: int = len(LABELS)) -> tuple[float, ...]:
    """One-hot of `label`, `amount` of it spread over all `of` labels."""
    wanted = [amount / of] * of
    wanted[label] += 1.0 - amount
    return tuple(wanted)


def encode(tokenizer: Any, examples: Sequence[Example]) -> list[list[int]]:
    """Token ids of the marked texts; training texts are short enough never to be cut."""
    return [e.ids for e in tokenizer.encode_batch([mark(x) for x in examples])]


def batches(lengths: Sequence[int], size: int, rng: random.Random) -> list[list[int]]:
    """Indices in batches of like length, in random order."""
    order = sorted(range(len(lengths)), key=lambda i: lengths[i] + rng.uniform(0, 2))
    chunks = [order[i : i + size] for i in range(0, len(order), size)]
    rng.shuffle(chunks)
    return chunks


def padded(ids: Sequence[list[int]], pad: int) -> tuple[Any, Any]:
    """Ids and attention mask as tensors."""
    import torch

    width = -(-max(len(x) for x in ids) // 8) * 8  # few widths: oneDNN compiles for each shape
    tokens = torch.full((len(ids), width), pad, dtype=torch.long)
    mask = torch.zeros((len(ids), width), dtype=torch.long)
    for row, x in enumerate(ids):
        tokens[row, : len(x)] = torch.tensor(x)
        mask[row, : len(x)] = 1
    return tokens, mask


def train(
    model: Any,
    items: Sequence[Item],
    settings: Settings,
    *,
    on_save: Callable[[float], None] | None = None,
) -> None:
    """Train `model` in place on `items`: soft cross entropy, AdamW, linear warmup and decay."""
    import torch

    torch.manual_seed(settings.seed)
    torch.set_num_threads(settings.threads)
    torch.set_flush_denormal(True)
    rng = random.Random(settings.seed)
    _freeze(model, settings.frozen_layers)
    _drop(model, settings.dropout)
    groups = _decay_groups(model, settings.decay)
    optimizer = torch.optim.AdamW(groups, lr=settings.rate, fused=True)  # 8 times as fast here
    per_epoch = math.ceil(len(items) / settings.batch)
    total = round(per_epoch * settings.epochs)
    warm = max(1, round(total * settings.warmup))
    limit = settings.minutes * 60 if settings.minutes else math.inf
    saves = {round(per_epoch * at): at for at in settings.saves}
    lengths = [len(x.ids) for x in items]
    pad = int(model.config.pad_token_id or 0)
    model.train()
    step, since, running, done = 0, time.monotonic(), 0.0, 0.0
    while done < 1:
        for chunk in batches(lengths, settings.batch, rng):
            done = max(step / total, (time.monotonic() - since) / limit)
            if done >= 1:
                break
            for group in optimizer.param_groups:
                group["lr"] = settings.rate * min((step + 1) / warm, 1 - done)
            loss = _loss(model, [items[i] for i in chunk], pad)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            step += 1
            running += float(loss.detach())
            if step % 25 == 0:
                spent = time.monotonic() - since
                log.info("step %d/%d loss %.4f %.0f s", step, total, running / 25, spent)
                running = 0.0
            if step in saves and on_save is not None:
                on_save(saves[step])
                model.train()
    model.eval()


def _loss(model: Any, chunk: Sequence[Item], pad: int) -> Any:
    import torch

    tokens, mask = padded([x.ids for x in chunk], pad)
    unknown = (0.0,) * len(LABELS), (0.0,) * len(ROLES)
    wanted = torch.tensor([x.wanted or unknown[0] for x in chunk])
    roles = torch.tensor([x.roles or unknown[1] for x in chunk])
    weight = torch.tensor([x.weight for x in chunk])
    with torch.autocast("cpu", dtype=torch.bfloat16):
        logits = model(input_ids=tokens, attention_mask=mask).logits.float()
    each = _cross_entropy(wanted, logits[:, : len(LABELS)])
    if logits.shape[1] > len(LABELS):
        each = each + _cross_entropy(roles, logits[:, len(LABELS) :])
    return (each * weight).sum() / weight.sum()


def _cross_entropy(wanted: Any, logits: Any) -> Any:
    import torch

    return -(wanted * torch.log_softmax(logits, dim=-1)).sum(dim=-1)


def _drop(model: Any, share: float) -> None:
    import torch

    for module in model.modules():
        if isinstance(module, torch.nn.Dropout) and module.p > 0:  # 0: of the attention
            module.p = share


def _freeze(model: Any, layers: int) -> None:
    if not layers:
        return
    encoder = model.base_model
    for parameter in encoder.embeddings.parameters():
        parameter.requires_grad_(False)
    for layer in encoder.encoder.layer[:layers]:
        for parameter in layer.parameters():
            parameter.requires_grad_(False)


def _decay_groups(model: Any, decay: float) -> list[dict[str, Any]]:
    named = [(n, p) for n, p in model.named_parameters() if p.requires_grad]
    plain = [p for n, p in named if p.ndim < 2 or "LayerNorm" in n]
    decayed = [p for n, p in named if not (p.ndim < 2 or "LayerNorm" in n)]
    return [{"params": decayed, "weight_decay": decay}, {"params": plain, "weight_decay": 0.0}]


def logits_of(
    model: Any, ids: Sequence[list[int]], *, batch: int = 64, bf16: bool = False
) -> npt.NDArray[np.float32]:
    """Logits of shape (len(ids), 3), in the order of `ids`."""
    return outputs_of(model, ids, batch=batch, bf16=bf16)[:, : len(LABELS)]


def outputs_of(
    model: Any, ids: Sequence[list[int]], *, batch: int = 64, bf16: bool = False
) -> npt.NDArray[np.float32]:
    """Logits of all outputs, those of the roles behind the labels' where the model has them."""
    import torch

    model.eval()
    out = np.zeros((len(ids), model.config.num_labels), dtype=np.float32)
    order = sorted(range(len(ids)), key=lambda i: len(ids[i]))
    pad = int(model.config.pad_token_id or 0)
    with torch.inference_mode(), torch.autocast("cpu", dtype=torch.bfloat16, enabled=bf16):
        for i in range(0, len(order), batch):
            chunk = order[i : i + batch]
            tokens, mask = padded([ids[k] for k in chunk], pad)
            out[chunk] = model(input_ids=tokens, attention_mask=mask).logits.float().numpy()
    return out


def softmax(logits: npt.NDArray[np.float32], temperature: float = 1.0) -> Probabilities:
    """Rows of probabilities."""
    scaled = (logits - logits.max(axis=1, keepdims=True)) / temperature
    powers = np.exp(scaled)
    return np.asarray(powers / powers.sum(axis=1, keepdims=True), dtype=np.float32)
