"""What readers see: every page, its JSON twin, its metadata."""

from __future__ import annotations

import json
import re

import pytest

from detente.records import Ruling
from tests.web.conftest import Reach, send

PAGES = (
    "/",
    "/briefs/inf-treaty",
    "/chronology",
    "/chronology?actor=USA&status=done&order=oldest",
    "/dyads",
    "/dyads/USA/RUS",
    "/actors",
    "/actors/USA",
    "/agreements",
    "/map",
    "/search?q=treaty",
    "/sign-in",
)


@pytest.mark.parametrize("page", PAGES)
def test_every_page_is_whole_small_and_has_a_twin(reach: Reach, page: str):
    client = reach()
    shown = client.get(page)
    assert shown.status_code == 200
    assert shown.text.rstrip().endswith("</html>")
    assert len(shown.content) < 80_000
    assert len(re.findall("<h1", shown.text)) == 1
    twin = re.search(r'href="([^"]+)">This page as JSON', shown.text)
    assert twin
    told = client.get(twin[1].replace("&amp;", "&"))
    assert told.status_code == 200
    assert told.headers["content-type"] == "application/json"
    assert told.json()


def test_the_first_page_with_its_style_and_script_is_under_100_kilobytes(reach: Reach):
    client = reach()
    parts = ("/briefs/inf-treaty", "/static/desk.css", "/static/desk.js", "/static/icon.svg")
    assert sum(len(client.get(part).content) for part in parts) < 100_000


def test_a_brief_has_its_parts_metadata_and_sources(reach: Reach):
    shown = reach().get("/briefs/inf-treaty").text
    for heading in ("Background", "Analysis", "Assessment", "Sources", "Comments"):
        assert f">{heading}</h2>" in shown
    assert "Leave a Reply" in shown
    for name in ("citation_title", "citation_publication_date", "citation_pdf_url", "og:title"):
        assert f'"{name}"' in shown
    linked = re.search(r'<script type="application/ld\+json">(.*?)</script>', shown, re.S)
    assert linked
    assert json.loads(linked[1])["@type"] == "AnalysisNewsArticle"


def test_each_citation_opens_its_passage_marked_in_the_report(reach: Reach):
    client = reach()
    twin = client.get("/briefs/inf-treaty.json").json()
    shown = client.get("/briefs/inf-treaty").text
    links = re.findall(r'class="cite" href="([^"#]+)#at"', shown)
    assert len(links) > 10
    cited = {
        (c["report"], c["start"], c["end"]): c["text"]
        for part in ("background", "analysis", "assessment")
        for sentence in twin["brief"][part]
        for c in sentence["citations"]
    }
    (report, start, end), words = next(iter(cited.items()))
    page = client.get(f"/reports/{report}?at={start}-{end}&brief=inf-treaty").text
    marks = re.findall(r'<mark class="cited"[^>]*>(.*?)</mark>', page, re.S)
    tipless = re.sub(r'<span class="tip".*?</span></span>', "", "".join(marks), flags=re.S)
    assert 'id="at"' in page
    bare = re.sub(r"<[^>]+>", "", tipless)
    assert bare.split() == words.replace("&", "&amp;").split()
    for link in dict.fromkeys(links):
        assert client.get(link.replace("&amp;", "&")).status_code == 200


def test_the_chronology_pages_through_every_occurrence_once(reach: Reach):
    client = reach()
    seen: list[str] = []
    cursor = ""
    for _ in range(50):
        page = client.get("/chronology.json", params={"cursor": cursor} if cursor else {}).json()
        seen += [one["incident"] for one in page["occurrences"]]
        cursor = page["following"]
        if not cursor:
            break
    assert len(seen) == len(set(seen)) > 40
    oldest = client.get("/chronology.json?order=oldest").json()["occurrences"]
    assert oldest[0]["incident"] == seen[-1] or oldest[0]["day"] <= oldest[-1]["day"]


def test_a_filter_in_the_address_shows_only_what_fits(reach: Reach):
    client = reach()
    found = client.get("/chronology.json?actor=usa&act=CONSULT&from=2018-01-01").json()
    assert found["occurrences"]
    for one in found["occurrences"]:
        assert any(a["id"] == "USA" for a in one["actor"]) or one["mentions"] > 1
        assert one["act"] == "CONSULT" or one["mentions"] > 1
    assert client.get("/chronology?act=NOTHING").status_code == 404
    assert client.get("/chronology?from=yesterday").status_code == 400


def test_search_finds_words_and_shows_them(reach: Reach):
    found = reach().get("/search?q=treaty").text
    assert re.search(r"<mark>[Tt]reaty</mark>", found)
    assert "No report holds" in reach().get("/search?q=zyzzyva").text


def test_feeds_hold_what_the_pages_hold(reach: Reach):
    from defusedxml.ElementTree import fromstring

    client = reach()
    atom = "{http://www.w3.org/2005/Atom}"
    for page, feed in (("/", "/briefs"), ("/chronology?actor=RUS", "/chronology")):
        query = page.partition("?")[2]
        root = fromstring(client.get(f"{feed}.atom?{query}").content)
        told = client.get(f"{feed}.feed?{query}").json()
        titles = [e.findtext(f"{atom}title") for e in root.iter(f"{atom}entry")]
        assert titles == [item["title"] for item in told["items"]]
        assert titles


def test_an_unchanged_page_is_not_sent_twice(reach: Reach):
    client = reach()
    first = client.get("/chronology")
    again = client.get("/chronology", headers={"if-none-match": first.headers["etag"]})
    assert again.status_code == 304
    assert not again.content
    client.get("/briefs/inf-treaty")  # gives the visitor's cookie
    second = client.get("/briefs/inf-treaty")
    kept = {"if-none-match": second.headers["etag"]}
    assert client.get("/briefs/inf-treaty", headers=kept).status_code == 304


def test_a_brief_as_pdf(reach: Reach):
    told = reach().get("/briefs/inf-treaty/brief.pdf")
    assert told.headers["content-type"] == "application/pdf"
    assert told.content.startswith(b"%PDF-")


def test_read_more_names_reports_that_tell_of_the_same(reach: Reach):
    twin = reach().get("/briefs/inf-treaty.json").json()
    cited = {source["id"] for source in twin["brief"]["sources"]}
    assert not cited & {report["id"] for report in twin["related"]["reports"]}


def test_drafts_are_not_shown(reach: Reach, path):
    eve = reach("eve")
    site = eve.app.state.site
    brief = site.record.desk.brief("inf-treaty").brief
    site.record.desk.save_brief("secret-draft", brief, state="draft", by="eve")
    client = reach()
    assert client.get("/briefs/secret-draft").status_code == 404
    assert client.get("/briefs/secret-draft/brief.pdf").status_code == 404
    assert "secret-draft" not in client.get("/").text


def test_an_incident_sets_its_tellings_side_by_side(reach: Reach):
    client = reach()
    lines = client.get("/chronology.json").json()["occurrences"]
    widest = max(lines, key=lambda one: one["mentions"])
    assert widest["mentions"] > 1
    shown = client.get(f"/incidents/{widest['incident']}").text
    assert shown.count('class="telling') - 1 == widest["mentions"]


def test_merging_and_splitting_show_at_once(reach: Reach):
    ana = reach("ana")
    first, second = ana.get("/chronology.json").json()["occurrences"][:2]
    page = f"/incidents/{first['incident']}"
    to = f"/desk/incidents/{first['incident']}/rulings"
    merged = send(ana, page, to, kind="merge", reason="the same", **{"with": second["incident"]})
    assert merged.status_code == 303
    told = ana.get(f"{page}.json").json()
    assert len(told["mentions"]) == first["mentions"] + second["mentions"]
    gone = ana.get(f"/incidents/{second['incident']}.json").json()
    assert gone["id"] == told["id"]
    event = told["mentions"][0]["id"]
    assert send(ana, page, to, kind="split", reason="no", events=event).status_code == 303
    assert len(ana.get(f"{page}.json").json()["mentions"]) == len(told["mentions"]) - 1


def test_rulings_show_in_the_chronology_and_the_brief(reach: Reach):
    ana = reach("ana")
    told = ana.get("/briefs/inf-treaty.json").json()
    event = next(s["events"][0]["id"] for s in told["brief"]["analysis"] if s["events"])
    done = send(
        ana, f"/desk/events/{event}", f"/desk/events/{event}/rulings", kind="reject", reason="no"
    )
    assert done.status_code == 303
    again = reach().get("/briefs/inf-treaty.json").json()
    assert again["rests_on"]["events"] == told["rests_on"]["events"] - 1
    assert again["rests_on"]["rejected"] == 1
    assert "reject by ana" in reach().get("/briefs/inf-treaty").text


def test_an_amended_event_is_found_by_its_new_coding(reach: Reach):
    ana = reach("ana")
    line = ana.get("/chronology.json?act=CONSULT").json()["occurrences"][0]
    event = ana.get(f"/incidents/{line['incident']}.json").json()["mentions"][0]["id"]
    send(
        ana,
        f"/desk/events/{event}",
        f"/desk/events/{event}/rulings",
        kind="amend",
        reason="it was",
        act="MOBILIZE",
    )
    found = ana.get("/chronology.json?act=MOBILIZE").json()["occurrences"]
    assert line["incident"] in {one["incident"] for one in found}
    ruling = ana.app.state.site.record.view(grouped=False).rulings()[-1]
    assert isinstance(ruling, Ruling)
    assert (ruling.by, ruling.changes) == ("ana", {"act": "MOBILIZE"})
