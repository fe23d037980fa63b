import json
from dataclasses import replace
from html.parser import HTMLParser
from io import StringIO

from rich.console import Console

from detente.publish.html import brief_as_html
from detente.publish.jsonform import brief_as_json
from detente.publish.markdown import brief_as_markdown
from detente.publish.numbering import numbered
from detente.publish.pdf import brief_as_pdf, brief_as_typst
from detente.publish.terminal import print_brief
from detente.records import Brief, CitedSentence, Report, SourceGrade, passage_of
from tests.making import made_event, made_report

HOSTILE = "Trump & Putin met <script>alert(1)</script> in *Paris* on 11 November 2018. They talked."


def made_brief() -> tuple[Brief, dict]:
    report = made_report(HOSTILE, title='A "title" <b>', path="one.txt")
    whole = passage_of(report, 0, HOSTILE.index(" They"))
    inner = passage_of(report, 6, 20)
    event = made_event(report, whole.text, "met", status="planned")
    told = CitedSentence(text=whole.text, evidence=(whole, inner), events=(event.id,))
    last = CitedSentence(
        text="They talked.", evidence=(passage_of(report, len(HOSTILE) - 12, len(HOSTILE)),)
    )
    brief = Brief(
        title=report.title,
        standfirst=told,
        as_of=report.published,
        background=(last,),
        analysis=(),
        assessment=(),
        sources=(report,),
        notes=("No likelihood is given.",),
    )
    return brief, {event.id: event}


class Page(HTMLParser):
    def __init__(self):
        super().__init__()
        self.ids, self.links, self.tags, self.open_marks, self.marked = set(), [], [], 0, []

    def handle_starttag(self, tag, attrs):
        fields = dict(attrs)
        self.tags.append(tag)
        self.open_marks += tag == "mark"
        if "id" in fields:
            assert fields["id"] not in self.ids, "an id stands twice"
            self.ids.add(fields["id"])
        if fields.get("href", "").startswith("#"):
            self.links.append(fields["href"][1:])

    def handle_endtag(self, tag):
        self.open_marks -= tag == "mark"

    def handle_data(self, text):
        if self.open_marks:
            self.marked.append(text)


def test_html_escapes_everything_and_every_link_has_its_anchor():
    brief, events = made_brief()
    page = Page()
    page.feed(brief_as_html(brief, events))
    assert "script" not in page.tags
    assert set(page.links) <= page.ids
    assert {f"passage-{n}" for n in (1, 2, 3)} <= page.ids
    assert "".join(page.marked) == HOSTILE[: HOSTILE.index(" They")] + "They talked."


def test_html_says_which_status_a_sentence_tells():
    brief, events = made_brief()
    assert '<span class="status">planned</span>' in brief_as_html(brief, events)


def test_html_says_which_act_is_not_done_and_judgements_bear_no_status():
    brief, events = made_brief()
    report = brief.sources[0]
    done = made_event(report, brief.standfirst.evidence[0].text, "Putin met")
    mixed = replace(brief.standfirst, events=(*brief.standfirst.events, done.id))
    page = brief_as_html(replace(brief, standfirst=mixed), {**events, done.id: done})
    assert '<span class="status">planned: “met”</span>' in page
    judged = replace(brief, standfirst=None, assessment=(brief.standfirst,))
    assert 'class="status"' not in brief_as_html(judged, events)


def test_markdown_has_a_footnote_for_each_mark():
    brief, _ = made_brief()
    text = brief_as_markdown(brief)
    for number in range(1, 4):
        assert text.count(f"[^{number}]") == 2
    assert "\\<script\\>" in text


def test_json_spans_are_the_passages():
    brief, events = made_brief()
    told = json.loads(json.dumps(brief_as_json(brief, events)))
    spans = told["standfirst"]["citations"]
    assert [HOSTILE[s["start"] : s["end"]] for s in spans] == [s["text"] for s in spans]
    assert told["standfirst"]["events"][0]["status"] == "planned"


def test_terminal_numbers_agree_with_the_footnotes():
    brief, _ = made_brief()
    written = StringIO()
    print_brief(brief, Console(file=written, width=200))
    for citation in numbered(brief).values():
        assert f"[{citation.number}] “" in written.getvalue()


def test_pdf_is_set_whatever_the_text_holds():
    brief, _ = made_brief()
    assert brief_as_pdf(brief).startswith(b"%PDF-")


def all_forms(brief: Brief) -> dict[str, str]:
    said = StringIO()
    print_brief(brief, Console(file=said, width=200))
    return {
        "terminal": said.getvalue(),
        "markdown": brief_as_markdown(brief),
        "html": brief_as_html(brief),
        "pdf": brief_as_typst(brief),
    }


def test_every_form_says_that_a_source_is_not_judged():
    brief, _ = made_brief()
    for name, told in all_forms(brief).items():
        assert told.count("Admiralty grade: not judged") == 1, name
    (source,) = brief_as_json(brief)["sources"]
    assert (source["grade"], source["graded"]) == ("not judged", None)


def test_every_form_tells_a_source_s_grade_and_what_it_means():
    grade = SourceGrade(outlet="Northern Wire", reliability="B", credibility="2", reason="long")
    brief = replace(made_brief()[0], grades=(grade,))
    for name, told in all_forms(brief).items():
        assert told.count("Admiralty grade B2 (usually reliable, probably true)") == 1, name
    (source,) = brief_as_json(brief)["sources"]
    assert (source["grade"], source["graded"]["reason"]) == ("B2", "long")


def test_our_own_reckoning_is_no_source_to_grade():
    brief, _ = made_brief()
    own = Report(id="own", text="Reckoned.", outlet="Détente", title="How it was reckoned")
    brief = replace(brief, sources=(*brief.sources, own))
    for name, told in all_forms(brief).items():
        assert told.count("Admiralty grade") == 1, name
    assert brief_as_json(brief)["sources"][1]["grade"] is None


def test_every_form_says_as_of_when_and_of_how_many_sources():
    brief, events = made_brief()
    line = f"As of 24 October 2018 · {len(brief.sources)} source"
    assert line in brief_as_markdown(brief)
    assert line in brief_as_html(brief, events)
    assert line in brief_as_typst(brief)
    told = StringIO()
    print_brief(brief, Console(file=told, width=200))
    assert line in told.getvalue()
