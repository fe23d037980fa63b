"""Merging mentions of one occurrence: CoNLL F1 with MUC, B³ and CEAF-e.

A folder is a dossier of reports with ``incidents.csv``: read, coded and grouped as the program
does it. The figures are over the gold mentions that were coded (``found`` is their share);
``…_all`` counts a mention that was not coded as standing alone.

A ``.tgz`` is ECB+: gold action mentions of the validated sentences, singletons kept, each topic
folder on its own (gold topics; which of a folder's two stories a document tells is predicted).
``lemma_…`` is the same-stem baseline of the same run: equal trigger stems in a folder are one.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from detente import pipeline
from detente.errors import InputError, UnreadableReport
from detente.records import Event, Report
from detente.resolve.incidents import group
from detente.resolve.incidents_bare import BareMention, group_bare
from detente.resolve.incidents_words import stem
from evaluation import ecbplus
from evaluation.coreference import scores
from evaluation.dossier import matched, read_gold
from evaluation.result import Result


def evaluate(path: Path) -> Result:
    """Merging over a dossier's folder or the ECB+ archive."""
    return _dossier(path) if path.is_dir() else _ecb_plus(path)


def _dossier(folder: Path) -> Result:
    files = sorted(str(p) for p in folder.iterdir() if p.suffix in (".txt", ".html"))
    refused: list[UnreadableReport] = []
    coded = list(pipeline.read_code_resolve(files, refused))
    if not coded:
        raise InputError(str(folder), "no report could be read")
    reports = {Path(report.path or "").name: report for report, _ in coded}
    events = [event for _, found in coded for event in found]
    gold = {m.id: m for m in read_gold(folder, reports)}
    found = matched(list(gold.values()), events, reports)
    incident_of = _incidents(events, [report for report, _ in coded])
    predicted = {m: incident_of[found[m].id] if m in found else m for m in gold}
    names = {m: mention.incident for m, mention in gold.items()}
    seen = scores({m: names[m] for m in found}, {m: predicted[m] for m in found})
    every = {f"{name}_all": value for name, value in scores(names, predicted).items()}
    share = round(len(found) / len(gold), 4)
    rows = [{"id": m, "gold": names[m], "predicted": predicted[m]} for m in gold]
    return Result(
        metrics={**seen, "found": share, "mentions": len(gold), **every}, predictions=rows
    )


def _incidents(events: list[Event], reports: list[Report]) -> Mapping[str, str]:
    incidents = group(events, {report.id: report for report in reports})
    return {event: incident.id for incident in incidents for event in incident.events}


def _ecb_plus(archive: Path) -> Result:
    corpus = ecbplus.read(archive)
    names = {m.id: m.gold for m in corpus.mentions}
    predicted = _merged(corpus)
    baseline = {m.id: (m.topic, *sorted(map(stem, m.words))) for m in corpus.mentions}
    lemma = {f"lemma_{name}": value for name, value in scores(names, baseline).items()}
    rows = [{"id": m, "gold": names[m], "predicted": predicted[m]} for m in names]
    counted = {"mentions": len(names), "documents": len(corpus.documents)}
    return Result(metrics={**scores(names, predicted), **lemma, **counted}, predictions=rows)


def _merged(corpus: ecbplus.EcbPlus) -> dict[str, str]:
    found: dict[str, str] = {}
    for topic in sorted({m.topic for m in corpus.mentions}, key=int):
        mentions = [m for m in corpus.mentions if m.topic == topic]
        documents = {n: d.sentences for n, d in corpus.documents.items() if d.topic == topic}
        bare = [
            BareMention(document=m.document, sentence=m.sentence, trigger=" ".join(m.words))
            for m in mentions
        ]
        for number, members in enumerate(group_bare(bare, documents)):
            found |= {mentions[at].id: f"{topic}-{number}" for at in members}
    return {m.id: found[m.id] for m in corpus.mentions}
