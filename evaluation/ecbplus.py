"""Reads ECB+ (Cybulska and Vossen, LREC 2014): action mentions of the validated sentences.

The usual setting since Barhom et al. (ACL 2019): gold mentions, singletons kept, only the sentences
of ``ECBplus_coreference_sentences.csv``.
"""

from __future__ import annotations

import csv
import io
import tarfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element

from defusedxml import ElementTree


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One news document: its topic folder, name, and tokens a sentence."""

    topic: str
    name: str
    sentences: Mapping[int, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionMention:
    """A gold mention: where it stands, its words, its gold group."""

    document: str
    topic: str
    sentence: int
    tokens: tuple[int, ...]
    words: tuple[str, ...]
    gold: str

    @property
    def id(self) -> str:
        """Document, sentence and token numbers."""
        return f"{self.document}:{self.sentence}:{'-'.join(map(str, self.tokens))}"


@dataclass(frozen=True, slots=True, kw_only=True)
class EcbPlus:
    """The corpus as this evaluation needs it."""

    documents: Mapping[str, Document]
    mentions: Sequence[ActionMention]


def read(archive: Path) -> EcbPlus:
    """Reads the archive.

    Args:
        archive: the ``.tgz`` that holds ``ECB+/<topic>/*.xml`` and the CSV of validated sentences.
    """
    texts: dict[str, bytes] = {}
    validated: set[tuple[str, str, int]] = set()
    with tarfile.open(archive) as opened:
        for member in opened:
            file = opened.extractfile(member) if member.isfile() else None
            if file is not None and member.name.endswith(".xml"):
                texts[Path(member.name).name] = file.read()
            elif file is not None and member.name.endswith("sentences.csv"):
                validated = set(_validated(file.read().decode("utf-8-sig")))
    documents: dict[str, Document] = {}
    mentions: list[ActionMention] = []
    for name in sorted(texts):
        document, found = _document(name.removesuffix(".xml"), texts[name])
        documents[document.name] = document
        mentions += [m for m in found if _is_validated(m, validated)]
    return EcbPlus(documents=documents, mentions=mentions)


def _validated(text: str) -> Iterator[tuple[str, str, int]]:
    for row in csv.DictReader(io.StringIO(text)):
        yield row["Topic"], row["File"], int(row["Sentence Number"])


def _is_validated(mention: ActionMention, validated: set[tuple[str, str, int]]) -> bool:
    file = mention.document.split("_", 1)[1]
    return (mention.topic, file, mention.sentence) in validated


def _document(name: str, text: bytes) -> tuple[Document, list[ActionMention]]:
    root = ElementTree.fromstring(text)
    topic = name.split("_", 1)[0]
    tokens = {t.attrib["t_id"]: _token(t) for t in root.iter("token")}
    order = {t: at for at, t in enumerate(tokens)}
    sentences: dict[int, list[str]] = defaultdict(list)
    first: dict[int, int] = {}
    for t_id, (sentence, word) in tokens.items():
        first.setdefault(sentence, order[t_id])
        sentences[sentence].append(word)
    groups = _groups(root, name)
    mentions = []
    markables = root.find("Markables")
    for mark in () if markables is None else markables:
        anchors = sorted(
            (a.attrib["t_id"] for a in mark.iter("token_anchor")), key=order.__getitem__
        )
        if not anchors or not mark.tag.startswith(("ACT", "NEG")):
            continue
        sentence = tokens[anchors[0]][0]
        mentions.append(
            ActionMention(
                document=name,
                topic=topic,
                sentence=sentence,
                tokens=tuple(order[a] - first[sentence] for a in anchors),
                words=tuple(tokens[a][1] for a in anchors),
                gold=groups.get(mark.attrib["m_id"], f"{name} {mark.attrib['m_id']}"),
            )
        )
    whole = {n: tuple(words) for n, words in sentences.items()}
    return Document(topic=topic, name=name, sentences=whole), mentions


def _token(token: Element) -> tuple[int, str]:
    return int(token.attrib["sentence"]), token.text or ""


def _groups(root: Element, name: str) -> dict[str, str]:
    """Mention → group: cross-document chains by their instance, others by document."""
    found: dict[str, str] = {}
    relations = root.find("Relations")
    for relation in () if relations is None else relations:
        cross = relation.tag == "CROSS_DOC_COREF"
        group = relation.attrib["note"] if cross else f"{name} r{relation.attrib['r_id']}"
        for source in relation.iter("source"):
            found[source.attrib["m_id"]] = group
    return found
