"""Context labels of sentences and of reports."""

from pathlib import Path

import pytest

from detente.coding import contexts as contexts_module
from detente.coding.contexts import (
    context_cues,
    contexts_of,
    report_contexts,
    sentence_contexts,
)
from detente.coding.language import language
from detente.errors import TableError
from detente.ontology.plover import contexts as known_contexts
from detente.records import Context

REPORT = (
    "The foreign ministers of India and Nepal met in Delhi. They discussed the disputed territory "
    "on the frontier. The embassy said the summit would go on. A villager sold apples."
)


def labels(text: str) -> list[str]:
    """Labels of a one-sentence text."""
    sentence = next(iter(language()(text).sents))
    return [context.name for context in sentence_contexts(sentence)]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Police fired tear gas at the crowd.", "repression"),
        ("Turkey will not accept more Syrian refugees.", "migration"),
        ("The IMF approved a loan for Ukraine.", "economic"),
        ("Hackers attacked the ministry with malware.", "cyber"),
        ("The inspectors found enriched uranium and a nuclear warhead.", "cbrn"),
        ("The party leader was jailed for bribery.", "corruption"),
        ("Voters go to the polling stations on Sunday.", "election"),
        ("The envoys met at the embassy for peace talks.", "diplomatic"),
        ("Both countries claim sovereignty over the island.", "territory"),
        ("The junta declared martial law.", "pro_autocracy"),
    ],
)
def test_sentence_labels(text: str, label: str) -> None:
    assert label in labels(text)


def test_a_sentence_without_cues_has_none() -> None:
    assert labels("He walked his dog.") == []


def test_weak_cues_need_company() -> None:
    assert labels("He spoke of a border.") == []
    assert "territory" in labels("He spoke of a border, an island and a frontier.")


def test_a_phrase_takes_its_words_with_it() -> None:
    assert "disasters" not in labels("The oil pipeline crosses Georgia.")
    assert labels("The law on human rights changed.")[0] == "human_rights"


def test_report_labels_need_more_than_one_sentence() -> None:
    found = report_contexts(language()(REPORT))
    assert Context(name="diplomatic", level="report") in found
    assert all(context.name != "territory" for context in found)


def test_an_events_contexts_say_which_level_gave_them() -> None:
    doc = language()(REPORT)
    second = list(doc.sents)[1]
    found = contexts_of(second, report_contexts(doc))
    assert Context(name="territory", level="sentence") in found
    assert Context(name="diplomatic", level="report") in found
    names = [context.name for context in found]
    assert len(names) == len(set(names))


def test_every_context_of_the_codebook_has_cues() -> None:
    reached = {name for labels in context_cues().values() for name, _ in labels}
    assert reached == set(known_contexts())


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("weather,rain,1", "no context 'weather'"),
        ("military,army,2", "not within 0–1"),
        ("military,army,1\nmilitary,army,0.4", "stands twice"),
    ],
)
def test_a_bad_row_is_refused(
    row: str, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = tmp_path / "context_cues.csv"
    table.write_text(f"context,cue,weight\n{row}\n", encoding="utf-8")
    monkeypatch.setattr(contexts_module, "packaged", lambda *_: table)
    with pytest.raises(TableError, match=reason):
        context_cues.__wrapped__()
