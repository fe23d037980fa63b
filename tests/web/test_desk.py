"""What analysts and editors do at the desk."""

from __future__ import annotations

import re

from tests.web.conftest import PASSWORD, Reach, send

REPLY = {"name": "Nora", "email": "nora@example.org", "text": "Well *put*.\n\nSecond thought."}


def test_a_comment_waits_is_approved_and_shown(reach: Reach):
    reader, ana = reach(), reach("ana")
    sent = send(reader, "/briefs/inf-treaty", "/briefs/inf-treaty/comments", **REPLY)
    assert sent.status_code == 303
    assert sent.headers["location"].startswith("/comments/")
    assert "Second thought" not in reader.get("/briefs/inf-treaty").text
    waiting = ana.get("/desk/comments.json").json()["comments"]
    assert [c["name"] for c in waiting] == ["Nora"]
    to = f"/desk/comments/{waiting[0]['id']}"
    assert send(ana, "/desk/comments", to, verdict="approve").status_code == 303
    assert "<p>Second thought.</p>" in reader.get("/briefs/inf-treaty").text
    assert reader.get("/briefs/inf-treaty.json").json()["comments"][0]["name"] == "Nora"


def test_a_refused_comment_is_never_shown(reach: Reach):
    reader, ana = reach(), reach("ana")
    send(reader, "/briefs/inf-treaty", "/briefs/inf-treaty/comments", **REPLY)
    number = ana.get("/desk/comments.json").json()["comments"][0]["id"]
    send(ana, "/desk/comments", f"/desk/comments/{number}", verdict="refuse")
    assert "Second thought" not in reader.get("/briefs/inf-treaty").text


def test_the_email_is_in_no_answer_and_no_log(reach: Reach, capfd, caplog):
    reader, eve = reach(), reach("eve")
    sent = send(reader, "/briefs/inf-treaty", "/briefs/inf-treaty/comments", **REPLY)
    link = sent.headers["location"]
    pages = [reader.get(link).text, reader.get(f"{link}.json").text]
    for page in (
        "/desk",
        "/desk/comments",
        "/desk/comments.json",
        "/desk/audit",
        "/desk/audit.json",
    ):
        pages.append(eve.get(page).text)
    number = eve.get("/desk/comments.json").json()["comments"][0]["id"]
    send(eve, "/desk/comments", f"/desk/comments/{number}", verdict="approve")
    pages += [reader.get("/briefs/inf-treaty").text, reader.get("/briefs/inf-treaty.json").text]
    captured = capfd.readouterr()
    assert "nora@example.org" not in "".join([*pages, captured.out, captured.err, caplog.text])


def test_the_edit_link_works_until_the_comment_is_judged(reach: Reach):
    reader, ana = reach(), reach("ana")
    link = send(reader, "/briefs/inf-treaty", "/briefs/inf-treaty/comments", **REPLY).headers[
        "location"
    ]
    assert send(reader, link, link, text="Better words").status_code == 303
    assert ana.get("/desk/comments.json").json()["comments"][0]["text"] == "Better words"
    assert reader.get("/comments/guessed").status_code == 404
    number = ana.get("/desk/comments.json").json()["comments"][0]["id"]
    send(ana, "/desk/comments", f"/desk/comments/{number}", verdict="approve")
    assert reader.get(link).status_code == 404


def test_the_edit_link_runs_out(reach: Reach, monkeypatch):
    from datetime import timedelta

    from detente.store import access

    reader = reach()
    link = send(reader, "/briefs/inf-treaty", "/briefs/inf-treaty/comments", **REPLY).headers[
        "location"
    ]
    assert reader.get(link).status_code == 200
    later = access.now() + timedelta(minutes=10, seconds=1)
    monkeypatch.setattr(access, "now", lambda: later)
    assert reader.get(link).status_code == 404


def test_what_a_comment_lacks_is_said(reach: Reach):
    reader = reach()
    for field in ("name", "email", "text"):
        sent = send(
            reader, "/briefs/inf-treaty", "/briefs/inf-treaty/comments", **{**REPLY, field: " "}
        )
        assert sent.status_code == 400
        assert field in sent.text
    wrong = {**REPLY, "email": "nowhere"}
    assert (
        send(reader, "/briefs/inf-treaty", "/briefs/inf-treaty/comments", **wrong).status_code
        == 400
    )


def test_spam_is_held_back(reach: Reach):
    reader, ana = reach(), reach("ana")
    to = "/briefs/inf-treaty/comments"
    trap = send(reader, "/briefs/inf-treaty", to, **REPLY, website="http://x.example")
    assert trap.status_code == 303
    assert ana.get("/desk/comments.json").json()["comments"] == []
    links = "http://a.example http://b.example http://c.example"
    assert send(reader, "/briefs/inf-treaty", to, **{**REPLY, "text": links}).status_code == 400
    codes = [send(reader, "/briefs/inf-treaty", to, **REPLY).status_code for _ in range(7)]
    assert codes == [303] * 5 + [429] * 2


def test_a_brief_is_drafted_reviewed_published_and_corrected(reach: Reach):
    ana, eve, reader = reach("ana"), reach("eve"), reach()
    made = send(ana, "/desk/briefs", "/desk/briefs", about="USA,RUS", name="second")
    assert made.headers.get("location") == "/desk/briefs/second", made.text
    page = "/desk/briefs/second"
    assert send(ana, page, page, state="reviewed").status_code == 303
    assert send(ana, page, page, state="published").status_code == 403
    assert reader.get("/briefs/second").status_code == 404
    assert send(eve, page, page, state="published", title="A new headline").status_code == 303
    assert "<h1>A new headline</h1>" in reader.get("/briefs/second").text
    assert send(eve, page, page, state="draft").status_code == 409
    assert send(eve, page, page, state="corrected").status_code == 400
    done = send(eve, page, page, state="corrected", note="The day was wrong.", drop="1")
    assert done.status_code == 303
    shown = reader.get("/briefs/second").text
    assert re.search(r"Corrected on .*</b> The day was wrong\.", shown)
    assert "A new headline" in reader.get("/briefs/second?version=3").text
    assert reader.get("/briefs/second?version=1").status_code == 404


def test_new_words_are_checked_like_ours(reach: Reach):
    ana = reach("ana")
    send(ana, "/desk/briefs", "/desk/briefs", about="USA,RUS", name="second")
    page = "/desk/briefs/second"
    invented = "Napoleon crossed the Rhine with 812 guns."
    refused = send(ana, page, page, state="draft", text_2=invented)
    assert refused.status_code == 400
    assert "Napoleon" not in ana.get(page).text


def test_a_picture_with_credit_and_words(reach: Reach):
    ana, eve, reader = reach("ana"), reach("eve"), reach()
    send(ana, "/desk/briefs", "/desk/briefs", about="USA,RUS", name="second")
    page = "/desk/briefs/second"
    png = b"\x89PNG\r\n\x1a\n" + b"\0" * 64
    from tests.web.conftest import token_of

    def upload(body: bytes):
        fields = {"token": token_of(ana.get(page).text), "alt": "Two flags", "credit": "A. Painter"}
        files = {"picture": ("x.png", body, "image/png")}
        return ana.post(f"{page}/picture", data=fields, files=files, follow_redirects=False)

    assert upload(b"<svg onload=alert(1)>").status_code == 400
    assert upload(png + b"\0" * 70_000).status_code == 400
    assert upload(png).status_code == 303
    send(ana, page, page, state="reviewed")
    send(eve, page, page, state="published")
    shown = reader.get("/briefs/second").text
    found = re.search(r'<img src="(/pictures/\w+)" alt="Two flags"><figcaption>A. Painter', shown)
    assert found
    picture = reader.get(found[1])
    assert (picture.content, picture.headers["content-type"]) == (png, "image/png")


def test_sources_are_graded_and_the_grade_is_shown(reach: Reach):
    ana, reader = reach("ana"), reach()
    outlet = ana.get("/desk/sources.json").json()["sources"][0]["outlet"]
    done = send(
        ana,
        "/desk/sources",
        "/desk/sources",
        outlet=outlet,
        reliability="B",
        credibility="2",
        reason="known for years",
    )
    assert done.status_code == 303
    graded = {s["outlet"]: s for s in ana.get("/desk/sources.json").json()["sources"]}[outlet]
    assert (graded["reliability"], graded["credibility"]) == ("B", "2")
    wrong = send(
        ana, "/desk/sources", "/desk/sources", outlet=outlet, reliability="G", credibility="2",
        reason="x",
    )  # fmt: skip
    assert wrong.status_code == 404
    name = next(r.id for r in ana.app.state.site.record.view().reports() if r.outlet == outlet)
    assert ">B2</abbr>" in reader.get(f"/reports/{name}").text


def test_the_review_queue_orders_by_need(reach: Reach):
    found = reach("ana").get("/desk/review.json").json()["events"]
    assert len(found) > 10
    assert [e["need"] for e in found] == sorted((e["need"] for e in found), reverse=True)


def test_the_audit_trail_tells_who_did_what(reach: Reach):
    eve = reach("eve")
    outlet = eve.get("/desk/sources.json").json()["sources"][0]["outlet"]
    send(
        eve, "/desk/sources", "/desk/sources", outlet=outlet, reliability="C", credibility="3",
        reason="late",
    )  # fmt: skip
    told = eve.get("/desk/audit.json").json()["entries"]
    assert [(e["by"], e["what"]) for e in told[:2]] == [
        ("eve", "source graded"),
        ("eve", "signed in"),
    ]


def test_a_program_writes_by_token(reach: Reach):
    ana = reach("ana")
    from tests.web.conftest import token_of

    page = ana.post(
        "/desk/tokens", data={"token": token_of(ana.get("/desk/tokens").text), "label": "x"}
    )
    token = re.search(r'class="secret">([^<]+)<', page.text)
    assert token
    program = reach()
    bearer = {"authorization": f"Bearer {token[1]}"}
    event = ana.get("/desk/review.json").json()["events"][0]["id"]
    to = f"/desk/events/{event}/rulings.json"
    done = program.post(to, json={"kind": "confirm", "reason": "checked"}, headers=bearer)
    assert done.status_code == 201, done.text
    assert ana.app.state.site.record.view(grouped=False).rulings()[-1].by == "ana"
    assert program.post(to, json={"kind": "confirm", "reason": "checked"}).status_code == 401
    assert token[1] not in ana.get("/desk/tokens").text
    send(ana, "/desk/tokens", "/desk/tokens/withdrawn")
    assert (
        program.post(to, json={"kind": "reject", "reason": "x"}, headers=bearer).status_code == 401
    )


def test_signing_out_ends_the_session(reach: Reach):
    ana = reach("ana")
    cookie = ana.cookies["detente_session"]
    send(ana, "/desk", "/sign-out")
    other = reach()
    other.cookies.set("detente_session", cookie)
    assert other.get("/desk", follow_redirects=False).status_code == 303


def test_the_password_is_needed(reach: Reach):
    client = reach()
    assert send(client, "/sign-in", "/sign-in", name="ana", password="wrong").status_code == 401
    assert send(client, "/sign-in", "/sign-in", name="nobody", password=PASSWORD).status_code == 401
