"""The trained classifier: which PLOVER type relates a marked actor to a marked recipient.

It stands beside the lexicon, for predicates that the lexicon does not decide. The network (a
six-layer MiniLM encoder, fine-tuned by ``training/train.py``; see ``training/CARD.md``) tells
*senses* apart, which are finer than PLOVER types (``tables/senses.csv``); a type's probability is
the sum over its senses. Runs on onnxruntime and tokenizers alone, about 200 sentences a second; the
same sentence gives the same figures whatever else it is given with.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from detente.errors import InputError, TableError
from detente.ontology.plover import event_types
from detente.ontology.table import packaged, rows

#: The type of a pair between which nothing happens.
NONE = "NONE"
Codebook = Literal["plover", "cameo"]
Span = tuple[int, int]
_LONGEST = 160
_BEFORE_ACTOR, _AFTER_ACTOR, _BEFORE_RECIPIENT, _AFTER_RECIPIENT = (
    f"[unused{n}]" for n in range(1, 5)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedSentence:
    """A sentence with the characters of its actor and recipient (end exclusive), where known."""

    text: str
    actor: Span | None = None
    recipient: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sense:
    """A sense: its PLOVER type, the type of what is planned, its mode, CAMEO's root type."""

    name: str
    event_type: str
    act: str
    mode: str
    cameo: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """A training example near a sentence: cosine similarity −1…1, its sense, text and origin."""

    similarity: float
    sense: str
    text: str
    origin: str


@cache
def senses() -> Mapping[str, Sense]:
    """All senses by name, in the order of the table.

    Raises:
        TableError: if a sense stands twice or belongs to no PLOVER type.
    """
    table = packaged("detente.coding", "senses.csv")
    known = {*event_types(), NONE}
    found: dict[str, Sense] = {}
    for line, row in rows(table, ("sense", "type", "act", "mode", "cameo")):
        strange = {row["type"], row["act"], row["cameo"]} - known
        if strange or row["sense"] in found:
            reason = f"unknown type {strange.pop()!r}" if strange else "this sense stands twice"
            raise TableError(str(table), line, reason)
        found[row["sense"]] = Sense(
            name=row["sense"],
            event_type=row["type"],
            act=row["act"],
            mode=row["mode"],
            cameo=row["cameo"],
        )
    return MappingProxyType(found)


def with_markers(marked: MarkedSentence) -> str:
    """The text with marker tokens around its actor and recipient.

    Where the two overlap (a country within a longer phrase) the inner markers nest.

    Raises:
        InputError: if a span is empty or lies outside the text.
    """
    inserts: list[tuple[int, int, int, str]] = []
    for span, before, after in (
        (marked.actor, _BEFORE_ACTOR, _AFTER_ACTOR),
        (marked.recipient, _BEFORE_RECIPIENT, _AFTER_RECIPIENT),
    ):
        if span is None:
            continue
        start, end = span
        if not 0 <= start < end <= len(marked.text):
            raise InputError(marked.text[:60], f"no characters {start}–{end} to mark")
        inserts.append((start, 1, -end, before))
        inserts.append((end, 0, -start, after))
    pieces, at = [], 0
    for position, _, _, token in sorted(inserts):
        pieces += [marked.text[at:position], f" {token} "]
        at = position
    return "".join((*pieces, marked.text[at:]))


class TypeClassifier:
    """Calibrated probabilities of PLOVER types for marked sentences. Make one with ``load``."""

    def __init__(self, session: Any, tokenizer: Any, settings: Mapping[str, Any]) -> None:
        self._session = session
        self._tokenizer = tokenizer
        self._temperature = float(settings["temperature"])
        self._labels: tuple[str, ...] = tuple(settings["senses"])
        self._heads = [tokenizer.token_to_id(t) for t in (_BEFORE_ACTOR, _BEFORE_RECIPIENT)]
        self._examples: tuple[tuple[str, str, str], ...] = ()
        self._vectors: NDArray[np.float32] = np.zeros((0, 1), np.float32)
        self._gate: tuple[NDArray[np.float64], float] | None = None
        self.version = str(settings["version"])

    @classmethod
    @cache
    def load(cls) -> TypeClassifier:
        """The classifier that ships with the package; loaded once a process.

        Raises:
            InputError: if its files are missing or belong to another table of senses.
        """
        with as_file(files("detente.coding") / "weights") as folder:
            return cls._from(folder)

    @classmethod
    def _from(cls, folder: Path) -> TypeClassifier:
        import onnxruntime as ort  # noqa: PLC0415 -- a command that codes nothing starts without it
        from tokenizers import Tokenizer  # noqa: PLC0415

        try:
            settings = json.loads((folder / "classifier.json").read_text(encoding="utf-8"))
            options = ort.SessionOptions()
            options.intra_op_num_threads = options.inter_op_num_threads = 1
            session = ort.InferenceSession(
                str(folder / "classifier.onnx"), options, providers=["CPUExecutionProvider"]
            )
        except OSError as error:
            raise InputError(str(folder), f"the classifier is not here: {error}") from None
        if set(settings["senses"]) != set(senses()):
            raise InputError(str(folder), "the weights are for another senses.csv; train anew")
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        tokenizer.enable_truncation(_LONGEST)
        tokenizer.no_padding()
        made = cls(session, tokenizer, settings)
        made._read_examples(folder)
        made._read_gate(folder / "gate.json")
        return made

    def _read_gate(self, file: Path) -> None:
        """The weights that tell from the vector whether anything happens; none while training."""
        if file.exists():
            gate = json.loads(file.read_text(encoding="utf-8"))
            self._gate = (np.array(gate["weights"]), float(gate["bias"]))

    def _read_examples(self, folder: Path) -> None:
        lines = (folder / "examples.tsv").read_text(encoding="utf-8").splitlines()
        self._examples = tuple((a, b, c) for a, b, c in (line.split("\t") for line in lines))
        vectors = np.load(folder / "examples.npy").astype(np.float32)
        self._vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)

    def types(
        self, marked: Sequence[MarkedSentence], codebook: Codebook = "plover"
    ) -> list[Mapping[str, float]]:
        """Probability of each PLOVER type, and of NONE, for each sentence; each sums to 1.

        Args:
            marked: any number of sentences.
            codebook: ``plover`` follows the PLOVER 2021 manual; ``cameo`` puts a sense under the
                type of CAMEO's category for it (an announced withdrawal AGREE, an embargo COERCE,
                a blockade ASSAULT, an apology SUPPORT, a verdict ACCUSE).
        """
        column = "cameo" if codebook == "cameo" else "event_type"
        return [self._summed(of, column) for of in self._probabilities(marked)]

    def senses(self, marked: Sequence[MarkedSentence]) -> list[Mapping[str, float]]:
        """Probability of each sense of ``tables/senses.csv`` for each sentence."""
        return [
            MappingProxyType(dict(zip(self._labels, of.tolist(), strict=True)))
            for of in self._probabilities(marked)
        ]

    def vectors(self, marked: Sequence[MarkedSentence]) -> NDArray[np.float32]:
        """The network's vectors of sentences, one row each: like ones lie near each other."""
        return self._run(marked)[1]

    def nearest(self, marked: MarkedSentence, k: int = 3) -> list[Neighbour]:
        """The ``k`` training examples whose vectors lie nearest, nearest first."""
        vector = self._run([marked])[1][0]
        similar = self._vectors @ (vector / np.linalg.norm(vector))
        best = np.argsort(-similar, kind="stable")[:k]
        return [
            Neighbour(
                similarity=float(similar[i]),
                sense=self._examples[i][0],
                origin=self._examples[i][1],
                text=self._examples[i][2],
            )
            for i in best
        ]

    def _summed(self, of: NDArray[np.float32], column: str) -> Mapping[str, float]:
        total = dict.fromkeys((*event_types(), NONE), 0.0)
        for name, share in zip(self._labels, of.tolist(), strict=True):
            total[getattr(senses()[name], column)] += share
        return MappingProxyType(total)

    def _probabilities(self, marked: Sequence[MarkedSentence]) -> NDArray[np.float32]:
        logits, vectors = self._run(marked)
        logits = logits / self._temperature
        powers = np.exp(logits - logits.max(axis=1, keepdims=True))
        shares: NDArray[np.float32] = powers / powers.sum(axis=1, keepdims=True)
        return shares if self._gate is None else self._gated(shares, vectors)

    def _gated(
        self, shares: NDArray[np.float32], vectors: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        """NONE's share as the gate has it, the others' in proportion."""
        assert self._gate is not None
        weights, bias = self._gate
        nothing = (1 / (1 + np.exp(-(vectors @ weights + bias)))).astype(np.float32)
        column = self._labels.index(NONE)
        others = np.delete(shares, column, axis=1).sum(axis=1, keepdims=True)
        shares = shares * (1 - nothing[:, None]) / others
        shares[:, column] = nothing
        return shares

    def _run(
        self, marked: Sequence[MarkedSentence]
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Logits (sentences × senses) and vectors (sentences × dimensions), in the given order."""
        encoded = self._tokenizer.encode_batch([with_markers(m) for m in marked])
        logits = np.zeros((len(encoded), len(self._labels)), np.float32)
        vectors = np.zeros((len(encoded), self._vectors.shape[1]), np.float32)
        for row, of in enumerate(encoded):
            # One at a time: the int8 network scales its inputs by the whole batch, so that in
            # batches a sentence's figures would depend on its neighbours (and cost only 20 % less).
            tokens = np.array([of.ids], np.int64)
            # argmax finds the marker; where there is none it is 0, which is [CLS].
            actor, recipient = ((tokens == head).argmax(axis=1) for head in self._heads)
            fed = {"tokens": tokens, "actor": actor, "recipient": recipient}
            logits[row], vectors[row] = (out[0] for out in self._session.run(None, fed))
        return logits, vectors
