"""Which noun phrases are political actors, and how far their words reach."""

from __future__ import annotations

import pytest

from detente.coding.language import language
from detente.coding.participants import MANY, Participants, roles


def parties(text: str) -> dict[str, str]:
    """Words of each party of a text → its kind."""
    doc = language()(text)
    participants = Participants(doc)
    found = [participants.at(token) for token in doc if token.pos_ != "PRON"]
    return {doc[p.start : p.end].text: p.kind for p in found if p is not None}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The US military accused Russia.", "The US military"),
        ("A court in Guyana jailed him.", "A court in Guyana"),
        ("Directors of Russia’s intelligence agencies visited.", "Directors of Russia’s"),
        ("The foreign minister, Sergei Lavrov, left.", "The foreign minister, Sergei Lavrov"),
        ("Officials on both sides agreed.", "Officials on both sides"),
    ],
)
def test_the_whole_phrase_is_the_party(text: str, words: str) -> None:
    assert any(found.startswith(words) for found in parties(text)), parties(text)


def test_things_are_no_parties() -> None:
    found = parties("The treaty, a table and military drills near the missile pleased Russia.")
    assert set(found) == {"Russia"}


def test_agreements_are_no_parties() -> None:
    assert "INF" not in " ".join(parties("Trump abandoned the INF treaty."))


def test_pronouns_stand_for_whom_they_mean() -> None:
    doc = language()("Israel bombed Syria. It denied the raid.")
    it = next(token for token in doc if token.lower_ == "it")
    party = Participants(doc).at(it)
    assert party is not None
    assert doc[party.start : party.end].text == "Israel"


def test_they_for_two_is_left_to_the_resolver() -> None:
    doc = language()("Russia accused Georgia, but they agreed to cooperate.")
    they = next(token for token in doc if token.lower_ == "they")
    party = Participants(doc).at(they)
    assert party is not None
    assert party.kind == MANY
    assert doc[party.start : party.end].text == "they"


def test_a_pronoun_is_never_its_own_verbs_subject() -> None:
    doc = language()("Hamas accused it of lying.")
    it = next(token for token in doc if token.lower_ == "it")
    assert Participants(doc).at(it) is None


def test_role_nouns_are_weighed() -> None:
    assert roles()["government"].weight > roles()["union"].weight > roles()["worker"].weight


def test_what_one_is_charged_with_is_no_part_of_him() -> None:
    assert "its neighbour" in parties("India accused its neighbour of hysteria.")
    assert "the government of Oman" in parties("India accused the government of Oman.")


def test_it_is_whoever_the_same_sentence_tells() -> None:
    doc = language()("Oman left. The king of Jordan accused Yemen of theft and said that it lied.")
    meant = Participants(doc).at(next(token for token in doc if token.lower_ == "it"))
    assert meant is not None
    assert doc[meant.start : meant.end].text == "Yemen"


def test_the_use_of_force_is_nobody() -> None:
    assert set(parties("Oman criticised the use of force.")) == {"Oman"}
    assert "Their force" in parties("Their force left.")
