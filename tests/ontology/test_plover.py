from itertools import pairwise

import pytest

from detente.errors import TableError
from detente.ontology.likelihood import likelihood_word, likelihood_words
from detente.ontology.plover import contexts, event_types, modes, quad_class, score, sectors
from detente.ontology.table import rows


def test_sixteen_types_four_to_a_quad_class_as_the_manual_has_them():
    by_quad = {}
    for name in event_types():
        by_quad.setdefault(quad_class(name), []).append(name)
    assert {quad: len(names) for quad, names in by_quad.items()} == {
        "verbal cooperation": 4,
        "material cooperation": 3,
        "verbal conflict": 4,
        "material conflict": 5,
    }
    assert len(contexts()) == 37
    assert {"GOV", "MIL", "SPY", "PTY"} <= set(sectors())


def test_scores_fall_back_to_the_type_s_own():
    assert score("SANCTION", "withdraw") == -6
    assert score("CONSULT", "visit") == 4
    assert score("AGREE", "nonsense") == 2.5
    assert all(-10 <= value <= 10 for of in modes().values() for value in of.values())


@pytest.mark.parametrize(
    ("probability", "word"),
    [(0.0, "almost no chance"), (0.1, "very unlikely"), (0.5, "roughly even chance"),
     (0.55, "likely"), (0.799, "likely"), (0.8, "very likely"), (1.0, "almost certain")],
)  # fmt: skip
def test_likelihood_words(probability, word):
    assert likelihood_word(probability) == word


def test_likelihood_bounds_tile_the_scale():
    bounds = [(low, high) for _, low, high in likelihood_words()]
    assert all(a[1] == b[0] for a, b in pairwise(bounds))


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("a,b\n1,2,3\n", "line 2: 3 fields, not 2"),
        ("a,c\n1,2\n", "line 1: columns must be a,b"),
        ("", "empty table"),
        (b"a,b\n\xff,2\n", "not UTF-8"),
    ],
)
def test_a_bad_table_is_refused_with_file_line_and_reason(tmp_path, content, why):
    table = tmp_path / "bad.csv"
    table.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(TableError, match=why) as refused:
        list(rows(table, ("a", "b")))
    assert str(table) in str(refused.value)
