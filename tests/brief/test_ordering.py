from dataclasses import replace
from datetime import UTC, datetime

from detente.brief.compose import compose
from detente.brief.opening import condensed
from detente.brief.ordering import anchored, as_reported, in_paragraphs
from detente.brief.statements import sentence_before, statements_of
from detente.brief.telling import Choice
from detente.records import Section, When
from tests.making import incidents_of, made_event, made_report

TEXT = (
    "Peru closed its border with Chile. Chile denounced the move. Ten men crossed on foot. "
    "Peru called it an outrage. Chile sent troops to the frontier."
)
SENTENCES = [f"{s}." for s in TEXT.rstrip(".").split(". ")]
CLOSED, DENOUNCED, CROSSED, OUTRAGE, SENT = SENTENCES
TRIGGERS = ("closed", "denounced", "crossed", "called it", "sent troops")


def chosen(*sentences: str):
    report = made_report(TEXT)
    events = [
        made_event(report, sentence, trigger)
        for sentence, trigger in zip(SENTENCES, TRIGGERS, strict=True)
        if sentence != CROSSED
    ]
    facts = statements_of([report], events)
    picked = [s for s in facts if s.sentence.text in sentences]
    choices = [
        Choice(
            statement=s,
            new=tuple((e.incident, "done") for e in s.events),
            words=s.sentence.text,
            evidence=(s.sentence,),
        )
        for s in picked
    ]
    return choices, facts


def told(choices, facts, opening=()):
    return [choice.words for choice in anchored(choices, facts, opening)]


def test_what_leans_comes_right_after_what_it_leans_on():
    choices, facts = chosen(CLOSED, DENOUNCED, SENT)
    assert told([choices[2], choices[0], choices[1]], facts) == [SENT, CLOSED, DENOUNCED]


def test_what_leans_on_the_opening_comes_first():
    choices, facts = chosen(CLOSED, DENOUNCED, SENT)
    assert told([choices[2], choices[1]], facts, [choices[0]]) == [DENOUNCED, SENT]


def test_what_leans_on_nothing_told_is_told_with_the_sentence_before():
    choices, facts = chosen(OUTRAGE, SENT)
    first, second = anchored(choices, facts)
    assert first.words == f"{CROSSED} {OUTRAGE}"
    assert [p.text for p in first.evidence] == [OUTRAGE, CROSSED]
    assert second.words == SENT


def test_the_sentence_before():
    report = made_report("A title\n\nMr. Paz left. Gen. Soto stayed. They met.")
    start = report.text.index("They")
    assert sentence_before(report, start).text == "Gen. Soto stayed."
    assert sentence_before(report, report.text.index("Gen.")).text == "Mr. Paz left."
    assert sentence_before(report, report.text.index("Mr.")) is None


def test_a_paragraph_ends_with_its_report_or_when_it_is_full():
    reports = [made_report(TEXT, outlet=outlet) for outlet in ("One", "Two")]
    choices = []
    for report in reports:
        events = [made_event(report, CLOSED, "closed"), made_event(report, SENT, "sent troops")]
        choices += [
            Choice(statement=s, new=(), words=s.sentence.text)
            for s in statements_of([report], events)
        ]
    names = [name for name, _ in in_paragraphs(as_reported([*choices, *choices]), "new")]
    assert names == ["new"] * 4 + ["new 2"] * 4


HEAD = "Ten envoys of Chile expelled"
LEAD = "Peru on Tuesday expelled ten envoys of Chile."
REST = "Chile had recalled its own envoy to Peru."


def test_a_headline_gives_way_to_the_sentence_and_the_lead_opens():
    text = f"{HEAD}\n\n{LEAD} {REST}"
    report = made_report(text, title=HEAD, sections=(Section(kind="lead", start=0, end=len(text)),))
    events = (
        made_event(report, HEAD, "expelled", event_type="SANCTION", incident="head"),
        made_event(
            report, LEAD, "expelled ten", event_type="SANCTION", incident="lead",
            actor=(("Peru", "PER"),), recipient=(("envoys of Chile", "CHL"),),
        ),
        made_event(
            report, REST, "recalled", event_type="SANCTION", auxiliary=("historical",),
            incident="rest", actor=(("Chile", "CHL"),), recipient=(("Peru", "PER"),),
        ),
    )  # fmt: skip
    brief = compose([report], events, incidents_of(events))
    assert brief.standfirst.text.startswith("Peru on 23 October 2018 expelled")
    everything = [brief.standfirst, *brief.background, *brief.analysis]
    assert not [s for s in everything if s.text.startswith(HEAD)]


def test_newer_news_opens_before_weightier_news_of_last_week():
    old = made_report("Peru bombed a town in Chile.", published="2018-10-14")
    new = made_report("Peru and Chile met in Quito.", published="2018-10-24", outlet="Second")
    events = (
        made_event(
            old, old.text, "bombed", event_type="ASSAULT", edtf="2018-10-14",
            actor=(("Peru", "PER"),), recipient=(("Chile", "CHL"),),
        ),
        made_event(new, new.text, "met", edtf="2018-10-24",
                   actor=(("Peru", "PER"), ("Chile", "CHL"))),
    )  # fmt: skip
    brief = compose([old, new], events, incidents_of(events))
    assert brief.standfirst.text == "On 24 October 2018, Peru and Chile met in Quito."
    assert brief.title == "Chile and Peru"


def test_old_news_without_a_day_tells_who_reported_it_and_when():
    old = made_report("Peru has accused Chile of spying.", published="2018-01-14")
    new = made_report("Peru and Chile met in Quito.", published="2018-10-24", outlet="Second")
    events = (
        made_event(
            old, old.text, "accused", event_type="ACCUSE", edtf="2018-01-14~",
            basis="publication", actor=(("Peru", "PER"),), recipient=(("Chile", "CHL"),),
        ),
        made_event(new, new.text, "met", edtf="2018-10-24",
                   actor=(("Peru", "PER"), ("Chile", "CHL"))),
    )  # fmt: skip
    brief = compose(
        [old, new], events, incidents_of(events), as_of=datetime(2018, 10, 25, tzinfo=UTC)
    )
    assert [s.text for s in brief.background] == [
        "As Northern Wire reported on 14 January 2018, Peru has accused Chile of spying."
    ]


def test_what_adds_least_goes_and_deeds_stay_before_words():
    deed, opening = "Peru shelled a town.", "Peru broke with Chile."
    said = [f"Deputy {n} deplored what others had told him of it all." for n in range(30)]
    report = made_report(" ".join([opening, deed, *said]))
    made = [
        made_event(report, opening, "broke", event_type="SANCTION"),
        made_event(report, deed, "shelled", event_type="ASSAULT"),
        *(made_event(report, text, text[:18], event_type="ACCUSE") for text in said),
    ]
    choices = [
        Choice(statement=s, new=(), words=s.sentence.text, adds=1.2 if n > 1 else 1.0)
        for n, s in enumerate(statements_of([report], made))
    ]
    latest, earlier = condensed(choices[:10], choices[10:], choices[0], 200)
    kept = [c.words for c in (*latest, *earlier)]
    assert sum(len(words.split()) for words in kept) <= 150
    assert {opening, deed} < set(kept)


def test_what_is_denied_is_news_though_it_would_lie_long_ago():
    report = made_report("Peru denied that it had paid them.")
    event = made_event(report, report.text, "paid", status="denied", event_type="AID")
    event = replace(event, when=When(edtf="../2018-10-24", basis="inferred"))
    (statement,) = statements_of([report], [event])
    assert statement.latest_day == report.published.date()
    done = replace(event, coded=replace(event.coded, status="done"))
    (statement,) = statements_of([report], [done])
    assert statement.latest_day < report.published.date()


def test_what_had_happened_is_not_told_again():
    first = made_report("Peru accused Chile of lying on 20 October 2018.", published="2018-10-21")
    again = made_report("Peru had accused Chile of deceit in October.", outlet="Second")
    other = made_report("Peru had accused Chile of theft in May.", outlet="Third")
    parties = {"actor": (("Peru", "PER"),), "recipient": (("Chile", "CHL"),)}
    events = tuple(
        made_event(
            report, report.text, trigger, event_type="ACCUSE", edtf=edtf, auxiliary=auxiliary,
            **parties,
        )
        for report, trigger, edtf, auxiliary in (
            (first, "accused", "2018-10-20", ()),
            (again, "accused", "2018-10", ("historical",)),
            (other, "accused", "2018-05", ("historical",)),
        )
    )  # fmt: skip
    brief = compose([first, again, other], events, incidents_of(events))
    told = " ".join(s.text for s in (brief.standfirst, *brief.background, *brief.analysis))
    assert "lying" in told
    assert "theft" in told
    assert "deceit" not in told


def test_what_later_news_has_overtaken_is_left_out():
    text = "Peru and Chile plan to meet. Neither government has confirmed the meeting."
    old = made_report(text, published="2018-10-14")
    new = made_report("Peru and Chile met in Quito.", published="2018-10-24", outlet="Second")
    plan, confirmed = f"{text.split('. ', maxsplit=1)[0]}.", text.split(". ")[1]
    both = (("Peru", "PER"), ("Chile", "CHL"))
    events = (
        made_event(old, plan, "plan to meet", status="planned", event_type="AGREE",
                   act="CONSULT", edtf="2018-10", actor=both, incident="talks"),
        made_event(old, confirmed, "confirmed", status="negated", event_type="AGREE",
                   edtf="2018-10-14", actor=both, incident="word"),
        made_event(new, new.text, "met", edtf="2018-10-24", actor=both, incident="talks"),
    )  # fmt: skip
    brief = compose([old, new], events, incidents_of(events))
    assert not [s for s in brief.analysis if "confirmed" in s.text]
