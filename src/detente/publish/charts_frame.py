"""What all pictures share: colours, lettering, caption and source, and how they are saved.

Colours are Okabe and Ito's (2008), which readers with any common form of colour blindness can tell
apart; shape or position says the same wherever colour does. Nothing is loaded from elsewhere: the
HTML carries its scripts.
"""

from __future__ import annotations

import html
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import altair as alt
import polars as pl
import vl_convert

from detente.errors import InputError, UnknownName
from detente.gazetteer.actors import entity
from detente.records import QuadClass

QUAD_COLOURS: Mapping[QuadClass, str] = {
    "verbal cooperation": "#56B4E9",
    "material cooperation": "#0072B2",
    "verbal conflict": "#E69F00",
    "material conflict": "#D55E00",
}
COOPERATION, CONFLICT, NEUTRAL, INK = "#0072B2", "#D55E00", "#999999", "#222222"
GREEN, PURPLE = "#009E73", "#CC79A7"
FONT = "DejaVu Sans, Liberation Sans, Arial, sans-serif"
#: Points an inch of print; PNG pixels a point.
PRINT_SCALE = 2.0
FORMS = ("svg", "png", "html")

Spec = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Caption:
    """What stands around a picture: its title, what it shows, and where that comes from."""

    title: str
    explains: str
    source: str


def framed(chart: Any, caption: Caption) -> Spec:
    """A chart with its caption above and its source below, as a Vega-Lite specification.

    Args:
        chart: any Altair chart.
        caption: long lines are broken.
    """
    whole = alt.vconcat(alt.vconcat(chart, title=_above(caption)), title=_below(caption))
    lettering = {"labelFontSize": 11, "titleFontSize": 11.5, "titleFontWeight": "normal"}
    lettering |= {"labelColor": INK, "titleColor": INK, "labelLimit": 260}
    whole = (
        whole.properties(background="white", padding=14)
        .configure(font=FONT)
        .configure_axis(gridColor="#e6e6e6", **lettering)
        .configure_legend(**lettering)
        .configure_view(stroke=None)
        .configure_concat(spacing=14)
    )
    spec: Spec = whole.to_dict()
    return spec


def _above(caption: Caption) -> alt.TitleParams:
    """The title, and under it what the picture shows."""
    return alt.TitleParams(
        text=_lines(caption.title, 80),
        subtitle=_lines(caption.explains),
        anchor="start",
        fontSize=15,
        subtitleFontSize=11.5,
        subtitleColor="#444444",
        offset=12,
    )


def _below(caption: Caption) -> alt.TitleParams:
    """Where it comes from."""
    return alt.TitleParams(
        text=_lines(caption.source, 115),
        orient="bottom",
        anchor="start",
        fontSize=10,
        fontWeight="normal",
        color="#555555",
        offset=12,
    )


def _lines(text: str, width: int = 105) -> list[str]:
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) + 1 > width and lines[-1]:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def svg_of(spec: Spec) -> str:
    """The picture as SVG."""
    return str(vl_convert.vegalite_to_svg(spec))


def png_of(spec: Spec) -> bytes:
    """The picture as PNG, two pixels a point."""
    return bytes(vl_convert.vegalite_to_png(spec, scale=PRINT_SCALE))


def html_of(spec: Spec) -> str:
    """The picture as a page that answers the pointer, with all scripts inside it."""
    page = str(vl_convert.vegalite_to_html(spec, bundle=True))
    title = " ".join(spec["vconcat"][0]["title"]["text"])
    head = f'<head>\n<meta charset="utf-8"><title>{html.escape(title)}</title>'
    return page.replace("<head>", head, 1)


def save(spec: Spec, path: Path) -> None:
    """Writes a picture in the form that the file's name ends in.

    Raises:
        InputError: if that is none of SVG, PNG and HTML, or the file cannot be written.
    """
    form = path.suffix.lower().lstrip(".")
    if form not in FORMS:
        raise InputError(str(path), f"pictures are written as .{', .'.join(FORMS)}")
    try:
        if form == "png":
            path.write_bytes(png_of(spec))
        else:
            text = svg_of(spec) if form == "svg" else html_of(spec)
            path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise InputError(str(path), error.strerror or "cannot be written") from None


def inline(rows: list[dict[str, Any]]) -> Any:
    """Rows as data that stands inside the picture."""
    return alt.InlineData(values=rows)


def records(frame: Any) -> list[dict[str, Any]]:
    """A frame's rows as JSON can hold them: days as ISO text, lists joined by commas."""
    return [{name: _plain(value) for name, value in row.items()} for row in frame.to_dicts()]


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return ", ".join(str(member) for member in value)
    return value.isoformat() if hasattr(value, "isoformat") else value


def labelled(frame: Any, names: Mapping[str, str]) -> Any:
    """A frame whose parties are called by name: ``United States`` for ``USA``.

    Args:
        frame: with columns ``actor``, ``recipient`` or who says so (text, or lists of text).
        names: by id; states are known without, and ids without a name stay.
    """
    parties = ("actor", "recipient", "alleged_by", "denied_by", "reported_as_fact_by")

    def called(name: str) -> str:
        return _state(name) or names.get(name, name)

    def put(value: str | list[str]) -> str | list[str]:
        return called(value) if isinstance(value, str) else [called(name) for name in value]

    told = [column for column in parties if column in frame.columns]
    return frame.with_columns(
        pl.Series(column, [put(value) for value in frame[column].to_list()], frame.schema[column])
        for column in told
    )


def _state(code: str) -> str:
    """The state of a country's code, or ``""``."""
    try:
        return entity(code).name if len(code) == 3 and code.isupper() else ""
    except UnknownName:
        return ""
