"""Help texts as a person reads them: wrapped by what Chinese letters take, with examples."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

import click
from typing_extensions import override

_TOKEN = re.compile(
    r"\s+|[\u2e80-\u9fff\uff00-\uffef\u3000-\u303f]|[^\s\u2e80-\u9fff\uff00-\uffef]+"
)
_NEVER_FIRST = "，。；：、？！）”》"
SHARED_HEAD = "共用选项（写在命令前后都可以） / Shared options, before or after the verb"


def display_width(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def padded(text: str, width: int) -> str:
    """Return a text filled up with blanks to a width in columns."""
    return text + " " * (width - display_width(text))


def wrapped(text: str, width: int) -> list[str]:
    """Return the lines of a text, none wider than so many columns where that is possible."""
    lines, line = [], ""
    for token in _TOKEN.findall(text):
        blank = token.isspace()
        fits = display_width(line) + display_width(token) <= width
        if line and not fits and not blank and token not in _NEVER_FIRST:
            lines.append(line.rstrip())
            line = ""
        if line or not blank:
            line += " " if blank else token
    return [*lines, line.rstrip()] if line.strip() else lines


class WideFormatter(click.HelpFormatter):
    """Writes help in lines that fit, whatever letters they are in."""

    @override
    def write_text(self, text: str) -> None:
        indent = " " * self.current_indent
        paragraphs = []
        for paragraph in re.split(r"\n\s*\n", text):
            first, _, rest = paragraph.partition("\n")
            if first.strip() == "\b":
                lines = rest.splitlines()
            else:
                lines = wrapped(paragraph, self.width - self.current_indent)
            paragraphs.append("\n".join(indent + line for line in lines))
        self.write("\n\n".join(paragraphs) + "\n")

    @override
    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 34, col_spacing: int = 2
    ) -> None:
        rows = list(rows)
        first = min(max((display_width(one) for one, _ in rows), default=0), col_max) + col_spacing
        indent = " " * self.current_indent
        for term, text in rows:
            lines = wrapped(text, max(self.width - first - self.current_indent, 20)) or [""]
            beside = display_width(term) <= first - col_spacing
            if not beside:
                self.write(f"{indent}{term}\n")
            head = padded(term, first) if beside else " " * first
            self.write(f"{indent}{head}{lines[0]}".rstrip() + "\n")
            for line in lines[1:]:
                self.write(f"{indent}{' ' * first}{line}\n")


class WideContext(click.Context):
    """A context whose help is written wide enough for both languages."""

    formatter_class = WideFormatter

    def __init__(self, *args: Any, **attributes: Any) -> None:
        attributes.setdefault("max_content_width", 100)
        super().__init__(*args, **attributes)


class SharedOption(click.Option):
    """An option that every verb has; the help lists these by themselves."""


class _Explained(click.Command):
    """Help with the shared options apart and examples at the end."""

    context_class = WideContext

    def __init__(self, *args: Any, examples: Iterable[str] = (), **attributes: Any) -> None:
        super().__init__(*args, **attributes)
        self.examples = tuple(examples)

    @override
    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "这段说明 / this text"
        return option

    @override
    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        records = [(one, one.get_help_record(ctx)) for one in self.get_params(ctx)]
        own = [record for one, record in records if record and not isinstance(one, SharedOption)]
        shared = [record for one, record in records if record and isinstance(one, SharedOption)]
        for head, rows in (("选项 / Options", own), (SHARED_HEAD, shared)):
            if rows:
                with formatter.section(head):
                    formatter.write_dl(rows)

    @override
    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super().format_epilog(ctx, formatter)
        if not self.examples:
            return
        program = ctx.find_root().command_path
        with formatter.section("例 / Examples"):
            for example in self.examples:
                formatter.write(f"{' ' * formatter.current_indent}{program} {example}\n")

    @override
    def get_short_help_str(self, limit: int = 45) -> str:
        return (self.help or "").split("\n\n")[0].replace("\n", " ")


class Verb(_Explained):
    """One verb."""


class VerbGroup(_Explained, click.Group):
    """A verb with further verbs below it."""

    command_class = Verb

    @override
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)

    @override
    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super().format_options(ctx, formatter)
        self.format_commands(ctx, formatter)

    @override
    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        commands = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        rows = [(name, one.get_short_help_str()) for name, one in commands if one]
        with formatter.section("命令 / Verbs"):
            formatter.write_dl(rows)
