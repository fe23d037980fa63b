from datetime import UTC, date, datetime

import pytest

from detente.brief.language import refused_wording
from detente.records import Backtest, CitedSentence, Dyad, Forecast, Question
from tests.making import made_report, passage

REPORT = made_report("The record of the dyad. A summit is likely, Ushakov said.")
PASSAGE = passage(REPORT, "The record of the dyad.")


def forecast(probability: float) -> Forecast:
    question = Question(
        dyad=Dyad(actor="USA", recipient="RUS"),
        event_types=("CONSULT",),
        opens=date(2018, 11, 1),
        closes=date(2018, 11, 30),
    )
    backtest = Backtest(
        forecaster="base rate",
        questions=40,
        brier=0.2,
        log_score=0.6,
        skill={"base rate": (0.0, 0.0, 0.0)},
        calibration=((0.5, 0.5, 40),),
        calibration_error=0.0,
    )
    return Forecast(
        question=question,
        probability=probability,
        issued=datetime(2018, 10, 24, tzinfo=UTC),
        forecaster="base rate",
        backtest=backtest,
    )


def wording(text: str, probability: float | None = None) -> str:
    behind = forecast(probability) if probability is not None else None
    return refused_wording(CitedSentence(text=text, evidence=(PASSAGE,), forecast=behind))


@pytest.mark.parametrize(
    ("text", "probability"),
    [("A meeting is likely (62 %).", 0.62), ("A meeting is very unlikely (11 %).", 0.11)],
)
def test_a_word_with_its_number_stands(text, probability):
    assert wording(text, probability) == ""


@pytest.mark.parametrize(
    ("text", "probability", "why"),
    [
        ("A meeting is likely.", None, "without a number"),
        ("A meeting is likely (11 %).", 0.11, "does not mean"),
        ("A meeting is likely and perhaps probable.", 0.62, "another scale"),
        ("A meeting is likely, with high confidence.", 0.62, "confidence"),
        ("A meeting will be held.", 0.62, "without its likelihood word"),
    ],
)
def test_other_wordings_are_refused(text, probability, why):
    assert why in wording(text, probability)


def test_a_source_s_own_likelihood_word_is_the_source_s():
    said = passage(REPORT, "A summit is likely, Ushakov said.")
    assert (
        refused_wording(CitedSentence(text="A summit is likely, Ushakov said.", evidence=(said,)))
        == ""
    )
