from datetime import UTC, date, datetime, timedelta

from detente import pipeline
from detente.brief.confidence import sources_of
from detente.brief.expectations import expectations
from detente.brief.reckoning import outlook
from detente.brief.verify import verify_sentence
from detente.ontology.likelihood import likelihood_word, on_the_scale
from tests.making import incidents_of, made_event, made_report

AS_OF = datetime(2018, 12, 31, tzinfo=UTC)
ABOUT = ("USA", "RUS")


def record(reports: int):
    """Sanctions by the United States every 20 days, answered each time two days later."""
    found, events = [], []
    for number in range(reports):
        day = date(2018, 12, 25) - timedelta(days=20 * (number // 2) - 2 * (number % 2))
        pair = ("Washington", "Moscow") if number % 2 == 0 else ("Moscow", "Washington")
        text = f"{pair[0]} imposed sanctions number {number} on {pair[1]}."
        report = made_report(text, published=day.isoformat())
        codes = {"Washington": "USA", "Moscow": "RUS"}
        found.append(report)
        events.append(
            made_event(
                report, text, "imposed sanctions", event_type="SANCTION", edtf=day.isoformat(),
                actor=((pair[0], codes[pair[0]]),), recipient=((pair[1], codes[pair[1]]),),
            )
        )  # fmt: skip
    return found, tuple(events)


def test_a_handful_of_reports_gives_no_forecast_and_says_what_is_needed():
    _, events = record(10)
    forecasts, notes = pipeline.forecast_dyad(events, incidents_of(events), ABOUT, AS_OF)
    assert forecasts == ()
    assert "10 reports tell of events" in notes[0]
    assert str(pipeline.LEAST_REPORTS) in notes[0]


def test_a_long_record_gives_judgements_that_verify_with_number_and_track_record():
    reports, events = record(140)
    forecasts, notes = pipeline.forecast_dyad(events, incidents_of(events), ABOUT, AS_OF)
    assert notes == ()
    assert [f.question.dyad.actor for f in forecasts] == list(ABOUT)
    of = sources_of(events, {r.id: r for r in reports}, ())
    judged = expectations(forecasts, events, reports=len(reports), sources=of)
    told = outlook(tuple(judged), AS_OF)
    sources = {r.id: r for r in (*reports, told.reckoning)}
    assert len(told.sentences) == 8
    assert "Northern Wire (not judged)" in told.sentences[2].text
    assert "the last one told of here was on 25 December 2018" in told.sentences[1].text
    assert told.sentences[2].text.startswith("Confidence in this is low: only 140 reports stand")
    for sentence in told.sentences:
        verify_sentence(sentence, sources, [e for e in events if e.id in sentence.events])
    first = told.sentences[0].text
    assert f"({on_the_scale(forecasts[0].probability):.0%})" in first
    assert likelihood_word(forecasts[0].probability) in first
    assert f"Brier score {forecasts[0].backtest.brier:.3f}" in told.reckoning.text


def test_a_steady_exchange_is_expected_to_go_on():
    _, events = record(140)
    forecasts, _ = pipeline.forecast_dyad(events, incidents_of(events), ABOUT, AS_OF)
    assert all(forecast.probability > 0.8 for forecast in forecasts)
