"""What a site's robots.txt lets us fetch, and how fast (RFC 9309)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

#: RFC 9309, 2.5: at least this much of the file must be read.
MOST_BYTES = 512_000
LONGEST_DELAY = 120.0


@dataclass(frozen=True, slots=True, kw_only=True)
class RobotRules:
    """(path pattern, allowed) in the order of the file; ``delay`` in seconds between requests."""

    rules: tuple[tuple[str, bool], ...] = ()
    delay: float = 0.0

    def allow(self, url: str) -> bool:
        """Whether ``url`` may be fetched: the longest matching pattern decides, a tie allows."""
        parts = urlsplit(url)
        path = unquote(parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        hits = [(len(pattern), allowed) for pattern, allowed in self.rules if _hits(pattern, path)]
        return max(hits, default=(0, True))[1]


EVERYTHING = RobotRules()
NOTHING = RobotRules(rules=(("/", False),))


def _hits(pattern: str, path: str) -> bool:
    """Whether a pattern with ``*`` and a closing ``$`` matches the beginning of a path."""
    ends = pattern.endswith("$")
    first, *rest = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    for number, part in enumerate(rest):
        if ends and number == len(rest) - 1:
            return len(path) - len(part) >= at and path.endswith(part)
        found = path.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    return not ends or at == len(path)


def rules_for(content: bytes, product: str) -> RobotRules:
    """The rules of a robots.txt for a crawler.

    Args:
        content: the file as the server sent it.
        product: the crawler's product token, as in its user agent.

    Returns:
        The groups that name it, joined; else the groups for ``*``; else no rules.
    """
    lines = list(_lines(content[:MOST_BYTES].decode("utf-8", "replace")))
    named = _group(lines, product.lower())
    return named if named is not None else _group(lines, "*") or EVERYTHING


def _lines(text: str) -> Iterator[tuple[str, str]]:
    for line in text.splitlines():
        field, colon, value = line.partition("#")[0].partition(":")
        if colon:
            yield field.strip().lower(), value.strip()


def _group(lines: list[tuple[str, str]], product: str) -> RobotRules | None:
    rules: list[tuple[str, bool]] = []
    delay, inside, naming, found = 0.0, False, False, False
    for field, value in lines:
        if field == "user-agent":
            inside = (inside and naming) or value.lower() == product
            naming, found = True, found or inside
            continue
        naming = False
        if inside and field in ("allow", "disallow") and value:
            rules.append((unquote(value), field == "allow"))
        elif inside and field == "crawl-delay":
            delay = _seconds(value)
    return RobotRules(rules=tuple(rules), delay=delay) if found else None


def _seconds(value: str) -> float:
    try:
        return min(max(float(value), 0.0), LONGEST_DELAY)
    except ValueError:
        return 0.0
