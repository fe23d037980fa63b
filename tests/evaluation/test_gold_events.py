"""Our own hand-coded documents: every trigger is where its row says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from detente.ontology.plover import event_types, modes

GOLD = Path(__file__).parents[2] / "evaluation" / "gold"
SETS = ("events", "fresh")
ROWS = [
    (name, json.loads(line))
    for name in SETS
    for line in (GOLD / name / "events.jsonl").read_text(encoding="utf-8").splitlines()
]
STATUSES = {"done", "planned", "threatened", "alleged", "denied", "hypothetical", "negated"}


@pytest.mark.parametrize(("name", "doc"), sorted({(name, row["doc"]) for name, row in ROWS}))
def test_triggers_stand_where_they_are_said_to(name, doc):
    text = (GOLD / name / f"{doc}.txt").read_text(encoding="utf-8")
    for row in (row for _, row in ROWS if row["doc"] == doc):
        assert text[row["start"] : row["end"]] == row["trigger"]


@pytest.mark.parametrize("name", SETS)
def test_types_modes_and_statuses_are_the_codebook_s(name):
    told = [row for of, row in ROWS if of == name]
    assert len({row["doc"] for row in told}) >= 8
    for row in told:
        assert row["event_type"] in event_types()
        assert not row["mode"] or row["mode"] in modes()[row["event_type"]], row
        assert row["status"] in STATUSES
