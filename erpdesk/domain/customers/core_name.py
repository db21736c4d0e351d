"""The name of a firm without its legal form, also where one letter of the form is wrong."""

from collections.abc import Iterable
from itertools import combinations
from string import ascii_lowercase
from typing import Final

from erpdesk.domain.customers.customer_search import CHINESE_FORMS, folded_name, plain_name

FORMS: Final = ("股份有限公司", "有限责任公司", "有限公司")
"""The forms that are known also when a letter of them is wrong."""

ALL_FORM_LETTERS: Final = frozenset("".join(CHINESE_FORMS)) | frozenset(ascii_lowercase)
"""Letters that a form may consist of: those of the Chinese ones, and any of a Latin one."""


def _without_letters(text: str, lost: int) -> Iterable[str]:
    return map("".join, combinations(text, len(text) - lost) if len(text) >= lost else ())


_FORM_LETTERS: Final = frozenset("".join(FORMS))
_LONGER_LETTERS: Final = _FORM_LETTERS.difference(FORMS[2])
_LESS: Final = {form: frozenset(_without_letters(form, 1)) for form in FORMS}


def core_name(name: str) -> str:
    """Return a name without its legal form, also where one letter of the form is wrong."""
    plain = plain_name(name)
    broken = _broken_form(plain)
    return plain[:-broken] if len(plain) > broken > 0 else folded_name(name)


def _broken_form(plain: str) -> int:
    """Return how many letters at the end are a legal form with one letter more, less or wrong."""
    if _FORM_LETTERS.isdisjoint(plain[-3:]) or _is_whole(plain):
        return 0
    for form in FORMS:
        if plain.endswith(form):
            return 0
        whole, less = len(form), _LESS[form]
        if form in _without_letters(plain[-whole - 1 :], 1):
            return whole + 1
        if plain[1 - whole :] in less:
            return whole - 1
        if not less.isdisjoint(_without_letters(plain[-whole:], 1)):
            return whole
    return 0


def _is_whole(plain: str) -> bool:
    """Say whether a name ends with a form that is no damaged longer one."""
    short = plain.endswith(FORMS[2]) and _LONGER_LETTERS.isdisjoint(plain[-7:-4])
    return short or plain.endswith(FORMS[:2])
