"""What can go wrong, in three families: refused by a rule, changed meanwhile, broken.

The message of a class is the first line of its docstring. ``words.py`` says what to do about it.
"""

from typing_extensions import override


class ErpdeskError(Exception):
    """Something went wrong.

    It is a value: said again with the same facts, it is the same.
    """

    def __init__(self, message: str = "", **facts: object) -> None:
        self.facts = facts
        super().__init__(message or (type(self).__doc__ or "").strip().splitlines()[0])

    @override
    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and _said(other) == _said(self)

    @override
    def __hash__(self) -> int:
        return hash((type(self), self.args))


def _said(error: BaseException) -> tuple[object, ...]:
    return error.args, vars(error)


class UserError(ErpdeskError):
    """A rule of the business stands against it; nothing was changed."""


class RefusedError(UserError):
    """The database refused it by one of its guards; nothing was changed.

    ``code`` is the guard's code and word, such as ``G4 own-work``; ``words`` has its sentence.
    """

    def __init__(self, code: str, **facts: object) -> None:
        self.code = code
        super().__init__(code, **facts)


class StaleError(UserError):
    """Somebody was first: it is no longer what you looked at; nothing was changed."""


class BusyError(UserError):
    """Somebody else is writing just now; nothing was changed."""


class UnknownOutcomeError(ErpdeskError):
    """The connection was lost while the change was being stored: it may or may not be there."""


class StorageError(ErpdeskError):
    """The company's file or server could not be read or written."""
