"""Our own hand-coded documents: every trigger is where its row says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from detente.ontology.plover import event_types, modes

GOLD = Path(__file__).parents[2] / "evaluation" / "gold" / "events"
ROWS = [json.loads(line) for line in (GOLD / "events.jsonl").read_text().splitlines()]
STATUSES = {"done", "planned", "threatened", "alleged", "denied", "hypothetical", "negated"}


@pytest.mark.parametrize("doc", sorted({row["doc"] for row in ROWS}))
def test_triggers_stand_where_they_are_said_to(doc):
    text = (GOLD / f"{doc}.txt").read_text(encoding="utf-8")
    for row in (r for r in ROWS if r["doc"] == doc):
        assert text[row["start"] : row["end"]] == row["trigger"]


def test_types_modes_and_statuses_are_the_codebook_s():
    assert len({row["doc"] for row in ROWS}) >= 8
    for row in ROWS:
        assert row["event_type"] in event_types()
        assert not row["mode"] or row["mode"] in modes()[row["event_type"]], row
        assert row["status"] in STATUSES
