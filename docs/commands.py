"""Writes docs/commands.md from the parser: python docs/commands.py (a test keeps them equal)."""

from __future__ import annotations

import argparse
from pathlib import Path

from drafter.cli import parser

TARGET = Path(__file__).with_name("commands.md")
HEAD = """# Commands

Made from the parser by `python docs/commands.py`; a test fails where this page is out of date.
Exit status: 0 done; 1 done, with findings that block; 2 bad input or usage, one line on stderr.
"""


def render() -> str:
    """Return the page."""
    groups = [a for a in parser()._actions if isinstance(a, argparse._SubParsersAction)]
    commands = groups[0].choices
    return HEAD + "".join(_command(name, command) for name, command in commands.items())


def _command(name: str, command: argparse.ArgumentParser) -> str:
    rows = [_row(a) for a in command._actions if not isinstance(a, argparse._HelpAction)]
    table = "| | |\n| --- | --- |\n" + "".join(rows)
    return f"\n## drafter {name}\n\n{command.description}\n\n{table}"


def _row(action: argparse.Action) -> str:
    flags = ", ".join(action.option_strings)
    metavar = "" if action.nargs == 0 else str(action.metavar or action.dest.upper())
    shown = f"{flags} {metavar}".strip().replace("|", "\\|")
    needed = "（必填）" if action.required and action.option_strings else ""
    return f"| `{shown}` | {action.help}{needed} |\n"


if __name__ == "__main__":
    TARGET.write_text(render(), encoding="utf-8")
