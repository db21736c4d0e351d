"""What every verb shares: the company, who acts, the language, and how an answer is printed."""

import getpass
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property, wraps
from typing import Any, TypeVar

import click

from erpdesk.bootstrap import Desk, open_desk
from erpdesk.errors import ErpdeskError, UserError
from erpdesk.services.ports import Clock, Secrets, SystemClock
from erpdesk.words import Language, Sentence, explain

F = TypeVar("F", bound=Callable[..., Any])


class CompanyMissingError(UserError):
    """No company was named."""


@dataclass
class Session:
    """One run of the command line: where the company is, who acts, how to answer."""

    place: str | None = None
    person: str | None = None
    json: bool = False
    language: Language = "zh"
    password_stdin: bool = False
    clock: Clock = field(default_factory=SystemClock)
    secrets: Secrets | None = None
    stdin_taken: bool = False

    @property
    def where(self) -> str:
        """Return the company's place.

        Raises:
            CompanyMissingError: ``--company`` was not given.
        """
        if self.place is None:
            raise CompanyMissingError
        return self.place

    @cached_property
    def desk(self) -> Desk:
        """Return the services of the company, opened by the person who acts."""
        return open_desk(
            self.where, person=self.person, password=self.password_of, clock=self.clock
        )

    def password_of(self, person: str) -> str | None:
        """Find a password: standard input when asked for, the keyring, a prompt, standard input."""
        if self.password_stdin:
            return sys.stdin.readline().rstrip("\r\n")
        stored = self.secrets.read(self.where, person) if self.secrets else None
        if stored is not None:
            return stored
        if sys.stdin is not None and sys.stdin.isatty():
            return getpass.getpass(
                self.say(Sentence("{person} 的密码：", "Password of {person}: "), person=person)
            )
        return None if self.stdin_taken else sys.stdin.readline().rstrip("\r\n") or None

    def say(self, sentence: Sentence, **facts: object) -> str:
        """Return a sentence in the language of this run."""
        return sentence.said(self.language, facts)

    def answer(self, value: Any, text: str | Sentence = "", **facts: object) -> None:
        """Print an answer: as JSON for machines, else the text for people."""
        if self.json:
            click.echo(json.dumps(value, ensure_ascii=False))
        elif text:
            click.echo(self.say(text, **facts) if isinstance(text, Sentence) else text)

    def line(self, text: str) -> None:
        """Print a line for people; control and hidden characters are made visible."""
        click.echo("".join(c if c.isprintable() else "·" for c in text))

    def table(self, rows: list[dict[str, Any]], columns: dict[str, Sentence]) -> None:
        """Print rows as a table for people, or as JSON for machines."""
        if self.json:
            click.echo(json.dumps(rows, ensure_ascii=False))
            return
        heads = [self.say(word) for word in columns.values()]
        cells = [[_cell(row.get(name)) for name in columns] for row in rows]
        widths = [max(map(_width, column)) for column in zip(heads, *cells, strict=True)]
        for line in (heads, *cells):
            click.echo("  ".join(_padded(c, w) for c, w in zip(line, widths, strict=True)).rstrip())


def _cell(value: object) -> str:
    return "—" if value is None else "".join(c if c.isprintable() else "·" for c in str(value))


def _width(text: str) -> int:
    import unicodedata

    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))


def verb(function: F) -> F:
    """Give a verb the options that all verbs share; what is said last counts."""

    @click.option("--as", "as_person", metavar="USER", help="谁来做（默认：建账的人） / who acts")
    @click.option("--json", "as_json", is_flag=True, help="输出 JSON / answer as JSON")
    @click.option("--lang", type=click.Choice(["zh", "en"]), help="语言 / language")
    @click.option(
        "--password-stdin", is_flag=True, help="从标准输入第一行读密码 / password on stdin"
    )
    @click.pass_context
    @wraps(function)
    def wrapped(context: click.Context, /, *args: Any, **options: Any) -> Any:
        session = context.ensure_object(Session)
        session.person = options.pop("as_person") or session.person
        session.json = options.pop("as_json") or session.json
        session.language = options.pop("lang") or session.language
        session.password_stdin = options.pop("password_stdin") or session.password_stdin
        return function(session, *args, **options)

    return wrapped  # type: ignore[return-value]


def refuse(session: Session, error: ErpdeskError) -> int:
    """Say why something was refused, and return the exit code for it."""
    sentence = explain(error, session.language)
    if session.json:
        click.echo(json.dumps({"refused": sentence}, ensure_ascii=False))
    else:
        click.echo(sentence, err=True)
    return 1
