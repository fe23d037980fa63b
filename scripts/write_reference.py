"""Writes docs/commands.md from the commands' own help, and docs/codebook.md from the tables.

Run ``.venv/bin/python scripts/write_reference.py``; the tests hold both pages to what it writes.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer.main

from detente.cli import app
from detente.ontology.likelihood import likelihood_words
from detente.ontology.plover import contexts, event_types, mode_meanings, modes, sectors

DOCS = Path(__file__).parent.parent / "docs"

#: What the manual leaves to its users ("carefully document any such decisions").
DECISIONS = (
    "What the manual leaves open, or to those who use it, and how it is coded here.",
    "",
    "- **Denials** (CAMEO 016) are REJECT where an accuser, or another party to what is denied, is "
    "told in the sentence or before it in the report, and where a state or group denies what would "
    "be an event. Of a person's own conduct that concerns nobody else, a denial is a comment (01) "
    "and no event. What is denied is a second event, of status denied, if its doer is told.",
    "- **Claims of responsibility** (015) are no event of their own; the act that is claimed is "
    "one, alleged, where it is told as a deed (“said they had attacked the base”).",
    "- **Appeals** (02) are REQUEST, as demands are. What is asked for is told by the request and "
    "its mode, and is no event beside it; nor is what one only hopes that another will do, what is "
    "merely considered, or the aim of a deed of the same kind.",
    "- **Judgements** told by naming (“called the raid a crime”, “said the law was unjust”) are "
    "ACCUSE by whoever says so; in the outlet's own voice they are no event.",
    "- **Comments** (01) are no events: concern put to nobody, shared opinions, forecasts, "
    "condolences, talks with the press, praise of one's own.",
)


def commands_page() -> str:
    """Every command with its arguments and options, in the order of the data."""
    program: Any = typer.main.get_command(app)
    lines = ["# Commands", "", "What `detente COMMAND --help` says, in the order of the data.", ""]
    for name, command in program.commands.items():
        lines += [f"## detente {name}", "", command.help or "", "", *_parameters(command), ""]
    return "\n".join(lines).rstrip() + "\n"


def _parameters(command: Any) -> Iterator[str]:
    shown = [p for p in command.params if p.name != "help"]
    if shown:
        yield from ("| | |", "|---|---|")
    for parameter in shown:
        names = ", ".join(f"`{o}`" for o in (*parameter.opts, *parameter.secondary_opts))
        if parameter.param_type_name == "argument":
            names = f"`{parameter.metavar or (parameter.name or '').upper()}`"
        text = str(getattr(parameter, "help", None) or "").replace("|", "\\|")
        yield f"| {names} | {text} |"


def codebook_page() -> str:
    """Event types with modes and scores, contexts, sectors and likelihood words."""
    lines = [
        "# Codebook",
        "",
        "Types, modes, contexts and scores are those of PLOVER 2021 (openeventdata/PLOVER, "
        "CC BY-SA 4.0); the descriptions are ours. Scores run from −10 (conflict) to +10 "
        "(cooperation).",
        "",
    ]
    for kind in event_types().values():
        lines += [
            f"## {kind.name}",
            "",
            f"{kind.meaning}. *{kind.quad}*, score {kind.score:+g}.",
            "",
        ]
        found = modes()[kind.name]
        if found:
            lines += ["| mode | score | meaning |", "|---|---|---|"]
            meanings = mode_meanings()[kind.name]
            lines += [
                f"| {name} | {score:+g} | {meanings[name]} |" for name, score in found.items()
            ]
            lines.append("")
    for heading, of in (("Contexts", contexts()), ("Sectors", sectors())):
        lines += [f"## {heading}", "", "| | |", "|---|---|"]
        lines += [f"| {name} | {meaning} |" for name, meaning in of.items()]
        lines.append("")
    lines += ["## Decisions", "", *DECISIONS, ""]
    lines += ["## Likelihood", "", "| word | from | to |", "|---|---|---|"]
    lines += [f"| {word} | {low:.0%} | {high:.0%} |" for word, low, high in likelihood_words()]
    return "\n".join(lines).rstrip() + "\n"


if __name__ == "__main__":
    (DOCS / "commands.md").write_text(commands_page(), encoding="utf-8")
    (DOCS / "codebook.md").write_text(codebook_page(), encoding="utf-8")
