"""The factuality evaluation on words of our own."""

import json
from pathlib import Path

import pytest

from evaluation.factuality import class_of, evaluate


@pytest.mark.parametrize(
    ("score", "name"),
    [
        (3.0, "happened"),
        (1.5, "happened"),
        (1.4, "uncertain"),
        (-1.4, "uncertain"),
        (-1.5, "did not"),
    ],
)
def test_bounds_of_the_classes(score: float, name: str) -> None:
    assert class_of(score) == name


def test_figures_and_rows(tmp_path: Path) -> None:
    sentences = [
        ("The army attacked the town .", 2, 3.0),
        ("The army may attack the town .", 3, 0.5),
        ("The army did n't attack the town .", 4, -3.0),
        ("`` The army attacked the town , '' he said .", 3, -3.0),
    ]
    rows = [
        {"text": text, "targets": [{"span1": [at, at + 1], "label": label}]}
        for text, at, label in sentences
    ]
    path = tmp_path / "uw.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)) + "\n", encoding="utf-8")
    result = evaluate(path)
    assert result.metrics["words"] == 4
    assert result.metrics["f1_uncertain"] == 1.0
    assert result.metrics["f1_did_not"] == pytest.approx(
        2 / 3, abs=1e-4
    )  # the last is labelled wrongly
    assert [row["word"] for row in result.predictions] == [
        "attacked",
        "attack",
        "attack",
        "attacked",
    ]
    assert result.predictions[0]["predicted"] == 3.0
