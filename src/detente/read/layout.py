"""Old pages laid out with tables: their cells made plain blocks, so that paragraphs stay apart."""

from __future__ import annotations

from copy import deepcopy

from lxml.etree import _Element

#: A cell with more characters than this is a column of a page, not a value of a table.
LONG_CELL = 500
PARTS = frozenset({"table", "tbody", "thead", "tfoot", "tr", "td", "th", "center"})


def is_laid_out(body: _Element | None) -> bool:
    """Whether an extracted text holds a table cell so long that the table must be a layout."""
    if body is None:
        return False
    return any(len("".join(cell.itertext())) > LONG_CELL for cell in body.iter("cell"))


def without_layout(tree: _Element) -> _Element:
    """A copy of a page in which each table with a column of prose is plain blocks."""
    page = deepcopy(tree)
    for table in list(page.iter("table")):
        if any(len("".join(cell.itertext())) > LONG_CELL for cell in table.iter("td")):
            for element in table.iter():
                if element.tag in PARTS:
                    element.tag = "div"
    return page
