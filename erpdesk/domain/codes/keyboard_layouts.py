"""What a scanner set to the American keyboard types on a computer that has another layout.

Each layout lists what its keys write where the American keyboard writes ``_KEYS``; a blank or ¦
is nothing of use. Reading it backwards gives the code that was printed.
"""

from dataclasses import dataclass
from typing import Final

_KEYS: Final = (
    "1234567890-=!@#$%^&*()_+qwertyuiop[]QWERTYUIOP{}asdfghjkl;'ASDFGHJKL:\"zxcvbnm,./ZXCVBNM<>?\\|"
)
_ROWS: Final = r"""
fr &é"'(-è_çà)=1234567890°+azertyuiop^$AZERTYUIOP¨£qsdfghjklmùQSDFGHJKLM%wxcvbn,;:!WXCVBN?./§*µ
be &é"'(§è!çà)-1234567890°_azertyuiop^$AZERTYUIOP¨*qsdfghjklmùQSDFGHJKLM%wxcvbn,;:=WXCVBN?./+µ£
de 1234567890ß´!"§$%&/()=?`qwertzuiopü+QWERTZUIOPÜ*asdfghjklöäASDFGHJKLÖÄyxcvbnm,.-YXCVBNM;:_#'
ch 1234567890'^+"*ç%&/()=?`qwertzuiopü¨QWERTZUIOPè!asdfghjklöäASDFGHJKLéàyxcvbnm,.-YXCVBNM;:_$£
es 1234567890'¡!"·$%&/()=?¿qwertyuiop`+QWERTYUIOP^*asdfghjklñ´ASDFGHJKLÑ¨zxcvbnm,.-ZXCVBNM;:_çÇ
it 1234567890'ì!"£$%&/()=?^qwertyuiopè+QWERTYUIOPé*asdfghjklòàASDFGHJKLç°zxcvbnm,.-ZXCVBNM;:_ù§
pt 1234567890'«!"#$%&/()=?»qwertyuiop+´QWERTYUIOP*`asdfghjklçºASDFGHJKLÇªzxcvbnm,.-ZXCVBNM;:_~^
se 1234567890+´!"#¤%&/()=?`qwertyuiopå¨QWERTYUIOPÅ^asdfghjklöäASDFGHJKLÖÄzxcvbnm,.-ZXCVBNM;:_'*
no 1234567890+\!"#¤%&/()=?`qwertyuiopå¨QWERTYUIOPÅ^asdfghjkløæASDFGHJKLØÆzxcvbnm,.-ZXCVBNM;:_'*
uk 1234567890-=!"£$%^&*()_+qwertyuiop[]QWERTYUIOP{}asdfghjkl;'ASDFGHJKL:@zxcvbnm,./ZXCVBNM<>?#~
cz +ěščřžýáíé=´1234567890%ˇqwertzuiopú)QWERTZUIOP/(asdfghjklů§ASDFGHJKL"!yxcvbnm,.-YXCVBNM?:_¨'
sk +ľščťžýáíé=´1234567890%ˇqwertzuiopúäQWERTZUIOP/(asdfghjklô§ASDFGHJKL"!yxcvbnm,.-YXCVBNM?:_ň)
hu 123456789öüó'"+!%/=()ÖÜÓqwertzuiopőúQWERTZUIOPŐÚasdfghjkléáASDFGHJKLÉÁyxcvbnm,.-YXCVBNM?:_űŰ
tr 1234567890*-!'^+%&/()=?_qwertyuıopğüQWERTYUIOPĞÜasdfghjklşiASDFGHJKLŞİzxcvbnmöç.ZXCVBNMÖÇ:,;
jp 1234567890-^!"#$%&'() =~qwertyuiop@[QWERTYUIOP`{asdfghjkl;:ASDFGHJKL+*zxcvbnm,./ZXCVBNM<>?]}
ru 1234567890-=!"№;%:?*()_+йцукенгшщзхъЙЦУКЕНГШЩЗХЪфывапролджэФЫВАПРОЛДЖЭячсмитьбю.ЯЧСМИТЬБЮ,\/
cn 1234567890-=！@#￥% &*（） +qwertyuiop【】QWERTYUIOP{}asdfghjkl；‘ASDFGHJKL：“zxcvbnm，。、ZXCVBNM《》？ |
gr 1234567890-=!@#$%^&*()_+;ςερτυθιοπ[]:΅ΕΡΤΥΘΙΟΠ{}ασδφγηξκλ΄'ΑΣΔΦΓΗΞΚΛ¨"ζχψωβνμ,./ΖΧΨΩΒΝΜ<>?\|
dv 1234567890[]!@#$%^&*(){}',.pyfgcrl/="<>PYFGCRL?+aoeuidhtns-AOEUIDHTNS_;qjkxbmwvz:QJKXBMWVZ\|
sh !@#$%^&*()_+¦¦¦¦¦¦¦¦¦¦¦¦qwertyuiop{}QWERTYUIOP¦¦asdfghjkl:"ASDFGHJKL¦¦zxcvbnm<>?ZXCVBNM¦¦¦|¦
"""  # noqa: E501
_NAMES: Final = {
    "fr": "AZERTY (fr)", "be": "AZERTY (be)", "de": "QWERTZ (de)", "ch": "QWERTZ (ch)",
    "cz": "QWERTZ (cs)", "sk": "QWERTZ (sk)", "hu": "QWERTZ (hu)", "es": "QWERTY (es)",
    "it": "QWERTY (it)", "pt": "QWERTY (pt)", "se": "QWERTY (sv, fi)", "no": "QWERTY (nb, da)",
    "uk": "QWERTY (en-GB)", "tr": "QWERTY (tr)", "jp": "QWERTY (ja)", "ru": "ЙЦУКЕН (ru)",
    "cn": "中文输入法", "gr": "QWERTY (el)", "dv": "Dvorak", "sh": "Shift",
}  # fmt: skip
_FRENCH_DIGITS: Final = str.maketrans("&é\"'(-è_çà", "1234567890")


@dataclass(frozen=True, slots=True)
class Retyped:
    """The text that was printed, if the computer has this layout.

    ``is_rare`` is a layout that moves nearly every key and that few have: any text may have been
    written with it, so that only a code with check characters speaks for it.
    """

    layout: str
    text: str
    is_rare: bool = False


def retyped(text: str) -> tuple[Retyped, ...]:
    """Return what a text may have been under each foreign layout that can have written it."""
    found = [
        Retyped(_NAMES[layout], text.translate(table), is_rare=layout == "dv")
        for layout, table in _TABLES.items()
        if all(ord(sign) in table for sign in text)
    ]
    return tuple(one for one in _with_french_digits(text, found) if one.text != text)


@dataclass(frozen=True, slots=True)
class Layout:
    """A foreign layout, and where it is set: in the computer, or in the scanner.

    ``name`` is what people call it; ``key`` is how it is kept, such as ``computer:de``.
    """

    name: str
    key: str

    @property
    def is_of_scanner(self) -> bool:
        """Say whether the scanner types for this layout on an American computer."""
        return self.key.startswith("scanner:")


def layouts_between(printed: str, typed: str) -> tuple[Layout, ...]:
    """Return the layouts that make of a printed text what was typed, the likeliest first.

    A layout fits when it explains more than half of the signs that moved, and none moved that it
    leaves where it is or puts elsewhere. Signs that a layout does not know speak for nothing.
    """
    if len(printed) != len(typed) or printed == typed:
        return ()
    pairs = tuple(zip(printed, typed, strict=True))
    found: list[tuple[int, Layout]] = []
    for short, table in _TABLES.items():
        for place, turned in (("computer", pairs), ("scanner", tuple(p[::-1] for p in pairs))):
            score = _explained(turned, table)
            if score:
                found.append((score, Layout(_NAMES[short], f"{place}:{short}")))
    best = max((score for score, _ in found), default=0)
    return tuple(layout for score, layout in found if score == best)


def _explained(pairs: tuple[tuple[str, str], ...], table: dict[int, str]) -> int:
    """Return how many moved signs a table explains: ``pairs`` are key and sign; 0 when it errs."""
    moved = [(key, sign) for key, sign in pairs if key != sign]
    stayed = [key for key, sign in pairs if key == sign]
    wrong = any(table.get(ord(sign), key) != key for key, sign in moved)
    wrong |= any(table.get(ord(key), key) != key for key in stayed)
    right = sum(ord(sign) in table for _, sign in moved)
    return 0 if wrong or 2 * right <= len(moved) else right


def layout_name(key: str) -> str:
    """Return what people call the layout with this key; empty for none."""
    return "Caps Lock" if key == "caps" else _NAMES.get(key.partition(":")[2], "")


def converted(text: str, key: str) -> str:
    """Return a typed text as it was printed, by the key of a layout; ``caps`` turns the case.

    An unknown key changes nothing.
    """
    if key == "caps":
        return text.swapcase()
    place, _, short = key.partition(":")
    table = _TABLES.get(short)
    if table is None or place not in {"computer", "scanner"}:
        return text
    if place == "computer":
        return text.translate(table)
    return text.translate({ord(key): chr(sign) for sign, key in table.items()})


def _with_french_digits(text: str, found: list[Retyped]) -> list[Retyped]:
    """Return the readings with one more, in which only the digits were moved.

    Some programs type letters as letters and only digits as keys. When nothing but digits moved
    both are possible; a Q is rarer in codes than an A, so the one with fewer comes first.
    """
    digits = text.translate(_FRENCH_DIGITS)
    if not (digits.isascii() and digits.isalnum()) or any(sign in "0123456789" for sign in text):
        return found
    one = Retyped(_NAMES["fr"], digits)
    moved = text.translate(_TABLES["fr"])
    fewer = digits.upper().count("Q") < moved.upper().count("Q")
    return [one, *found] if fewer else [*found, one]


def _table(row: str) -> dict[int, str]:
    assert len(row) == len(_KEYS), row
    pairs = {ord(sign): key for sign, key in zip(row, _KEYS, strict=True) if sign not in " ¦"}
    if row.startswith("!"):  # a held Shift key lets no digit pass
        return pairs
    return {ord(key): key for key in "0123456789" if ord(key) not in pairs} | pairs


_TABLES: Final = {line[:2]: _table(line[3:]) for line in _ROWS.strip().splitlines()}
