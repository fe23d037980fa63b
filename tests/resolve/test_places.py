"""Place names found, resolved and given to events."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.records import passage_of
from detente.resolve.outlet_home import home_of
from detente.resolve.places import place_of, toponyms
from detente.resolve.toponym_spans import toponym_spans

from .mentions import event_in, report_of


def named(text: str) -> list[tuple[str, str, str]]:
    return [(t.text, t.place.country, t.place.division) for t in toponyms(text) if t.place]


def test_countries_and_capitals_first() -> None:
    assert named("He flew from Moscow to Paris.") == [
        ("Moscow", "RUS", "RU.48"),
        ("Paris", "FRA", "FR.11"),
    ]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("A fire broke out in Paris, Texas.", ("Paris", "USA", "US.TX")),
        ("He was born in London, Ont.", ("London", "CAN", "CA.08")),
        ("The court in Athens, Ga. heard him.", ("Athens", "USA", "US.GA")),
    ],
)
def test_what_stands_after_decides(text: str, place: tuple[str, str, str]) -> None:
    assert named(text)[0] == place


def test_one_sense_a_text() -> None:
    text = "Athens, Georgia, got snow. Schools in Athens were closed."
    assert {p[2] for p in named(text) if p[0] == "Athens"} == {"US.GA"}


def test_the_state_or_the_country_of_georgia() -> None:
    assert ("Georgia", "GEO", "") in named("Troops left Georgia for Russia. Tbilisi protested.")
    assert ("Georgia", "USA", "US.GA") in named(
        "He moved from Florida to Georgia and lives in Atlanta."
    )


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        (
            "A former Russian spy was poisoned in Salisbury, and Britain blamed Moscow.",
            "Salisbury",
            "GBR",
        ),
        ("Theresa May visited Salisbury after the attack.", "Salisbury", "GBR"),
        ("Tony Blair welcomed Bill Clinton in Birmingham.", "Birmingham", "GBR"),
        ("Clashes in Tripoli went on, and Lebanon's army came from Beirut.", "Tripoli", "LBN"),
        ("Rockets hit Tripoli, and Libya's government asked for help.", "Tripoli", "LBY"),
        ("A bomb exploded in Hyderabad, Pakistan's police said.", "Hyderabad", "PAK"),
        ("Narendra Modi spoke in Hyderabad.", "Hyderabad", "IND"),
        ("Thousands marched in Santiago against Chile's president.", "Santiago", "CHL"),
        ("Spain's king received the president in Córdoba.", "Córdoba", "ESP"),
        ("A ship was stopped in the Black Sea off Odessa.", "Odessa", "UKR"),
        ("Egypt's president received Macron in Alexandria.", "Alexandria", "EGY"),
        ("The two ministers met in Washington.", "Washington", "USA"),
    ],
)
def test_the_countries_told_decide(text: str, name: str, country: str) -> None:
    found = {t.text: t.place.country for t in toponyms(text) if t.place}
    assert found[name] == country


def test_the_gulf_is_the_persian_one() -> None:
    assert [t.place.name for t in toponyms("They seized a tanker in the Gulf.") if t.place] == [
        "Persian Gulf"
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Tankers passed through the Strait of Hormuz.", "Strait of Hormuz"),
        ("They met at Camp David.", "Camp David"),
        ("Rebels hold the Donbas.", "Donbas"),
        ("The Gaza Strip is closed.", "Gaza Strip"),
    ],
)
def test_our_own_table(text: str, name: str) -> None:
    assert name in [t.text for t in toponyms(text)]


@pytest.mark.parametrize(
    "text", ["Mr. Jackson spoke.", "Chelsea Clinton spoke.", "Reading is hard."]
)
def test_persons_and_common_words_are_no_places(text: str) -> None:
    assert toponym_spans(text) == ()


def test_a_government_is_an_actor() -> None:
    acting = {
        t.text: t.acting for t in toponyms("Moscow said talks with Washington went on in Geneva.")
    }
    assert acting == {"Moscow": True, "Washington": True, "Geneva": False}


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=60))
@settings(deadline=None, max_examples=60)
def test_spans_lie_in_the_text(text: str) -> None:
    assert all(0 <= start < end <= len(text) for start, end in toponym_spans(text))


def place(text: str, trigger: str, status: str = "done", **fields):
    report = report_of(text)
    return place_of(report, event_in(report, trigger, status, **fields))


@pytest.mark.parametrize(
    ("text", "trigger", "country"),
    [
        ("The ministers met in Vienna.", "met", "AUT"),
        ("A summit in Hanoi failed.", "summit", "VNM"),
        ("The Hanoi summit failed.", "summit", "VNM"),
        ("She visited Ankara on Monday.", "visited", "TUR"),
        ("They will meet in the Egyptian capital.", "meet", "EGY"),
        ("Britain expelled 23 diplomats from the UK.", "expelled", "GBR"),
        ("In Minsk, the leaders signed a truce.", "signed", "BLR"),
        ("Ten hackers were indicted by the US Department of Justice.", "indicted", "USA"),
        ("Envoys meddled in the 2017 French presidential election.", "meddled", "FRA"),
        (
            "He visited the United States in May to talk in private.",
            "visited the United States",
            "USA",
        ),
    ],
)
def test_an_event_is_placed(text: str, trigger: str, country: str) -> None:
    found = place(text, trigger)
    assert found is not None
    assert found.country == country


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("Moscow accused Kyiv of sabotage.", "accused"),
        ("Officials from Norway denied it.", "denied"),
        ("After the summit in Helsinki, Democrats accused him.", "accused"),
        ("They will meet in Oslo after Iran threatened war.", "threatened"),
    ],
)
def test_actors_and_other_events_places_are_not_taken(text: str, trigger: str) -> None:
    assert place(text, trigger) is None


def test_unknown_is_unresolved() -> None:
    report = report_of("They met in Qwertopolis.")
    start = report.text.index("Qwertopolis")
    given = passage_of(report, start, start + 11)
    found = place_of(report, event_in(report, "met", place=given))
    assert found is not None
    assert (found.resolution, found.lat, found.name) == ("unresolved", None, "Qwertopolis")


def test_an_outlets_home() -> None:
    texts = ["Police in Tyler and Longview searched Lufkin.", "The Athens council met in Tyler."]
    home = home_of("athensreview.com", texts)
    assert home is not None
    assert home.division == "US.TX"
