"""Tax numbers: the Chinese credit code with its check character, older and foreign ones by form."""

import re
import unicodedata
from operator import mul

from stdnum.cn import ric, uscc
from stdnum.exceptions import InvalidChecksum, ValidationError

_OLD = re.compile(r"\d{6}[0-9A-Z]{9}")
_IDENTITY = re.compile(r"\d{17}[0-9X]")
_PERSONAL = re.compile(r"(\d{17}[0-9X])\d{2}")
_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_VALUES = bytes.maketrans(_LETTERS.encode(), bytes(range(len(_LETTERS))))
_WEIGHTS = (*(3**place % 31 for place in range(17)), 1)
_CREDIT_CODE = re.compile(rf"[0-9]{{8}}[{_LETTERS}]{{10}}")
_FOREIGN = re.compile(
    r"[A-Z]{2}(?=[A-Z]*\d)[0-9A-Z]{2,13}|\d{2}-?\d{7}|\d{2}[A-Z]{5}\d{4}[0-9A-Z]{4}"
)


def clean_tax_id(text: str) -> str:
    """Return a tax number in capitals of one width, without spaces, dots and hyphens."""
    return re.sub(r"[\s.\-·]", "", unicodedata.normalize("NFKC", text)).upper()


def tax_id_problem(text: str) -> str | None:
    """Return what is wrong with a tax number: ``check``, ``length`` or ``letters``; None if fine.

    Known are the 18-character credit code and identity number with their check characters, an
    identity number with two more digits, the old 15 characters, and foreign ones by their form.
    """
    number = clean_tax_id(text)
    if not re.fullmatch(r"[0-9A-Z]+", number):
        return "letters"
    if len(number) == 18:
        is_personal = _IDENTITY.fullmatch(number) and ric.is_valid(number)
        return None if is_personal else _credit_code_problem(number)
    personal = _PERSONAL.fullmatch(number)
    if personal:
        return None if ric.is_valid(personal[1]) else "check"
    known = _OLD.fullmatch(number) or _FOREIGN.fullmatch(number)
    return None if known else "length"


def is_tax_id(text: str) -> bool:
    """Say whether nothing is wrong with a tax number."""
    return _is_credit_code(text) or tax_id_problem(text) is None


def _credit_code_problem(number: str) -> str | None:
    if _is_credit_code(number):
        return None
    try:
        uscc.validate(number)
    except InvalidChecksum:
        return "check"
    except ValidationError:
        return "letters"
    return None


def _is_credit_code(text: str) -> bool:
    """Say whether this is a credit code with its check character (GB 32100): most in a list are."""
    if not _CREDIT_CODE.fullmatch(text):
        return False
    total = sum(map(mul, text.encode().translate(_VALUES), _WEIGHTS))
    return bool(total % 31 == 0)


def with_check(uscc17: str) -> str:
    """Return a whole credit code for its first 17 characters."""
    return uscc17 + str(uscc.calc_check_digit(uscc17))
