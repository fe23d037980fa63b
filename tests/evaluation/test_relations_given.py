"""The relations evaluation between given spans: tags, F1, roots; and its floor on the data."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.errors import MalformedRow
from evaluation.relations import evaluate, macro_f1, marked_of, quad_of

DATA = Path(__file__).parents[2].parent / "shared/data/relations/plv_dev.tsv"


def test_tags_become_spans() -> None:
    marked = marked_of("On Monday <s>Chad </s>sued <t> Mali</t>.")
    assert marked.text == "On Monday Chad sued  Mali."
    assert marked.actor and marked.text[slice(*marked.actor)] == "Chad"
    assert marked.recipient and marked.text[slice(*marked.recipient)] == "Mali"


def test_tags_may_nest_or_be_missing() -> None:
    nested = marked_of("<s><t>Libyan</t> rebels</s> gave up")
    assert (nested.actor, nested.recipient) == ((0, 13), (0, 6))
    assert marked_of("<t>Mali</t> was attacked").actor is None


def test_of_a_phrase_marked_twice_the_nearest_pair_counts() -> None:
    marked = marked_of("<t>Mali</t>, once again, said <s>Chad</s> had shelled <t>Mali</t>.")
    assert marked.recipient == (marked.text.rindex("Mali"), marked.text.rindex("Mali") + 4)


def test_macro_f1_is_the_mean_over_gold_classes() -> None:
    pairs = [("A", "A"), ("A", "B"), ("B", "B"), ("C", "B")]
    assert macro_f1(pairs) == pytest.approx((2 / 3 + 1 / 2 + 0) / 3)


def test_yield_is_material_cooperation_as_the_data_has_it() -> None:
    assert [quad_of(root) for root in ("AGREE", "YIELD", "REJECT", "ASSAULT")] == [1, 2, 3, 4]


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.tsv"
    path.write_text("sentence\tclass\nPeru left\t0\n", "utf-8")
    with pytest.raises(MalformedRow, match="no column gold_root"):
        evaluate(path)


def test_rows_of_our_own_are_typed(tmp_path: Path) -> None:
    path = tmp_path / "own.tsv"
    rows = [
        ("1", "<s>Fiji</s> praised <t>Tonga</t> for its help.", "SUPPORT", "1"),
        ("2", "<s>Soldiers</s> shelled <t>a village in Fiji</t>.", "ASSAULT", "4"),
    ]
    header = "sentence_id\tmarked_sentence\tgold_root\tgold_penta\n"
    path.write_text(header + "\n".join("\t".join(row) for row in rows) + "\n", "utf-8")
    result = evaluate(path)
    assert result.metrics["root_accuracy"] == result.metrics["quad_macro_f1"] == 1
    assert [p["id"] for p in result.predictions] == ["1", "2"]


@pytest.mark.slow
@pytest.mark.skipif(not DATA.exists(), reason="plv_dev.tsv is not here")
def test_the_given_data_stays_above_what_was_asked() -> None:
    metrics = evaluate(DATA).metrics
    assert metrics["root_macro_f1"] >= 0.82
    assert metrics["quad_macro_f1"] >= 0.92
