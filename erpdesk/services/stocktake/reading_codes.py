"""Reading codes: what a raw scanner input is taken for, and why, as a value and as a plain row."""

from erpdesk.domain.codes.barcode import read_scan
from erpdesk.domain.codes.reading import Action, Channel, Reading
from erpdesk.domain.codes.scan_reasons import Why
from erpdesk.domain.codes.scan_sentences import sentence
from erpdesk.standards.gs1 import Gs1

_STANDARD = Gs1()


def read_code(raw: bytes, *, channel: Channel) -> Reading:
    """Return what one raw input is taken for; it never raises, whatever the bytes are."""
    return read_scan(raw, channel, _STANDARD)


def reason(reading: Reading, *, language: str = "zh", is_kept: bool = False) -> str:
    """Return why a reading is what it is, as one sentence in Chinese or English.

    ``is_kept`` says that the scan was stored.
    """
    asks = reading.action is Action.ASK
    return sentence(reading.why, reading.facts, language=language, asks=asks, is_kept=is_kept)


def as_row(reading: Reading, *, language: str = "zh") -> dict[str, object]:
    """Return a reading as plain values for a line of JSON; what is empty is left out."""
    row: dict[str, object] = {
        "action": reading.action.value,
        "kind": reading.kind.value,
        "value": reading.value,
        "propose": reading.propose,
        "reason": reason(reading, language=language),
        "scans": reading.scans,
        "why": reading.why.value,
    }
    more: dict[str, object] = {
        "choices": list(reading.choices) if len(reading.choices) > 1 else [],
        "encoding": reading.encoding,
        "symbology": reading.symbology,
        "elements": [list(pair) for pair in reading.elements],
        "codes": [as_row(one, language=language) for one in reading.codes],
    }
    return row | {name: value for name, value in more.items() if value}


def refusal_row(why: Why, *, language: str = "zh", value: str = "") -> dict[str, object]:
    """Return the row for an input that could not even be taken as bytes."""
    return {
        "action": "refuse",
        "kind": "unknown",
        "value": None,
        "propose": None,
        "reason": sentence(why, (("value", value),), language=language),
        "scans": 0,
        "why": why.value,
    }
