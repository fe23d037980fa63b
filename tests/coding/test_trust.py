"""How far a coding by the lexicon is trusted: by its traits, and as often as it is right."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.coding import trust as module
from detente.coding.coder import Coder
from detente.coding.events import mentions
from detente.coding.language import language
from detente.coding.mention import Mention
from detente.coding.participants import Participants
from detente.coding.trust import TRAITS, log_odds, traits, trust
from detente.errors import TableError
from detente.records import Report
from evaluation.confidence import auc, calibration_error, evaluate

GOLD = Path(__file__).parents[2] / "evaluation/gold/dyads/events.jsonl"


def told(text: str) -> Mention:
    doc = language()(text)
    return mentions(doc, Participants(doc))[0]


def test_what_a_main_clause_plainly_tells_is_surest() -> None:
    plain, negated = told("France condemned Iran."), told("France did not condemn Iran.")
    assert list(traits(plain)) == ["always", "main clause"]
    assert list(traits(negated)) == ["always", "main clause", "open"]
    assert trust(plain) > trust(negated)


@pytest.mark.parametrize(
    ("text", "trait"),
    [
        ("Norway plans to send troops to Chad.", "governed"),
        ("Merkel's visit to Ankara angered Athens.", "nominal"),
        ("The minister said that France had condemned Iran.", "told"),
    ],
)
def test_traits_that_make_a_coding_less_sure(text: str, trait: str) -> None:
    assert trait in traits(told(text))
    assert log_odds()[trait] < 0


def test_every_event_by_the_lexicon_carries_its_trust() -> None:
    text = "France condemned Iran. Chad refused to meet the envoy of Mali, who had met Kagame."
    shares = [e.confidence for e in Coder().code(Report(id="r", text=text))]
    assert len(set(shares)) > 1
    assert all(0.3 <= share <= 0.97 for share in shares)


def test_a_table_of_other_traits_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    table = tmp_path / "trust.csv"
    table.write_text("trait,log_odds,meaning\nalways,2,the offset\n", encoding="utf-8")
    monkeypatch.setattr(module, "packaged", lambda *_: table)
    with pytest.raises(TableError, match=TRAITS[1]):
        module._table.__wrapped__()
    table.write_text("trait,log_odds,meaning\nalways,much,the offset\n", encoding="utf-8")
    with pytest.raises(TableError, match="no number"):
        module._table.__wrapped__()


def test_calibration_error_is_the_gap_between_said_and_right() -> None:
    exact = [(0.75, n % 4 != 0) for n in range(40)]
    assert calibration_error(exact) == pytest.approx(0.0)
    assert calibration_error([(0.9, False)] * 10) == pytest.approx(0.9)
    assert calibration_error([(0.25, n % 4 != 0) for n in range(40)]) == pytest.approx(0.5)


def test_surer_when_right_is_told_from_surer_when_wrong() -> None:
    assert auc([(0.9, True), (0.8, True), (0.4, False)]) == 1
    assert auc([(0.9, False), (0.4, True), (0.9, True)]) == 0.25
    assert auc([(0.9, True)]) == 0.5


def test_confidence_is_calibrated_and_tells_right_from_wrong() -> None:
    result = evaluate(GOLD)
    assert result.metrics["calibrated"] > 0.9
    assert result.metrics["auc"] > 0.6
    assert len(result.predictions) == result.metrics["coded"]
