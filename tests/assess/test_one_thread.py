"""Trees fit without a word where the machine does not show its cores."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from sklearn.ensemble import HistGradientBoostingClassifier
from threadpoolctl import threadpool_info

from detente.assess.one_thread import one_thread

WORDS = "Could not find the number of physical cores for the following reason:\nfound 0"


def test_hidden_cores_are_no_news() -> None:
    with one_thread():
        warnings.warn(WORDS, stacklevel=1)
    with pytest.raises(UserWarning, match="physical cores"):
        warnings.warn(WORDS, stacklevel=1)


def test_other_warnings_pass() -> None:
    with one_thread(), pytest.raises(UserWarning, match="something else"):
        warnings.warn("something else", stacklevel=1)


def test_every_pool_has_one_thread_inside() -> None:
    table = np.arange(200.0)[:, None]
    HistGradientBoostingClassifier(max_iter=2).fit(table, table[:, 0] > 100)  # loads the pools
    with one_thread():
        assert {pool["num_threads"] for pool in threadpool_info()} == {1}
