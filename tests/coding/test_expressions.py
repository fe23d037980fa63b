"""Expressions of the field, type by type: each sentence must tell its type, or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from detente.coding.coder import Coder
from detente.ontology.plover import event_types
from detente.records import Report

LINES = Path(__file__).with_name("expressions.tsv").read_text(encoding="utf-8").splitlines()
EXPRESSIONS = [tuple(line.split("\t")) for line in LINES if not line.startswith("#")]


@pytest.fixture(scope="module")
def told() -> Mapping[str, set[str]]:
    """The types coded of each sentence."""
    reports = [Report(id=str(n), text=text) for n, (_, text) in enumerate(EXPRESSIONS)]
    return {r.text: {e.event_type for e in events} for r, events in Coder().code_many(reports)}


@pytest.mark.parametrize("kind", sorted({kind for kind, _ in EXPRESSIONS}))
def test_each_expression_tells_its_type(kind: str, told: Mapping[str, set[str]]) -> None:
    wanted = set() if kind == "-" else {kind}
    sentences = [text for of, text in EXPRESSIONS if of == kind]
    wrong = {s: told[s] for s in sentences if not (wanted <= told[s] if wanted else not told[s])}
    assert not wrong


def test_every_type_has_its_expressions() -> None:
    assert {kind for kind, _ in EXPRESSIONS} == {*event_types(), "-"}
