"""Writes what ships: the int8 network, its tokenizer, settings, and the table for ``nearest``."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import torch
from onnxruntime import InferenceSession
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer

from detente.coding.classifier import senses, with_markers
from training.frames import Example
from training.model import PairClassifier


def write(
    folder: Path,
    model: PairClassifier,
    tokenizer: Tokenizer,
    examples: Sequence[Example],
    figures: Mapping[str, object],
) -> None:
    """Exports ``model`` to ``folder``: ONNX with int8 weights, and everything beside it.

    Args:
        folder: where to write.
        model: the trained network.
        tokenizer: with the markers as tokens.
        examples: what ``nearest`` may find.
        figures: what was measured; its ``temperature`` calibrates.
    """
    folder.mkdir(parents=True, exist_ok=True)
    network = folder / "classifier.onnx"
    _quantised(model, network)
    tokenizer.save(str(folder / "tokenizer.json"))
    version = hashlib.sha256(network.read_bytes()).hexdigest()[:12]
    settings = {"version": version, "senses": list(senses()), **figures}
    (folder / "classifier.json").write_text(json.dumps(settings, indent=1) + "\n", "utf-8")
    lines = [f"{min(e.senses)}\t{e.origin}\t{e.marked.text}" for e in examples]
    (folder / "examples.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    vectors = _vectors(network, tokenizer, examples)
    scaled = np.round(127 * vectors / np.abs(vectors).max(axis=1, keepdims=True))
    np.save(folder / "examples.npy", scaled.astype(np.int8))


def _quantised(model: PairClassifier, to: Path) -> None:
    model.eval()
    tokens = torch.tensor([[101, 5, 102], [101, 6, 102]])
    index = torch.tensor([1, 0])
    names = ["tokens", "actor", "recipient"]
    axes = {"tokens": {0: "n", 1: "length"}, "actor": {0: "n"}, "recipient": {0: "n"}}
    with tempfile.TemporaryDirectory() as place:
        full = Path(place) / "full.onnx"
        torch.onnx.export(
            model,
            (tokens, index, index),
            str(full),
            input_names=names,
            output_names=["logits", "vector"],
            dynamic_axes=axes,
            opset_version=17,
            dynamo=False,
        )
        quantize_dynamic(full, to, weight_type=QuantType.QInt8, per_channel=True)


def _vectors(
    network: Path, tokenizer: Tokenizer, examples: Sequence[Example]
) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    session = InferenceSession(str(network), providers=["CPUExecutionProvider"])
    heads = [tokenizer.token_to_id(m) for m in ("[unused1]", "[unused3]")]
    found = []
    for example in examples:
        tokens = np.array([tokenizer.encode(with_markers(example.marked)).ids])
        at = [(tokens == head).argmax(axis=1) for head in heads]
        fed = {"tokens": tokens, "actor": at[0], "recipient": at[1]}
        found.append(session.run(["vector"], fed)[0][0])
    return np.stack(found)
