"""The names offices write for a currency, and the code that is stored."""

import unicodedata
from typing import Final

from erpdesk.domain.money import DECIMALS

_NAMES: Final = {
    "人民币": "CNY", "人民币元": "CNY", "rmb": "CNY", "¥": "CNY", "元": "CNY", "本位币": "CNY",
    "renminbi": "CNY", "chinese yuan": "CNY", "cnh": "CNY", "美元": "USD", "us$": "USD",
    "$": "USD", "us dollar": "USD", "欧元": "EUR", "€": "EUR", "euro": "EUR", "英镑": "GBP",
    "£": "GBP", "港币": "HKD", "港元": "HKD", "hk$": "HKD", "日元": "JPY", "日圆": "JPY",
    "澳元": "AUD", "加元": "CAD", "瑞士法郎": "CHF", "新加坡元": "SGD", "新台币": "TWD",
    "台币": "TWD", "韩元": "KRW", "韩币": "KRW", "越南盾": "VND",
}  # fmt: skip


def currency_of(text: str) -> str | None:
    """Return the code of a currency by its code or name, or None."""
    name = unicodedata.normalize("NFKC", text).strip()
    if name.upper() in DECIMALS:
        return name.upper()
    return _NAMES.get(name.casefold()) or _NAMES.get(name[:3].casefold().rstrip("-_ ("))
