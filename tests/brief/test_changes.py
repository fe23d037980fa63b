import json

import pytest

from detente.brief.changes import changes, earlier_brief
from detente.brief.compose import compose
from detente.errors import InputError
from detente.publish.jsonform import brief_as_json
from tests.making import incidents_of, made_event, made_report

PLAN = {"event_type": "AGREE", "act": "CONSULT", "status": "planned", "incident": "paris"}


def test_a_plan_that_came_about_since_is_told_with_its_passage(tmp_path):
    first = made_report("Trump will meet Putin in Paris.", published="2018-10-24")
    planned = made_event(first, first.text, "will meet", edtf="2018-11-11", **PLAN)
    earlier = compose([first], [planned], incidents_of((planned,)))
    path = tmp_path / "earlier.json"
    path.write_text(json.dumps(brief_as_json(earlier, {planned.id: planned})))
    second = made_report("Trump met Putin in Paris.", published="2018-11-12")
    held = made_event(second, second.text, "met", edtf="2018-11-11", incident="paris")
    incidents = {i.id: i for i in incidents_of((planned, held))}
    (told,) = changes(earlier_brief(path), incidents, {planned.id: planned, held.id: held})
    assert told.text == (
        "Since the last brief there is news of what was then planned: “Trump met Putin in Paris.”"
    )
    assert [p.report for p in told.evidence] == [second.id]


def test_what_stands_as_before_is_no_change(tmp_path):
    first = made_report("Trump will meet Putin in Paris.", published="2018-10-24")
    planned = made_event(first, first.text, "will meet", edtf="2018-11-11", **PLAN)
    path = tmp_path / "earlier.json"
    path.write_text(
        json.dumps(
            brief_as_json(
                compose([first], [planned], incidents_of((planned,))), {planned.id: planned}
            )
        )
    )
    incidents = {i.id: i for i in incidents_of((planned,))}
    assert list(changes(earlier_brief(path), incidents, {planned.id: planned})) == []


@pytest.mark.parametrize("content", ["", "[]", "{}", "nonsense", '{"background": 3}'])
def test_what_is_no_brief_is_refused_by_name(tmp_path, content):
    path = tmp_path / "other.json"
    path.write_text(content)
    with pytest.raises(InputError, match=r"other\.json: is no brief"):
        earlier_brief(path)


def test_a_missing_brief_is_refused_by_name(tmp_path):
    with pytest.raises(InputError, match="cannot be read"):
        earlier_brief(tmp_path / "nowhere.json")
