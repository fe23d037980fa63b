"""Our coreference figures against worked examples of the papers and of the reference scorer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.coreference import scores


def groups(*members: str) -> dict[str, str]:
    """``groups("abc", "de")``: each letter a mention, each word a group."""
    return {mention: group for group in members for mention in group}


def test_bagga_and_baldwin_1998_figure_1() -> None:
    """Entities of 5, 2 and 5; the first response joins the small one to a large one."""
    gold = groups("12345", "67", "89ABC")
    first = scores(gold, groups("12345", "6789ABC"))
    second = scores(gold, groups("1234589ABC", "67"))
    assert first["muc_precision"] == second["muc_precision"] == pytest.approx(0.9)
    assert first["muc_recall"] == 1
    assert first["b3_precision"] == pytest.approx(0.762, abs=0.001)
    assert second["b3_precision"] == pytest.approx(0.583, abs=0.001)


def test_luo_2005_table_1() -> None:
    """CEAF-e (φ4) of the same two responses, and of everything in one group."""
    gold = groups("12345", "67", "89ABC")
    figures = {
        "a": scores(gold, groups("12345", "6789ABC")),
        "b": scores(gold, groups("1234589ABC", "67")),
        "c": scores(gold, groups("123456789ABC")),
        "d": scores(gold, groups(*"123456789ABC")),
    }
    assert figures["a"]["ceaf_e_f1"] == pytest.approx(0.733, abs=0.001)
    assert figures["b"]["ceaf_e_f1"] == pytest.approx(0.667, abs=0.001)
    assert figures["c"]["ceaf_e_f1"] == pytest.approx(0.294, abs=0.001)
    assert figures["d"]["ceaf_e_f1"] == pytest.approx(0.178, abs=0.001)
    assert figures["d"]["muc_f1"] == 0


def test_the_reference_scorers_example() -> None:
    """Pradhan et al., ACL 2014, section 5: here with the mentions both sides share."""
    figures = scores(groups("abc", "defg"), groups("ab", "cd", "fge"))
    assert figures["muc_recall"] == pytest.approx(3 / 5)
    assert figures["muc_precision"] == pytest.approx(3 / 4)
    shared = (2 * 2 + 1) / 3 + (1 + 3 * 3) / 4
    assert figures["b3_recall"] == pytest.approx(shared / 7, abs=0.001)


@given(st.dictionaries(st.text(), st.integers(0, 4), min_size=1))
def test_what_is_right_scores_one(gold: dict[str, int]) -> None:
    figures = scores(gold, {m: str(g) for m, g in gold.items()})
    assert figures["b3_f1"] == figures["ceaf_e_f1"] == 1
    linked = len(gold) > len(set(gold.values()))
    assert figures["muc_f1"] == (1 if linked else 0)


def test_other_mentions_are_refused() -> None:
    with pytest.raises(ValueError, match="same mentions"):
        scores({"a": 1}, {"b": 1})
