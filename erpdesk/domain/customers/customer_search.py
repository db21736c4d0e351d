"""Finding customers by letters: one key for the many ways in which a name is written."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from erpdesk.domain.customers.customer import CustomerRecord

CHINESE_FORMS: Final = (
    "集团股份有限公司",
    "集团有限责任公司",
    "股份有限公司",
    "有限责任公司",
    "集团有限公司",
    "有限合伙企业",
    "有限公司",
    "有限合伙",
    "合伙企业",
    "株式会社",
    "公司",
)
"""Legal forms at the end of a Chinese or Japanese name, the longest first."""

_LATIN_FORMS: Final = frozenset(
    """
    ltd limited co company inc incorporated corp corporation llc llp lp plc gmbh mbh ag kg kgaa
    ohg ug ek ev sa sas sarl sl srl spa bv nv pty pte pvt ab oy oyj as asa aps kk sdn bhd and
    """.split()  # noqa: SIM905
)
"""Legal forms at the end of a name in Latin letters, without dots."""

_DOTTED: Final = re.compile(r"(?<=\b\w)\.(?=\w\b)")
_WORD: Final = re.compile(r"\w+")


def plain_name(name: str) -> str:
    """Return the letters and digits of a name in one width and case, nothing between them."""
    return "".join(_words(_in_one_case(name)))


def folded_name(name: str) -> str:
    """Return the plain name without its legal form; two ways to write one firm fold alike.

    A name that is nothing but a legal form keeps it.
    """
    words = _words(_in_one_case(name))
    while len(words) > 1 and words[-1] in _LATIN_FORMS:
        words.pop()
    whole = "".join(words)
    for form in filter(whole.endswith, CHINESE_FORMS):
        if whole != form:
            return whole.removesuffix(form).removeprefix("株式会社") or whole
    return whole.removeprefix("株式会社") or whole


def _in_one_case(name: str) -> str:
    return (name if name.isascii() else unicodedata.normalize("NFKC", name)).casefold()


def _words(text: str) -> list[str]:
    return [text] if text.isalnum() else _WORD.findall(_DOTTED.sub("", text).replace("_", " "))


def digits_of(text: str | None) -> str:
    """Return the digits of a telephone or account number, whatever stands between them."""
    return "".join(c for c in unicodedata.normalize("NFKC", text or "") if c.isdecimal())


def search_text(record: CustomerRecord, keys: Iterable[str] = ()) -> str:
    """Return what is searched when somebody types: name, codes, tax number, pinyin.

    ``keys`` are spellings that only a library knows, such as pinyin and its initials.
    """
    codes = [entry.code for entry in record.all_codes]
    return search_of(record.name, codes, record.tax_id or record.id_number or "", keys)


def search_of(name: str, codes: Iterable[str], tax: str, keys: Iterable[str]) -> str:
    """Return the same of what a record says, the main code first."""
    parts = (plain_name(name), *map(str.casefold, codes), plain_name(tax), *keys)
    return " ".join(dict.fromkeys(filter(None, parts)))


def search_key(typed: str) -> str:
    """Return what somebody typed in the spelling in which names are searched."""
    return plain_name(typed)
