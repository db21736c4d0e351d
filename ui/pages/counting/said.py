"""What a scan was, in the words of the scan bar and of the band over the card."""

from erpdesk.domain.money import Money
from erpdesk.domain.stocktake.counting import Finding
from erpdesk.services.stocktake.counting import Counted
from erpdesk.services.stocktake.reading_codes import reason
from erpdesk.words import Sentence
from ui.pages.counting import words as w
from ui.pages.counting.card import moment
from ui.pages.counting.facts import CountingParts
from ui.widgets.scan_bar import Scan
from ui.work.wording import Wording


def scan_said(wording: Wording, parts: CountingParts, counted: Counted) -> Scan:
    """Return a stored scan as the scan bar shows it: code, source, judgement, tone."""
    finding = counted.judgement.finding
    tone, icon, _ = w.TONES[finding]
    code = counted.event.raw.decode("utf-8", "backslashreplace")
    source = w.SOURCES.get(counted.event.source.value, w.SOURCES["typed"])
    sentence = w.SAID.get(finding, w.SAID[Finding.NOT_IN_CAMPAIGN])
    said = wording.say(
        sentence,
        source=source,
        customer=counted.customer.name if counted.customer else code,
        name=parts.name_of(counted.judgement.by),
        time=moment(counted.judgement.at or 0),
    )
    return Scan(code, said, tone, icon)


def why_unexpected(wording: Wording, counted: Counted) -> str:
    """Return why a scan is nobody's: what was wrong with it, or that nobody has this code."""
    if counted.customer is not None:
        return f"{counted.customer.name}  {counted.customer.code}"
    if counted.reading.is_taken:
        return wording.say(w.PAPERS.get(counted.reading.kind, w.NOBODYS))
    return reason(counted.reading, language=wording.language, is_kept=True)


def facts_of(wording: Wording, parts: CountingParts, counted: Counted) -> str:
    """Return the line of facts under a code: length, source, who and when, raw bytes."""
    event = counted.event
    said = (
        wording.say(w.BYTES, n=len(event.raw)),
        wording.say(w.SOURCES.get(event.source.value, w.SOURCES["typed"])),
        f"{parts.name_of(event.by)} {moment(event.received_at, seconds=True)}",
        wording.say(w.RAW, hex=event.raw[:24].hex(" ").upper()),
    )
    return "·".join(said)


def band_said(
    parts: CountingParts, counted: Counted, number: int | None
) -> tuple[Sentence, dict[str, object]]:
    """Return the sentence of the band, with its facts."""
    match counted.judgement.finding:
        case Finding.COUNTED:
            return (w.NTH, {"n": number}) if number is not None else (w.NOT_YET, {})
        case Finding.ALREADY_COUNTED:
            name = parts.name_of(counted.judgement.by)
            return w.FIRST_BY, {"name": name, "time": moment(counted.judgement.at or 0)}
        case _:
            return w.KEPT, {}


def recorded_said(wording: Wording, difference: Money | None) -> str:
    """Return what is spoken once a record is stored; None where the books are withheld."""
    if difference is None or not difference.minor:
        return wording.say(w.RECORDED)
    return wording.say(w.RECORDED_DIFFERENCE, amount=difference.grouped())
