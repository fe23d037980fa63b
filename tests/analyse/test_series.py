from datetime import date

import numpy as np
import pytest

from detente.analyse import dyad_series, network, series
from detente.analyse.change_points import change_points
from detente.analyse.series import poisson_interval, step_start, steps_between
from detente.records import Dyad
from tests.analyse.telling import alone, told

ACTS = [
    told("USA", "SANCTION", "RUS", on="2018-03-26", published="2018-03-26"),
    told("USA", "CONSULT", "RUS", on="2018-03-02", published="2018-03-03"),
    told("USA", "CONSULT", "RUS", on="2018-05-01", published="2018-05-01"),
]


def test_a_month_without_events_stands_with_zeros():
    table = series(alone(*ACTS), ACTS)
    assert table["start"].to_list() == [date(2018, 3, 1), date(2018, 4, 1), date(2018, 5, 1)]
    assert table["total"].to_list() == [2, 0, 1]
    assert table["material conflict"].to_list() == [1, 0, 0]
    assert table["verbal cooperation"].to_list() == [1, 0, 1]


def test_the_scale_is_that_of_the_manual_with_its_error():
    table = series(alone(*ACTS), ACTS)
    assert table["scale_sum"].to_list() == [-3.5, 0.0, 2.5]
    assert table["scale_mean"].to_list() == [-1.75, None, 2.5]
    assert table["scale_error"][0] == pytest.approx(np.std([-6, 2.5], ddof=1) / np.sqrt(2))
    assert table["scale_error"][2] is None


def test_counts_are_put_beside_the_reports_of_their_time():
    twice = [*ACTS, told("GBR", "ACCUSE", "RUS", on="2018-05-02", published="2018-05-02")]
    table = series(alone(*ACTS), twice)
    assert table["reports"].to_list() == [2, 0, 2]
    assert table["per_100_reports"].to_list() == [100.0, None, 50.0]


def test_the_interval_of_a_count_is_exact():
    # Garwood's tables: for 0 events 0–3.69, for 10 events 4.80–18.39.
    assert poisson_interval(0) == pytest.approx((0.0, 3.689), abs=1e-3)
    assert poisson_interval(10) == pytest.approx((4.795, 18.390), abs=1e-3)


def test_weeks_begin_on_monday():
    assert step_start(date(2018, 10, 24), "week") == date(2018, 10, 22)
    days = steps_between(date(2018, 12, 30), date(2019, 1, 8), "week")
    assert days == [date(2018, 12, 24), date(2018, 12, 31), date(2019, 1, 7)]
    assert len(steps_between(date(2016, 1, 31), date(2017, 1, 1), "month")) == 13


def test_a_new_level_is_found_where_it_begins():
    counts = np.array([1, 0, 2, 1, 1, 0, 1, 9, 8, 11, 10, 9, 8])
    assert change_points(counts) == (7,)


def test_an_even_series_has_no_new_level():
    assert change_points(np.array([4, 5, 3, 4, 6, 4, 5, 4, 3, 5])) == ()
    assert change_points(np.zeros(20, dtype=np.int64)) == ()
    assert change_points(np.array([1, 9])) == ()


def test_a_series_becomes_the_value_that_forecasts_take():
    dyad = Dyad(actor="USA", recipient="RUS")
    value = dyad_series(series(alone(*ACTS), ACTS), dyad, "month")
    assert value.counts["verbal cooperation"] == (1, 0, 1)
    assert value.scale == (-1.75, None, 2.5)


def test_a_network_sums_up_each_dyad():
    back = told("RUS", "REJECT", "USA", on="2018-06-01")
    table = network(alone(*ACTS, back))
    assert table.select("actor", "recipient", "total").rows() == [
        ("USA", "RUS", 3),
        ("RUS", "USA", 1),
    ]
    assert table["first"][0] == date(2018, 3, 2)
    assert table["scale_mean"][0] == pytest.approx(-1 / 3)


def test_frames_go_to_pandas():
    assert list(series(alone(*ACTS), ACTS).to_pandas()["total"]) == [2, 0, 1]
