"""What a file may hold, in the order in which it is imported, and who may import it."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from erpdesk.domain.people import Role
from erpdesk.errors import UserError


class MayNotImportError(UserError):
    """This kind of file is imported by somebody with another role."""


class Sort(StrEnum):
    """What a file may hold."""

    CUSTOMERS = "customers"
    DELIVERIES = "deliveries"
    OPENINGS = "openings"
    STATEMENTS = "statements"


IMPORTS: Final[Mapping[Sort, frozenset[Role]]] = {
    Sort.CUSTOMERS: frozenset({Role.ACCOUNTANT, Role.ADMIN}),
    Sort.DELIVERIES: frozenset({Role.ACCOUNTANT}),
    Sort.OPENINGS: frozenset({Role.ACCOUNTANT}),
    Sort.STATEMENTS: frozenset({Role.CASHIER}),
}


def next_sort(sort: Sort) -> Sort | None:
    """Return what is imported after a sort: who owes, goods, what is open, then what came in."""
    every = tuple(Sort)
    return next(iter(every[every.index(sort) + 1 :]), None)


def why_not_import(sort: Sort, roles: frozenset[Role]) -> UserError | None:
    """Return what stands against importing files of a sort."""
    return None if IMPORTS[sort] & roles else MayNotImportError()
