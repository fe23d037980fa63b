"""Forecasts and backtests as tables and in words."""

from __future__ import annotations

from datetime import UTC, datetime

import polars as pl

from detente.assess.next_recipients import NextRecipients
from detente.ontology.likelihood import likelihood_word
from detente.records import Backtest, Forecast


def issued_by(as_of: datetime | None) -> datetime:
    """When a forecast is issued: now, or the moment of the as-of view."""
    return as_of or datetime.now(UTC)


def forecast_frame(told: Forecast) -> pl.DataFrame:
    """One row: the question, the probability with its ICD 203 word, what moved it, the record.

    Args:
        told: with its backtest.
    """
    question, record = told.question, told.backtest
    low, high = record.calibration_interval or (None, None)
    row = {
        "actor": question.dyad.actor,
        "recipient": question.dyad.recipient,
        "types": list(question.event_types),
        "opens": question.opens,
        "closes": question.closes,
        "probability": told.probability,
        "likelihood": likelihood_word(told.probability),
        "forecaster": told.forecaster,
        "because": [f"{name} ({change:+.3f})" for name, change in told.because],
        "questions": record.questions,
        "brier": record.brier,
        "skill": [
            f"{name} {value:+.3f} ({least:+.3f} to {most:+.3f})"
            for name, (value, least, most) in record.skill.items()
        ],
        "calibration_error": record.calibration_error,
        "calibration_low": low,
        "calibration_high": high,
        "issued": told.issued,
    }
    return pl.DataFrame([row])


def recipients_frame(found: NextRecipients) -> pl.DataFrame:
    """One row a recipient, likeliest first, with the record of such orders beside it.

    Args:
        found: from :func:`~detente.assess.next_recipients.next_recipients`.
    """
    rows = [
        {
            "place": place,
            "recipient": recipient,
            "actor": found.actor,
            "types": list(found.event_types),
            "opens": found.opens,
            "closes": found.closes,
            "forecaster": found.forecaster,
            **{
                f"{name} {figure}": value
                for name, record in found.records.items()
                for figure, value in record.items()
            },
            "queries": found.queries,
        }
        for place, recipient in enumerate(found.recipients, 1)
    ]
    return pl.DataFrame(rows)


def backtest_frame(found: Backtest) -> pl.DataFrame:
    """One row a figure: Brier and log score, calibration error, skill against each baseline.

    Args:
        found: from a backtest.

    Returns:
        columns figure, against, value, low and high (95 %; none where it was not resampled) and
        questions; below them a row a calibration bin: ``against`` says the mean forecast,
        ``value`` is the share that came about.
    """
    low, high = found.calibration_interval or (None, None)
    rows: list[tuple[str, str, float, float | None, float | None, int]] = [
        ("Brier score", "", found.brier, None, None, found.questions),
        ("log score", "", found.log_score, None, None, found.questions),
        ("calibration error", "", found.calibration_error, low, high, found.questions),
    ]
    for name, (value, least, most) in found.skill.items():
        rows.append(("Brier skill", name, value, least, most, found.questions))
    for said, seen, questions in found.calibration:
        rows.append(("came about", f"said {said:.2f}", seen, None, None, questions))
    return pl.DataFrame(
        rows, schema=["figure", "against", "value", "low", "high", "questions"], orient="row"
    )


def track_record(found: Backtest) -> str:
    """A backtest in one sentence."""
    parts = [
        f"{value:+.3f} ({low:+.3f} to {high:+.3f})".replace("-", "−") + f" on {name}"
        for name, (value, low, high) in found.skill.items()
    ]
    return (
        f"Forecaster: {found.forecaster}. On {found.questions} past questions of this kind its "
        f"Brier score was {found.brier:.3f} and its calibration error "
        f"{found.calibration_error:.3f}; Brier skill {', '.join(parts)}."
    )
