"""Pages and texts made to exhaust a reader, refused by name before or just after they are parsed.

Bounds are the settings of ``limits``. The parser compares each attribute of a tag with all others,
and extraction walks up from each element, so both cost more than their bytes say.
"""

from __future__ import annotations

import re

from lxml import etree

from detente.errors import UnreadableReport
from detente.read.limits import ReadLimits

OPENING = re.compile(r"<(?:(!--)|([a-zA-Z][^\s/>]*))")
ATTRIBUTE = re.compile(r"""[\s/]*[^\s/>=]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]*))?|[\s/]*=[^\s>]*""")
#: Elements whose content is raw text (HTML standard, 13.1.2).
RAW = frozenset({"script", "style"})


def check_text(text: str, name: str, limits: ReadLimits) -> None:
    """Refuses a text that is longer than any report.

    Raises:
        UnreadableReport: beyond ``limits.max_characters`` or ``max_lines``.
    """
    if len(text) > limits.max_characters:
        reason = f"{len(text)} characters, more than {limits.max_characters} (max_characters)"
        raise UnreadableReport(name, reason)
    if (count := len(text.splitlines())) > limits.max_lines:
        raise UnreadableReport(name, f"{count} lines, more than {limits.max_lines} (max_lines)")


def check_tags(html: str, name: str, limits: ReadLimits) -> None:
    """Refuses a page with too many attributes, in time linear in its length.

    Raises:
        UnreadableReport: beyond ``limits.max_attributes`` or ``max_total_attributes``.
    """
    position = total = 0
    while opening := OPENING.search(html, position):
        position = opening.end()
        if opening[1]:
            position = _after(html, "-->", position)
            continue
        count = 0
        while attribute := ATTRIBUTE.match(html, position):
            count += 1
            position = attribute.end()
            if count > limits.max_attributes:
                reason = f"a tag with more than {limits.max_attributes} attributes (max_attributes)"
                raise UnreadableReport(name, reason)
        total += count
        if total > limits.max_total_attributes:
            reason = f"more than {limits.max_total_attributes} attributes (max_total_attributes)"
            raise UnreadableReport(name, reason)
        if opening[2].lower() in RAW:
            position = _after(html, f"</{opening[2]}", position)


def _after(html: str, mark: str, position: int) -> int:
    found = html.find(mark, position)
    return len(html) if found < 0 else found + len(mark)


def check_tree(tree: etree._Element, name: str, limits: ReadLimits) -> None:
    """Refuses a parsed page with too many or too deep elements, and drops its longest attributes.

    Raises:
        UnreadableReport: beyond ``limits.max_elements``, ``max_depth``, ``max_total_depth`` or
            ``max_characters``.
    """
    depth = count = total = characters = 0
    for happening, element in etree.iterwalk(tree, events=("start", "end")):
        if happening == "end":
            depth -= 1
            continue
        depth, count = depth + 1, count + 1
        total += depth
        characters += len(element.tail or "")
        characters += 0 if element.tag in RAW else len(element.text or "")
        if depth > limits.max_depth:
            raise UnreadableReport(name, f"HTML nested deeper than {limits.max_depth} (max_depth)")
        if count > limits.max_elements:
            raise UnreadableReport(
                name, f"more than {limits.max_elements} HTML elements (max_elements)"
            )
        for attribute in [a for a, v in element.attrib.items() if len(v) > limits.max_attribute]:
            del element.attrib[attribute]
    if total > limits.max_total_depth:
        reason = f"HTML elements nested {total} deep in all, more than {limits.max_total_depth}"
        raise UnreadableReport(name, f"{reason} (max_total_depth)")
    if characters > limits.max_characters:
        reason = f"{characters} characters of text, more than {limits.max_characters}"
        raise UnreadableReport(name, f"{reason} (max_characters)")
