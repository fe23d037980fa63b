from dataclasses import replace
from datetime import date

import pytest

from detente.analyse import Choice, chosen, chronology, network, places, series
from detente.analyse.occurrences import done, names_of, occurrences
from detente.errors import InputError, UnknownName
from detente.records import Place
from tests.analyse.telling import alone, grouped, told

HELSINKI = Place(name="Helsinki", country="FIN", lat=60.17, lon=24.94, resolution="city")


def test_an_incident_counts_once_and_is_told_by_the_mention_of_its_status():
    plan = told("USA", "CONSULT", "RUS", status="planned", outlet="First", confidence=0.99)
    held = told("USA", "CONSULT", "RUS", outlet="Second", confidence=0.5)
    [one] = occurrences(*grouped(("done", [plan, held])))
    assert one.told == held
    assert one.mentions == (plan, held)
    assert one.dyads == (("USA", "RUS"),)
    assert one.quad == "verbal cooperation"


def test_events_without_an_incident_stand_alone():
    event = told("USA", "SANCTION", "RUS")
    [one] = occurrences([replace(event, incident="")])
    assert one.incident.events == (event.id,)
    assert one.status == "done"


def test_parties_of_a_reciprocal_act_act_on_each_other():
    event = told("USA", "CONSULT")
    both = replace(event, actor=(*event.actor, *told("RUS", "CONSULT").actor))
    assert alone(both)[0].dyads == (("USA", "RUS"), ("RUS", "USA"))


@pytest.mark.parametrize("status", ["planned", "threatened", "alleged", "denied", "negated"])
def test_what_was_not_done_is_never_counted_as_done(status):
    act = told("USA", "ASSAULT", "RUS", status=status, where=HELSINKI)
    found = alone(act)
    assert done(found) == []
    assert network(found).is_empty()
    assert places(found).is_empty()
    counted = series(found, [act], first=date(2018, 10, 1), last=date(2018, 10, 31))
    assert counted["total"].sum() == 0
    assert chronology(found)["status"].to_list() == [status]


def test_the_vague_do_not_stand_for_the_dated():
    vague = told("USA", "SANCTION", "RUS", on="2018", outlet="Vague", confidence=1.0)
    exact = told("USA", "SANCTION", "RUS", on="2018-10-20", outlet="Exact", confidence=0.3)
    [one] = occurrences(*grouped(("done", [vague, exact])))
    assert one.day == date(2018, 10, 20)


def test_names_come_from_the_gazetteer_where_it_knows_them():
    assert names_of([told("USA", "CONSULT", "RUS")])["RUS"] == "Russia"


RECORD = alone(
    told("USA", "SANCTION", "RUS", on="2018-10-20"),
    told("RUS", "REJECT", "USA", on="2018-11-02"),
)


def test_a_choice_takes_dyad_and_days():
    assert len(chosen(RECORD, Choice(actor="USA", recipient="RUS"))) == 1
    assert len(chosen(RECORD, Choice(first=date(2018, 11, 1)))) == 1
    assert len(chosen(RECORD, Choice())) == 2


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        (Choice(actor="RUX"), "RUX: does not occur in the record (nearest: RUS)"),
        (
            Choice(actor="USA", recipient="USA"),
            "USA on USA: no events; there are USA on RUS (1), RUS on USA (1)",
        ),
        (
            Choice(actor="USA", recipient="RUS", first=date(2030, 1, 1)),
            "USA on RUS, 2030-01-01 to …: no events; there are 1 from 2018-10-20 to 2018-10-20",
        ),
        (
            Choice(first=date(2019, 1, 1), last=date(2018, 1, 1)),
            "2019-01-01 to 2018-01-01: the window ends before it begins",
        ),
    ],
)
def test_where_there_is_nothing_it_says_what_is_there(choice, said):
    with pytest.raises(InputError) as caught:
        chosen(RECORD, choice)
    assert str(caught.value) == said


def test_an_unknown_actor_is_an_unknown_name():
    with pytest.raises(UnknownName):
        chosen(RECORD, Choice(actor="Atlantis"))


def test_an_empty_record_says_how_to_fill_it():
    with pytest.raises(InputError, match="holds no events; add reports with `detente add`"):
        chosen([], Choice())
