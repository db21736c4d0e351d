"""Where a password comes from: the first lines of standard input, the keyring, a prompt."""

import getpass
import sys
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

import click

from erpdesk.errors import UserError
from erpdesk.keychain import Keychain
from erpdesk.words import Language
from erpdesk.words.command_line import (
    AGAIN,
    KEYRING,
    NEW_PASSWORD,
    NOT_REMEMBERED,
    PASSWORD,
    REMEMBERED,
)


class PasswordsDifferError(UserError):
    """The password was not typed the same twice."""


class PasswordNotTextError(UserError):
    """The line given as a password is no UTF-8."""


def line_of_stdin() -> str | None:
    """Return the next line of standard input, leaving the bytes after it where they are.

    Raises:
        PasswordNotTextError: it is no text.
    """
    line = b"" if sys.stdin is None else sys.stdin.buffer.readline(4096)
    try:
        return line.decode().rstrip("\r\n") if line else None
    except UnicodeDecodeError as broken:
        raise PasswordNotTextError from broken


def at_terminal() -> bool:
    """Say whether somebody sits at a terminal who can be asked."""
    return sys.stdin is not None and sys.stdin.isatty()


@dataclass
class Passwords:
    """How this run finds passwords; ``from_stdin``: standard input holds them, a line each."""

    language: Language = "zh"
    from_stdin: bool = False
    stdin_taken: bool = False
    keyring: Keychain = field(default_factory=Keychain)
    given: str | None = field(default=None, init=False)
    is_stored: bool = field(default=False, init=False)

    def of(self, place: str, person: str, *, ask_again: bool = False) -> str | None:
        """Return somebody's password, None where there is none to be had."""
        self.given = self._in_address(place, person) or self._found(place, person, ask_again)
        return self.given

    def _found(self, place: str, person: str, ask_again: bool) -> str | None:  # noqa: FBT001
        self.is_stored = False
        if self.from_stdin:
            return line_of_stdin()
        stored = None if ask_again else self.keyring.read(place, person)
        if stored is not None:
            self.is_stored = True
            return stored
        if at_terminal():
            return _asked(PASSWORD.said(self.language, {"person": person}))
        return None if self.stdin_taken else line_of_stdin() or None

    def _in_address(self, place: str, person: str) -> str | None:
        """Return the password that an address brings for this person."""
        if "://" not in place:
            return None
        parts = urlsplit(place)
        same = parts.username is not None and unquote(parts.username) == person
        return unquote(parts.password) if same and parts.password else None

    def new_for(self, person: str) -> str:
        """Return a new password: typed twice, or the next line of standard input.

        Raises:
            PasswordsDifferError, PasswordEmptyError, PasswordNeededError: there is none to use.
        """
        from erpdesk.services.passwords import PasswordEmptyError
        from erpdesk.services.signing_in import PasswordNeededError

        if at_terminal() and not self.from_stdin:
            first = _asked(NEW_PASSWORD.said(self.language, {"person": person}))
            if first != _asked(AGAIN.said(self.language, {})):
                raise PasswordsDifferError
        else:
            said = line_of_stdin()
            if said is None:
                raise PasswordNeededError
            first = said
        if not first:
            raise PasswordEmptyError
        return first

    def remember(self, place: str, person: str) -> None:
        """Keep the password that was just right, and say whether it is kept."""
        if self.given is None:
            return
        if self.keyring.store(place, person, self.given):
            click.echo(REMEMBERED.said(self.language, {}), err=True)
            return
        why = KEYRING[(self.keyring.trouble or "refused")].said(self.language, {})
        click.echo(NOT_REMEMBERED.said(self.language, {"why": why}), err=True)


def _asked(prompt: str) -> str:
    return getpass.getpass(prompt, stream=sys.stderr)
