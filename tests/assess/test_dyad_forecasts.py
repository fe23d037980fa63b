from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from detente.assess import scores
from detente.assess.backtest import Trial, run, score
from detente.assess.boosting import Boosting, feature_names, feature_table
from detente.assess.forecasters import BaseRate, LastValue, Recurrency, YearResample
from detente.assess.occurrences import occurrences_of, occurrences_of_rows
from detente.assess.panel import back_from, panel_of, step_starts
from detente.assess.questions import forecast, forecasts, types_of
from detente.assess.told import backtest_frame, forecast_frame, track_record
from detente.errors import NoForecast
from detente.records import Dyad, Question
from tests.analyse.telling import alone, grouped, told

FIRST = date(2015, 1, 5)
AB, BA = Dyad(actor="A", recipient="B"), Dyad(actor="B", recipient="A")


def a_past(weeks: int = 160, seed: int = 5):
    """A acts on B in bursts, B answers a week later; others act at random."""
    random = np.random.default_rng(seed)
    rows, burst = [], False
    for week in range(weeks):
        monday = FIRST + timedelta(weeks=week)
        burst = random.random() < (0.85 if burst else 0.1)
        if burst:
            rows.append(("A", "B", "SANCTION", monday, monday))
            answer = monday + timedelta(weeks=1)
            rows.append(("B", "A", "ACCUSE", answer, answer))
        for other in "CDEFGH":
            if random.random() < 0.25:
                rows.append((other, "A", "CONSULT", monday, monday))
    return occurrences_of_rows(rows)


PAST = a_past()
GROUPS = (("SANCTION",), ("ACCUSE",), ("CONSULT",))
DYADS = (AB, BA, *(Dyad(actor=other, recipient="A") for other in "CDEFGH"))
STARTS = tuple(FIRST + timedelta(weeks=week) for week in range(161))
TRIAL = Trial(dyads=DYADS, groups=GROUPS, starts=STARTS, first=120, refit=8)


def forecasters():
    return [Boosting(), BaseRate(), LastValue(), YearResample(52), Recurrency()]


@pytest.fixture(scope="module")
def outcomes():
    return run(PAST, TRIAL, forecasters())


def test_the_as_of_view_hides_what_happened_or_became_known_later():
    day = date(2015, 1, 10)
    rows = [
        ("A", "B", "SANCTION", day, day),
        ("A", "B", "SANCTION", day, day + timedelta(days=9)),
        ("A", "B", "SANCTION", day + timedelta(days=1), day),
    ]
    happened = occurrences_of_rows(rows)
    assert len(happened.known_by(day)) == 0
    assert len(happened.known_by(day + timedelta(days=1))) == 1
    assert len(happened.known_by(day + timedelta(days=30))) == 3


def test_only_what_was_done_is_forecast_from():
    plan = told("USA", "SANCTION", "RUS", status="planned", outlet="A")
    mentions = [
        told("USA", "CONSULT", "RUS", on="2018-07-16", published=published, outlet=outlet)
        for published, outlet in (("2018-07-20", "Late"), ("2018-07-17", "Early"))
    ]
    found = occurrences_of(grouped_occurrences(("planned", [plan]), ("done", mentions)))
    assert len(found) == 1
    assert found.kinds == ("CONSULT",)
    assert date.fromordinal(int(found.known[0])) == date(2018, 7, 17)


def grouped_occurrences(*groups):
    from detente.analyse.occurrences import occurrences

    return occurrences(*grouped(*groups))


def test_a_panel_counts_who_did_what_when():
    starts = STARTS[:4]
    rows = [
        ("A", "B", "SANCTION", STARTS[0], STARTS[0]),
        ("A", "B", "SANCTION", STARTS[2] + timedelta(days=6), STARTS[3]),
        ("B", "A", "ACCUSE", STARTS[1], STARTS[1]),
        ("A", "B", "SANCTION", STARTS[3], STARTS[3]),
        ("A", "C", "SANCTION", STARTS[1], STARTS[1]),
    ]
    panel = panel_of(occurrences_of_rows(rows), [AB], GROUPS, starts)
    assert panel.counts[0, 0].tolist() == [1, 0, 1]
    assert panel.back[0, 1].tolist() == [0, 1, 0]
    assert panel.given[0, 0].tolist() == [1, 1, 1]
    assert panel.taken[0, 0].tolist() == [1, 0, 1]
    assert panel.world[1].tolist() == [0, 1, 0]
    assert panel.until(1).counts[0, 0].tolist() == [1]


def test_an_act_counts_in_every_group_that_holds_its_type():
    rows = [("A", "B", "SANCTION", STARTS[0], STARTS[0])]
    groups = (("SANCTION",), ("ASSAULT", "SANCTION"), ("CONSULT",))
    panel = panel_of(occurrences_of_rows(rows), [AB], groups, STARTS[:2])
    assert panel.counts[0, :, 0].tolist() == [1, 1, 0]


def test_an_unknown_dyad_has_an_empty_past():
    panel = panel_of(PAST, [Dyad(actor="X", recipient="Y")], GROUPS, STARTS)
    assert panel.counts.sum() == 0


def test_months_are_laid_back_by_the_calendar():
    assert back_from(date(2019, 3, 31), "month") == date(2019, 2, 28)
    starts = step_starts(date(2018, 11, 1), date(2019, 2, 1), "month")
    assert starts == (date(2018, 11, 1), date(2018, 12, 1), date(2019, 1, 1), date(2019, 2, 1))
    assert step_starts(date(2019, 1, 2), date(2019, 1, 10), 3)[0] == date(2019, 1, 4)


def test_the_baselines_say_what_they_are_called_for():
    panel = panel_of(PAST, [AB], GROUPS, STARTS[:41])
    held = panel.counts[0, 0] > 0
    assert BaseRate().probabilities(panel)[0, 0] == pytest.approx((held.sum() + 1) / 42)
    assert LastValue().probabilities(panel)[0, 0] == pytest.approx(0.995 if held[-1] else 0.005)
    year = YearResample(20).probabilities(panel)[0, 0]
    assert year == pytest.approx(np.clip(held[-20:].mean(), 0.005, 0.995))


def test_recurrency_learns_that_bursts_last():
    panel = panel_of(PAST, [AB], (("SANCTION",),), STARTS)
    recent = Recurrency()
    recent.learn(panel)
    on, off = (panel.until(step) for step in last_steps(panel))
    assert recent.probabilities(on)[0, 0] > recent.probabilities(off)[0, 0]


def last_steps(panel):
    """A step right after an act, and one right after a week without."""
    held = panel.counts[0, 0] > 0
    return int(np.flatnonzero(held)[-1]) + 1, int(np.flatnonzero(~held)[-1]) + 1


def test_the_model_beats_every_baseline_on_a_past_with_structure(outcomes):
    record = score(outcomes, "boosting")
    assert record.questions == 40 * 8 * 3
    assert all(skill > 0 for skill, _, _ in record.skill.values()), record.skill
    assert record.calibration_error < 0.03
    low, high = record.calibration_interval
    assert low <= record.calibration_error <= high + 0.01


def test_the_backtest_tells_what_happened(outcomes):
    first = outcomes.outcomes[(outcomes.dyad == 0) & (outcomes.group == 0)]
    held = panel_of(PAST, [AB], GROUPS, STARTS).counts[0, 0, 120:] > 0
    assert first.tolist() == held.astype(float).tolist()


def test_what_comes_later_changes_no_forecast(outcomes):
    """Leak: everything from the first window on is changed at random; its forecasts stay."""
    random = np.random.default_rng(11)
    later = PAST.day >= STARTS[120].toordinal()
    size = len(PAST)
    changed = replace(
        PAST,
        actor=np.where(later, random.integers(0, len(PAST.names), size), PAST.actor),
        recipient=np.where(later, random.integers(0, len(PAST.names), size), PAST.recipient),
        kind=np.where(later, random.integers(0, len(PAST.kinds), size), PAST.kind),
    )
    again = run(changed, replace(TRIAL, starts=STARTS[:122]), forecasters())
    here = outcomes.step == 120
    for name, given in again.probabilities.items():
        assert given.tolist() == outcomes.probabilities[name][here].tolist(), name
    assert not np.array_equal(changed.actor, PAST.actor)


def test_a_change_before_the_cut_off_is_seen(outcomes):
    """The leak test can fail: what a forecast may rest on does move it."""
    kept = PAST.day < STARTS[110].toordinal()
    thinner = replace(
        PAST,
        **{name: getattr(PAST, name)[kept] for name in ("actor", "recipient", "kind", "day")},
        known=PAST.known[kept],
    )
    again = run(thinner, replace(TRIAL, starts=STARTS[:122]), [BaseRate()])
    here = outcomes.step == 120
    assert again.probabilities["base rate"].tolist() != (
        outcomes.probabilities["base rate"][here].tolist()
    )


def test_a_lead_keeps_the_last_days_from_the_forecaster():
    seen = []

    class Watching(BaseRate):
        name = "watching"

        def probabilities(self, past):
            seen.append(int(past.counts.sum()))
            return super().probabilities(past)

    one = replace(TRIAL, starts=STARTS[:122])
    run(PAST, one, [Watching()])
    run(PAST, replace(one, lead=21), [Watching()])
    assert seen[1] < seen[0]


def test_features_have_names_and_fit_every_dyad():
    panel = panel_of(PAST, DYADS, GROUPS, STARTS[:50])
    table = feature_table(panel)
    assert table.shape == (len(DYADS) * len(GROUPS), len(feature_names(GROUPS)))
    assert np.isfinite(table).all()


def test_a_forecast_says_what_moved_it():
    panel = panel_of(PAST, DYADS, GROUPS, STARTS)
    model = Boosting()
    model.learn(panel)
    because = model.because(panel, 0, 0)
    assert because
    assert all(name in feature_names(GROUPS) for name, _ in because)
    sizes = [abs(change) for _, change in because]
    assert sizes == sorted(sizes, reverse=True)


def test_too_little_to_learn_from_falls_back_on_the_base_rate():
    panel = panel_of(PAST, [AB], (("SANCTION",),), STARTS[:8])
    model = Boosting()
    model.learn(panel)
    assert model.probabilities(panel).tolist() == BaseRate().probabilities(panel).tolist()
    assert model.because(panel, 0, 0) == ()


# ── scores ────────────────────────────────────────────────────────────────────────────────────

SAID = np.array([0.9, 0.8, 0.2, 0.1])
SEEN = np.array([1.0, 1.0, 0.0, 1.0])


def test_brier_and_log_score_by_hand():
    assert scores.brier(SAID, SEEN) == pytest.approx((0.01 + 0.04 + 0.04 + 0.81) / 4)
    by_hand = -(np.log(0.9) + np.log(0.8) + np.log(0.8) + np.log(0.1)) / 4
    assert scores.log_score(SAID, SEEN) == pytest.approx(by_hand)


def test_calibration_by_hand():
    said, seen = np.array([0.12, 0.18, 0.5, 1.0]), np.array([0.0, 1.0, 1.0, 1.0])
    table = scores.calibration(said, seen)
    assert table == ((pytest.approx(0.15), 0.5, 2), (0.5, 1.0, 1), (1.0, 1.0, 1))
    assert scores.calibration_error(said, seen) == pytest.approx((2 * 0.35 + 0.5) / 4)


def test_skill_has_an_interval_around_it_and_is_repeatable():
    random = np.random.default_rng(0)
    seen = (random.random(500) < 0.3).astype(float)
    better = np.clip(0.3 + 0.4 * (seen - 0.3) + random.normal(0, 0.1, 500), 0, 1)
    worse = np.full(500, 0.3)
    clusters = np.repeat(np.arange(50), 10)
    one, two = (scores.skill(better, worse, seen, clusters) for _ in range(2))
    assert one == two
    assert 0 < one.low < one.value < one.high < 1
    assert scores.skill(worse, worse, seen, clusters).value == 0


# ── questions ─────────────────────────────────────────────────────────────────────────────────

TODAY = STARTS[150]
ISSUED = datetime.combine(TODAY, datetime.min.time(), tzinfo=UTC)


def asked(dyad=AB, opens=1, days=7):
    first = TODAY + timedelta(days=opens)
    return Question(
        dyad=dyad,
        event_types=("SANCTION",),
        opens=first,
        closes=first + timedelta(days=days - 1),
    )


def test_a_forecast_comes_with_its_backtest():
    told_so = forecast(PAST, asked(), issued=ISSUED)
    lately = panel_of(PAST, [AB], (("SANCTION",),), STARTS[:151]).counts[0, 0, -1]
    assert (told_so.probability > 0.5) == (lately > 0)
    assert told_so.backtest.forecaster == told_so.forecaster
    assert told_so.backtest.questions > 100
    assert all(value >= 0 for value, _, _ in told_so.backtest.skill.values())
    row = forecast_frame(told_so).row(0, named=True)
    assert row["brier"] == told_so.backtest.brier
    assert row["likelihood"]


def test_questions_of_one_window_share_a_backtest():
    back = replace(asked(dyad=Dyad(actor="C", recipient="A")), event_types=("CONSULT",))
    both = forecasts(PAST, [asked(), back], issued=ISSUED)
    assert [answer.question for answer in both] == [asked(), back]
    assert both[0].backtest == both[1].backtest
    assert 0.1 < both[1].probability < 0.5  # the share of weeks is a quarter


def test_a_forecast_knows_nothing_of_what_came_after_it():
    later = PAST.day > TODAY.toordinal()
    without = replace(
        PAST,
        **{n: getattr(PAST, n)[~later] for n in ("actor", "recipient", "kind", "day", "known")},
    )
    assert forecast(PAST, asked(), issued=ISSUED) == forecast(without, asked(), issued=ISSUED)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (asked(opens=-30), "it is not ahead; the record runs from 2015-01-05"),
        (asked(dyad=Dyad(actor="A", recipient="Z")), "has no events by .*; there are "),
        (asked(days=200), "a backtest needs 12 windows of 200 days; the record holds 5"),
        (asked(days=0), "the window ends before it begins"),
    ],
)
def test_what_cannot_honestly_be_forecast_is_refused(question, said):
    with pytest.raises(NoForecast, match=said):
        forecast(PAST, question, issued=ISSUED)


def test_nothing_known_gives_no_forecast():
    with pytest.raises(NoForecast, match="nothing was known by 2014-01-01"):
        forecast(PAST, asked(), issued=datetime(2014, 1, 1, tzinfo=UTC))


def test_types_and_quad_classes_as_people_write_them():
    assert types_of(["sanction", "Material cooperation"]) == (
        "SANCTION",
        "COOPERATE",
        "AID",
        "RETREAT",
    )
    assert len(types_of([])) == 16
    with pytest.raises(KeyError, match="war"):
        types_of(["war"])


def test_a_backtest_as_table_and_sentence(outcomes):
    record = score(outcomes, "boosting")
    table = backtest_frame(record)
    assert table.filter(table["figure"] == "Brier skill").height == 4
    assert table.filter(table["figure"] == "came about").height == len(record.calibration)
    assert f"On {record.questions} past questions" in track_record(record)


def test_a_reading_becomes_occurrences():
    found = occurrences_of(alone(told("USA", "SANCTION", "RUS")))
    assert (found.names, found.kinds) == (("RUS", "USA"), ("SANCTION",))
