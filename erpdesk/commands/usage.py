"""Wrong usage (exit code 2) in one sentence of both languages' own words."""

import re
from difflib import get_close_matches
from typing import Any

import click

from erpdesk.words import Language
from erpdesk.words.command_line import LIKE, SEE, USAGE


def usage_said(error: click.UsageError, language: Language) -> str:
    """Return what is wrong with a command line, and where to look."""
    what, facts, near = _what(error)
    command = error.ctx.command_path if error.ctx else "erpdesk"
    parts = [USAGE[what].said(language, facts)]
    if near:
        parts.append(LIKE.said(language, {"near": "、".join(near)}))
    parts.append(SEE.said(language, {"command": command}))
    return ("" if language == "zh" else " ").join(parts)


def _what(error: click.UsageError) -> tuple[str, dict[str, Any], list[str]]:
    if isinstance(error, click.exceptions.NoSuchCommand):
        return "no_command", {"name": error.command_name}, _like(error.command_name, error)
    is_bare = error.message.startswith("Missing command")
    if is_bare or isinstance(error, click.exceptions.NoArgsIsHelpError):
        return "missing", {"name": "COMMAND"}, []
    if isinstance(error, click.NoSuchOption):
        return "no_option", {"name": error.option_name}, sorted(error.possibilities or ())[:3]
    if isinstance(error, click.MissingParameter):
        return "missing", {"name": _named(error)}, []
    if isinstance(error, click.BadParameter):
        return "bad_value", {"name": _named(error), "why": _why(error)}, []
    return _other(error)


def _other(error: click.UsageError) -> tuple[str, dict[str, Any], list[str]]:
    if isinstance(error, click.BadOptionUsage):
        what = "flag_with_value" if "take a value" in error.message else "no_value"
        return what, {"name": error.option_name}, []
    start, mark, rest = error.message.partition("(")
    if mark and "extra argument" in start:
        return "too_many", {"name": rest.rstrip(")")}, []
    return "other", {"why": error.message.rstrip(".")}, []


def _why(error: click.BadParameter) -> str:
    """Return what was written and what may be: ``fr → zh、en``, without a word of English."""
    kind = error.param.type if error.param else None
    said = re.match(r"'?(.*?)'? is not (?:one of|in the range|a valid)", error.message, re.DOTALL)
    if said is None or kind is None:
        return error.message.rstrip(".")
    if isinstance(kind, click.Choice):
        return f"{said[1]} → {'、'.join(map(str, kind.choices))}"
    span = getattr(kind, "_describe_range", lambda: "1、2、3…")()
    return f"{said[1]} → {span}"


def _named(error: click.BadParameter) -> str:
    if error.param is not None and error.ctx is not None:
        return error.param.get_error_hint(error.ctx).strip("'")
    hint = error.param_hint or ""
    return hint if isinstance(hint, str) else " / ".join(hint)


def _like(name: str, error: click.UsageError) -> list[str]:
    command = error.ctx.command if error.ctx else None
    if not isinstance(command, click.Group) or error.ctx is None:
        return []
    return get_close_matches(name, command.list_commands(error.ctx), n=3, cutoff=0.5)
