"""What every verb shares: the company, who acts, the language, and how an answer is printed."""

import json
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from erpdesk.commands.help import SharedOption
from erpdesk.commands.passwords import Passwords
from erpdesk.commands.rows import as_json, as_table, pages
from erpdesk.errors import ErpdeskError, UserError
from erpdesk.keys import WrongPasswordError
from erpdesk.services.ports import Clock, SystemClock
from erpdesk.words import Language, Sentence, explain
from erpdesk.words.command_line import STORED_WRONG
from erpdesk.words.lacks import lack_said

if TYPE_CHECKING:  # the books are opened by verbs that need them: the others start at once
    from erpdesk.bootstrap import Desk
    from erpdesk.domain.voucher import Missing

F = TypeVar("F", bound=Callable[..., Any])


class CompanyMissingError(UserError):
    """No company was named."""


class PersonMissingError(UserError):
    """On a server nobody is at the computer by default: it was not said who acts."""


@dataclass
class Session:
    """One run of the command line: where the company is, who acts, how to answer."""

    place: str | None = None
    person: str | None = None
    json: bool = False
    language: Language = "zh"
    remember: bool = False
    clock: Clock = field(default_factory=SystemClock)
    passwords: Passwords = field(default_factory=Passwords)

    @property
    def shown_place(self) -> str:
        """Return the company's place as it may be shown to everybody."""
        from erpdesk.storage.door import without_login

        return without_login(self.where)

    @property
    def where(self) -> str:
        """Return the company's place.

        Raises:
            CompanyMissingError: ``--company`` was not given.
        """
        if not self.place:
            raise CompanyMissingError
        return self.place

    @property
    def keyring_place(self) -> str:
        """Return the place under which the keyring knows the company."""
        return self.where if "://" in self.where else str(Path(self.where).absolute())

    @property
    def stdin_taken(self) -> bool:
        """Say whether standard input holds something else than a password."""
        return self.passwords.stdin_taken

    @stdin_taken.setter
    def stdin_taken(self, taken: bool) -> None:
        self.passwords.stdin_taken = taken

    @cached_property
    def desk(self) -> "Desk":
        """Return the services of the company, opened by the person who acts.

        Raises:
            PersonMissingError: a server, and nobody named.
        """
        from erpdesk.storage.refusals import CannotConnectError

        self.passwords.language = self.language
        try:
            desk = self._open(ask_again=False)
        except (WrongPasswordError, CannotConnectError):
            if not self.passwords.is_stored:
                raise
            click.echo(self.say(STORED_WRONG), err=True)
            desk = self._open(ask_again=True)
        if self.remember:
            self.passwords.remember(self.keyring_place, desk.company.person)
        return desk

    def close(self) -> None:
        """Give back what was opened: a company file is whole again in one file."""
        if "desk" in self.__dict__:
            self.desk.close()

    def _open(self, *, ask_again: bool) -> "Desk":
        from erpdesk.bootstrap import open_desk
        from erpdesk.storage.database import is_url

        if is_url(self.where) and not self.person and "@" not in self.where:
            raise PersonMissingError
        return open_desk(
            self.where,
            person=self.person,
            password=lambda name: self.passwords.of(self.keyring_place, name, ask_again=ask_again),
            clock=self.clock,
        )

    def say(self, sentence: Sentence, **facts: object) -> str:
        """Return a sentence in the language of this run."""
        return sentence.said(self.language, facts)

    def answer(self, value: Any, text: str | Sentence = "", **facts: object) -> None:
        """Print an answer: as JSON for machines, else the text for people."""
        if self.json:
            click.echo(json.dumps(value, ensure_ascii=False))
        elif text:
            self.line(self.say(text, **facts) if isinstance(text, Sentence) else text)

    def line(self, text: str) -> None:
        """Print a line for people; control and hidden characters are made visible."""
        click.echo(_visible(text))

    def note(self, sentence: Sentence, **facts: object) -> None:
        """Tell a person something beside the answer."""
        click.echo(_visible(self.say(sentence, **facts)), err=True)

    def table(self, rows: Iterable[dict[str, Any]], columns: dict[str, Sentence]) -> None:
        """Print rows as a table for people, or as JSON for machines, as they come."""
        heads = [self.say(word) for word in columns.values()]
        cells = ([_cell(row.get(name)) for name in columns] for row in rows)
        for page in pages(as_json(rows) if self.json else as_table(heads, cells)):
            click.echo(page, nl=False)


def _visible(text: str) -> str:
    return "".join(c if c.isprintable() else "·" for c in text)


def _cell(value: object) -> str:
    return "—" if value is None else _visible(str(value))


_SHARED = (
    click.option(
        "--company",
        cls=SharedOption,
        metavar="PLACE",
        help="账套文件或 postgresql:// 地址 / the company: a file or a server's address",
    ),
    click.option(
        "--as",
        "as_person",
        cls=SharedOption,
        metavar="USER",
        help="谁来做（默认：建账的人） / who acts; by default whoever made the company",
    ),
    click.option(
        "--json", "as_json", cls=SharedOption, is_flag=True, help="输出 JSON / answer as JSON"
    ),
    click.option(
        "--lang",
        cls=SharedOption,
        type=click.Choice(["zh", "en"]),
        help="语言（默认中文） / language, Chinese by default",
    ),
    click.option(
        "--password-stdin",
        cls=SharedOption,
        is_flag=True,
        help="从标准输入读密码，一行一个 / passwords on standard input, one a line",
    ),
    click.option(
        "--remember",
        cls=SharedOption,
        is_flag=True,
        help="登录成功后把密码存进系统密钥环 / keep the password in the system's keyring",
    ),
)


def shared(function: F) -> F:
    """Give a command the options that all share; what is said last counts."""
    for option in reversed(_SHARED):
        function = option(function)
    return function


def take(session: Session, options: dict[str, Any]) -> None:
    """Move the shared options into the session."""
    session.place = options.pop("company") or session.place
    session.person = options.pop("as_person") or session.person
    session.json = options.pop("as_json") or session.json
    session.language = options.pop("lang") or session.language
    session.passwords.language = session.language
    session.passwords.from_stdin = options.pop("password_stdin") or session.passwords.from_stdin
    session.remember = options.pop("remember") or session.remember


def verb(function: F) -> F:
    """Give a verb the shared options, and the session as its first argument."""

    @shared
    @click.pass_context
    @wraps(function)
    def wrapped(context: click.Context, /, *args: Any, **options: Any) -> Any:
        session = context.ensure_object(Session)
        take(session, options)
        try:
            return function(session, *args, **options)
        except click.UsageError as error:
            error.ctx = error.ctx or context
            raise

    return wrapped  # type: ignore[return-value]


def verbs(function: F) -> F:
    """Give a verb with further verbs below it the shared options."""

    @shared
    @click.pass_context
    @wraps(function)
    def wrapped(context: click.Context, /, **options: Any) -> None:
        take(context.ensure_object(Session), options)

    return wrapped  # type: ignore[return-value]


def refusal(session: Session, error: ErpdeskError) -> dict[str, Any]:
    """Return a refusal for machines: one sentence, and everything that lacks where things do."""
    missing: tuple[Missing, ...] = getattr(error, "lacks", ())
    if not missing:
        return {"refused": explain(error, session.language)}
    lacks = [
        {
            "what": one.what.value,
            "about": list(one.about),
            "sentence": lack_said(one, session.language),
        }
        for one in missing
    ]
    mark = "；" if session.language == "zh" else "; "
    error.facts["lacks"] = mark.join(str(one["sentence"]) for one in lacks)
    return {"refused": explain(error, session.language), "lacks": lacks}


def refuse(session: Session, error: ErpdeskError) -> int:
    """Say why something was refused, and return the exit code for it."""
    value = refusal(session, error)
    if session.json:
        click.echo(json.dumps(value, ensure_ascii=False))
    else:
        click.echo(value["refused"], err=True)
    sys.stdout.flush() if sys.stdout else None
    return 1
