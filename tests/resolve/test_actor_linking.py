"""Linking the actors of a report: names, titles, pronouns, groups, dates."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from detente.records import Entity, Passage, Report, passage_of
from detente.resolve.actors import link

ON = date(2018, 10, 24)
SEED = Path(__file__).parents[2].parent / "shared" / "data" / "seed" / "brief.txt"
BRIEF = (
    "The US President spoke to his Russian counterpart on Monday. The US national security adviser "
    "joined them. The US Secretary of State was abroad."
)


def linked(text: str, words: str, on: date | None = ON, nth: int = 0) -> tuple[Entity, ...]:
    """Entities of the ``nth`` time that ``words`` stand in ``text``."""
    at = -1
    for _ in range(nth + 1):
        at = text.index(words, at + 1)
    report = Report(id="r", text=text)
    passage = passage_of(report, at, at + len(words))
    return link(report, [passage], on)[passage]


def ids(text: str, words: str, on: date | None = ON, nth: int = 0) -> list[str]:
    return [e.id for e in linked(text, words, on, nth)]


def countries(text: str, words: str, on: date | None = ON) -> list[str]:
    return [e.country for e in linked(text, words, on)]


@pytest.mark.parametrize(
    ("on", "president", "adviser", "secretary", "counterpart"),
    [
        (date(2016, 6, 1), "barack-obama", "susan-rice", "john-kerry", "vladimir-putin"),
        (date(2018, 10, 24), "donald-trump", "john-bolton", "mike-pompeo", "vladimir-putin"),
        (date(2021, 6, 16), "joe-biden", "jake-sullivan", "antony-blinken", "vladimir-putin"),
        (date(2009, 6, 16), "barack-obama", "james-l-jones", "hillary-clinton", "dmitry-medvedev"),
    ],
)
def test_one_brief_in_different_years(
    on: date, president: str, adviser: str, secretary: str, counterpart: str
) -> None:
    assert ids(BRIEF, "The US President", on) == [president]
    assert ids(BRIEF, "The US national security adviser", on) == [adviser]
    assert ids(BRIEF, "The US Secretary of State", on) == [secretary]
    assert ids(BRIEF, "his Russian counterpart", on) == [counterpart]


def test_a_year_told_in_the_sentence_counts_for_it() -> None:
    text = "In December 2016, Obama ordered a review. Obama is writing a book."
    assert linked(text, "Obama")[0].sectors == ("GOV",)
    assert linked(text, "Obama", nth=1)[0].sectors == ("ELI",)


def test_a_surname_means_who_was_named_in_full() -> None:
    text = "Hillary Clinton spoke in Kyiv. Later Clinton flew home."
    assert ids(text, "Clinton", date(1998, 1, 1), nth=1) == ["hillary-clinton"]
    assert ids("Later Clinton flew home.", "Clinton", date(1998, 1, 1)) == ["bill-clinton"]


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("Putin told Bolton that he wants talks.", "he", ["vladimir-putin"]),
        ("Merkel met Putin. She thanked him.", "She", ["angela-merkel"]),
        ("Merkel met Putin. Later she left.", "she", ["angela-merkel"]),
        ("Trump's opponents accused him of weakness.", "him", ["donald-trump"]),
        ("Putin met Trump after the latter threatened to leave.", "the latter", ["donald-trump"]),
        ("Putin met Trump. The former smiled.", "The former", ["vladimir-putin"]),
        ("Russia warned Ukraine that it would respond.", "it", ["RUS"]),
    ],
)
def test_pronouns_and_the_latter(text: str, words: str, expected: list[str]) -> None:
    assert ids(text, words) == expected


def test_both_are_two() -> None:
    text = "Putin received Trump's adviser, John Bolton. Both presidents plan to meet."
    assert sorted(ids(text, "Both presidents")) == ["donald-trump", "vladimir-putin"]
    text = "Putin met Bolton in Moscow. Officials on both sides were pleased."
    found = linked(text, "Officials on both sides")
    assert sorted(e.country for e in found) == ["RUS", "USA"]
    assert all(e.sectors == ("GOV",) for e in found)
    text = "Iran and Iraq held talks. The two countries signed an accord."
    assert sorted(ids(text, "The two countries")) == ["IRN", "IRQ"]


def test_they_are_the_pair_before() -> None:
    text = "Macron and Merkel met in Paris. They called for calm."
    assert ids(text, "They") == ["emmanuel-macron", "angela-merkel"]


def test_metonyms_act_for_the_government() -> None:
    text = "Moscow denied the charge. Downing Street did not comment. Turkey agreed."
    for words, country in (("Moscow", "RUS"), ("Downing Street", "GBR"), ("Turkey", "TUR")):
        found = linked(text, words)[0]
        assert (found.country, found.sectors) == (country, ("GOV",))


def test_unknown_persons_keep_the_role_they_were_given() -> None:
    text = (
        "Jane Testwell, a senior State Department official, travelled to Kabul. Kremlin aide Ivan "
        "Probkin declined. Testwell said talks went well. Probkin agreed."
    )
    for words, country, nth in (("Testwell", "USA", 1), ("Probkin", "RUS", 1)):
        found = linked(text, words, nth=nth)[0]
        assert (found.country, found.sectors) == (country, ("GOV",))


def test_groups_have_counts() -> None:
    text = "Washington indicted 13 Russians and expelled 60 Russian diplomats."
    spies, diplomats = linked(text, "13 Russians")[0], linked(text, "60 Russian diplomats")[0]
    assert (spies.country, spies.sectors, spies.count) == ("RUS", ("CIV",), 13)
    assert (diplomats.country, diplomats.sectors, diplomats.count) == ("RUS", ("GOV",), 60)


def test_phrases_without_a_country_take_it_from_around_them() -> None:
    assert countries(
        "Obama asked the intelligence agencies for a review.", "the intelligence agencies"
    ) == ["USA"]
    assert countries("Japan recalled its ambassador.", "its ambassador") == ["JPN"]
    assert countries("Trump praised his own Republican Party.", "his own Republican Party") == [
        "USA"
    ]
    text = "Sergei Skripal and his daughter were poisoned in Britain."
    assert countries(text, "his daughter") == ["RUS"]


def test_the_president_is_the_one_spoken_of() -> None:
    text = "Macron arrived in Berlin. The president met Merkel."
    assert ids(text, "The president") == ["emmanuel-macron"]


def test_a_name_that_stays_open_says_so() -> None:
    found = linked("Ivanov did not comment.", "Ivanov", date(2003, 1, 1))
    assert [e.id for e in found] == ["igor-ivanov"]
    assert found[0].alternatives == ("sergei-ivanov",)
    found = linked(
        "Foreign Minister Ivanov did not comment.", "Foreign Minister Ivanov", date(2003, 1, 1)
    )
    assert found[0].alternatives == ()
    assert linked("Kim did not comment.", "Kim", date(1985, 1, 1))[0].id == "kim-il-sung"


def test_what_is_not_known_is_nobody() -> None:
    assert linked("The committee of frogs met.", "frogs") == ()


@pytest.mark.skipif(not SEED.exists(), reason=f"{SEED} is not here")
def test_linking_a_brief_takes_one_scan() -> None:
    text = SEED.read_text(encoding="utf-8")
    report = Report(id="r", text=text)
    names = ("Vladimir Putin", "Donald Trump")
    spans = [(text.index(name), text.index(name) + len(name)) for name in names]
    passages: list[Passage] = [passage_of(report, start, end) for start, end in spans]
    assert [len(found) for found in link(report, passages, ON).values()] == [1, 1]


def test_another_person_of_a_known_surname_is_not_taken_for_the_known_one() -> None:
    text = "The baker Wanda Merkel sells bread. Merkel opened in 1990."
    assert ids(text, "Merkel", nth=1) == ["wanda-merkel"]
    text = "Chancellor Merkel met Wanda Merkel. Merkel smiled."
    assert ids(text, "Merkel", nth=2) == ["angela-merkel"]


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        (
            "NATO met in Riga. Later the alliance agreed.",
            "the alliance",
            "north-atlantic-treaty-organization",
        ),
        ("Riyadh and Washington spoke. Iran left; the country is angry.", "the country", "IRN"),
        ("Hamas fired. The group denied it.", "The group", "hamas"),
    ],
)
def test_nouns_take_up_what_was_named(text: str, words: str, expected: str) -> None:
    assert ids(text, words) == [expected]


def test_plural_roles_are_no_one_person() -> None:
    text = "Edward Snowden left Moscow. Officials in Washington were angry."
    assert ids(text, "Officials in Washington") == ["USA-official"]
    text = "The presidents of the United States and Russia met."
    assert countries(text, "The presidents of the United States") == ["USA", "RUS"]


def test_a_month_is_no_given_name() -> None:
    assert ids("In October Putin flew home. Putin rested.", "Putin", nth=1) == ["vladimir-putin"]


def test_a_daughter_abroad_is_of_her_fathers_country() -> None:
    text = "Sergei Skripal and his daughter in England fell ill."
    assert countries(text, "his daughter in England") == ["RUS"]


def test_a_title_is_no_given_name() -> None:
    text = "President Clinton, a member of the party, left. Clinton waved."
    assert ids(text, "Clinton", date(1995, 1, 1), nth=1) == ["bill-clinton"]


def test_a_pronoun_prefers_whose_sex_is_known() -> None:
    text = "Pat Quibble, a senior State Department official, met Merkel. She smiled."
    assert ids(text, "She") == ["angela-merkel"]
