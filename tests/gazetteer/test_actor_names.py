"""Finding names in text: where, what, and what is not a name."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.gazetteer.names import find_names, lookup


def found(text: str) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(text[n.start : n.end], n.kind, n.ids) for n in find_names(text)]


def ids(text: str, kind: str) -> list[tuple[str, ...]]:
    return [i for _, k, i in found(text) if k == kind]


def test_names_of_all_kinds() -> None:
    text = "The Kremlin told NATO that Vladimir Putin and the French foreign minister met in Oslo."
    assert found(text) == [
        ("Kremlin", "seat", ("kremlin",)),
        ("NATO", "organisation", ("north-atlantic-treaty-organization",)),
        ("Vladimir Putin", "person", ("vladimir-putin",)),
        ("French", "demonym", ("FRA",)),
        ("foreign minister", "role", ("foreign-minister",)),
        ("Oslo", "capital", ("NOR",)),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "it told us so",
        "a turkey dinner",
        "who knows",
        "the polish on the floor",
        "an iran of ideas",
    ],
)
def test_case_counts(text: str) -> None:
    assert not ids(text, "state") + ids(text, "demonym") + ids(text, "organisation")


def test_capitals_of_a_headline_count() -> None:
    assert ids("TEHRAN WARNS TURKEY", "state") == [("TUR",)]
    assert ids("TEHRAN WARNS TURKEY", "capital") == [("IRN",)]


def test_the_longest_name_wins() -> None:
    assert ids("People's Republic of China", "state") == [("CHN",)]
    assert ids("Democratic People’s Republic of Korea", "state") == [("PRK",)]
    assert ids("the Republic of China", "state") == [("TWN",)]


def test_words_are_bounded() -> None:
    assert found("Nigerian")[0][0] == "Nigerian"
    assert ids("a US-led force paid US$5", "state") == [("USA",)]


@pytest.mark.parametrize(
    "written",
    ["Viktor Orbán", "Viktor Orban", "Victor Orban", "VIKTOR ORBAN"],
)
def test_spellings_of_one_person(written: str) -> None:
    assert ids(f"{written} left", "person") == [("viktor-orban",)]


@pytest.mark.parametrize(
    ("written", "person"),
    [
        ("Sergey Shoygu", "sergei-shoigu"),
        ("Kim Jong Un", "kim-jong-un"),
        ("Muammar Qaddafi", "muammar-gaddafi"),
        ("George W Bush", "george-w-bush"),
        ("G.W. Bush", "george-w-bush"),
        ("John F. Kerry", "john-kerry"),
        ("Angela D. Merkel", "angela-merkel"),
        ("Mohammad bin Salman", "mohammed-bin-salman"),
    ],
)
def test_transliterations(written: str, person: str) -> None:
    assert ids(written, "person") == [(person,)]


def test_a_surname_that_is_a_word_needs_a_title_or_the_full_name() -> None:
    assert not ids("It happened in May and Rice was dear.", "surname")
    assert ids("Prime Minister May resigned.", "surname") == [("theresa-may",)]
    assert ids("Theresa May spoke. May resigned.", "surname") == [("theresa-may",)]


def test_a_surname_in_an_unknown_persons_name_does_not_count() -> None:
    assert not ids("He met Wanda Putin there.", "surname")
    assert ids("He met Putin there.", "surname") == [("vladimir-putin",)]
    assert ids("But Putin left.", "surname") == [("vladimir-putin",)]


def test_a_surname_of_several_names_them_all() -> None:
    assert {"bill-clinton", "hillary-clinton"} <= set(ids("then Clinton left", "surname")[0])


def test_agreements_are_names() -> None:
    assert ids("left the INF Treaty", "agreement") == [("inf-treaty",)]


def test_whole_names_in_any_case() -> None:
    assert lookup("vladimir putin") is not None
    assert lookup("the kremlin") is not None
    assert lookup("foreign minister") is None


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.sampled_from("US UN Putin’s, of Iraq-İßﬁé.(\n"), max_size=60))
def test_spans_lie_in_order_inside_the_text(text: str) -> None:
    end = 0
    for name in find_names(text):
        assert end <= name.start < name.end <= len(text)
        end = name.end
