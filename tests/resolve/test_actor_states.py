"""States called by what they are, and whose words of relation and office are."""

from __future__ import annotations

import pytest

from detente.gazetteer.actor_catalogue import catalogue
from detente.resolve.actor_states import regional_bodies, state_adjectives
from detente.resolve.report_home import dateline_of
from tests.resolve.test_actor_linking import countries, ids


@pytest.mark.parametrize(
    ("text", "words", "country"),
    [
        ("Chad's army took power. Paris called the junta unlawful.", "the junta", "TCD"),
        ("Chad's army took power. Paris objected. The junta shrugged.", "The junta", "TCD"),
        ("France and Chad quarrel. France warned the regime.", "the regime", "TCD"),
        ("France and Chad quarrel. France blamed a brutal regime.", "a brutal regime", "TCD"),
        ("China protested. Tokyo warned the government in Beijing.", "the government", "CHN"),
        ("Chad recalled its envoy. France condemned the government.", "the government", "TCD"),
        ("Latvia and Russia quarrel. Russia blamed the Baltic state.", "the Baltic state", "LVA"),
        ("Spain met Jordan. Libya thanked the kingdom.", "the kingdom", "JOR"),
        ("Oman and Jordan met. Jordan thanked the sultanate.", "the sultanate", "OMN"),
    ],
)
def test_a_state_by_what_it_is(text: str, words: str, country: str) -> None:
    assert countries(text, words) == [country]


def test_who_turns_on_his_own_government_means_his_own() -> None:
    text = "Poland and Belarus quarrel. Poland's opposition blamed the government."
    assert countries(text, "the government") == ["POL"]


def test_a_region_has_its_body() -> None:
    assert ids("Mali left. The West African bloc regretted it.", "The West African bloc") == [
        "economic-community-of-west-african-states"
    ]
    assert set(regional_bodies().values()) <= set(catalogue().bodies)


def test_the_states_of_an_adjective_are_known() -> None:
    known = {state.country for state in catalogue().states.values()}
    told = {c for countries in state_adjectives().values() for c in countries}
    assert told <= known


def test_the_neighbours_of_a_state_are_others() -> None:
    text = "Thailand and Laos met. Thailand's neighbours urged calm."
    assert countries(text, "Thailand's neighbours") == []
    alone = "Thailand and Laos met. Thailand's neighbour agreed."
    assert countries(alone, "Thailand's neighbour") == ["LAO"]


def test_the_capital_of_the_union_acts_for_it() -> None:
    assert countries("Brussels fined Poland.", "Brussels") == ["IGO"]
    assert countries("Brussels fined Poland. Belgium paid.", "Brussels") == ["BEL"]


def test_a_dateline_is_no_party_and_tells_who_needs_no_country() -> None:
    text = (
        "AMMAN (Wire) - Syria accused Jordan of spying. "
        "Transport Minister Karim Wadi blamed Syria in turn. Jordan waited."
    )
    assert countries(text, "Transport Minister Karim Wadi") == ["JOR"]
    assert dateline_of(text) == (0, len("AMMAN (Wire) - "))
    abroad = "CAIRO (Wire) - Syria accused Jordan. The foreign ministry in Syria complained."
    assert countries(abroad, "The foreign ministry in Syria") == ["SYR"]


def test_officials_of_a_region_and_hackers_are_of_no_one_state() -> None:
    text = "Yemen protested. Gulf officials met. Hackers fled."
    assert countries(text, "Gulf officials") == [""]
    assert countries(text, "Hackers") == [""]


def test_a_town_of_a_country_nobody_speaks_of_is_no_party() -> None:
    assert countries("Lebanon waits. Amal protested.", "Amal") == []
    assert countries("Sweden waits. Amal protested.", "Amal") == ["SWE"]


def test_whose_its_is_within_a_clause() -> None:
    text = "Togo followed suit, while Ghana withdrew its diplomats."
    assert countries(text, "its") == ["GHA"]


def test_a_quotation_says_nothing_of_who_speaks() -> None:
    text = 'China blamed Japan. "The Japanese boat fled," the coast guard said.'
    assert countries(text, "the coast guard") == ["CHN"]


def test_who_left_an_office_is_of_the_country_told_from() -> None:
    text = "AMMAN: Jordan waits. Karim Wadi stepped down as transport minister after a row."
    assert countries(text, "Karim Wadi") == ["JOR"]


def test_ones_own_country() -> None:
    text = "Ghana and Togo met. Ghana said that its country house was Togo's."
    assert countries(text, "its") == ["GHA"]
    said = "Togo and Ghana quarrel. Vladimir Putin said that his country would help."
    assert countries(said, "his country") == ["RUS"]


def test_a_longer_name_is_of_another() -> None:
    text = "Irfaan Ali met Nicolas Maduro. Iranian government spokesman Ali Rabiei dissented."
    assert countries(text, "Iranian government spokesman Ali Rabiei") == ["IRN"]


def test_member_states_are_nobody_in_particular() -> None:
    assert countries("Member States condemned Niger.", "Member States") == []


def test_whose_is_of_the_state_beside_it() -> None:
    text = "Oman closed its base in Yemen, whose government had protested."
    assert countries(text, "whose government") == ["YEM"]


def test_both_leaders_are_not_of_the_speakers_country() -> None:
    text = "Chad and Togo quarrel. Chad accused Togo. French President Macron called both leaders."
    assert sorted(countries(text, "both leaders")) == ["TCD", "TGO"]


def test_a_role_with_initials_tells_of_what_country_one_is() -> None:
    text = "Karim Wadi, the U.S. envoy, travelled on. Karim Wadi returned."
    assert countries(text, "Karim Wadi") == ["USA"]
