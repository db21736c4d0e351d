"""How a campaign stands, as the command line prints it; what is blind stays out."""

from typing import Any

from erpdesk.commands.frame import Session
from erpdesk.domain.stocktake.blind import plain_state, withholds
from erpdesk.domain.stocktake.count_line import LineState
from erpdesk.services.stocktake.campaign_status import Line, Status, state_of
from erpdesk.words import Sentence
from erpdesk.words.counting import LINE_STATES

SHOWN = 10
UNCOUNTED = Sentence("未盘：{names}", "Not yet: {names}")
UNCOUNTED_MORE = Sentence(
    "未盘：{names}，还有 {more} 户（--lines 看全部）",
    "Not yet: {names} and {more} more (all with --lines)",
)
ASKED = Sentence("请求复盘：{code}（{by}）{why}", "Recount asked for: {code} ({by}) {why}")

SAID = Sentence(
    "冲突：{code} {by} 记的是 {stated}（decide choose --event {event}）",
    "In conflict: {code}, {by} wrote down {stated} (decide choose --event {event})",
)


def _hides_books(found: Status) -> bool:
    """Say whether figures of the books are withheld: blind or a recount, before the review."""
    return withholds(blind=bool(found.plan.blind), state=state_of(found.document))


def plain_line(line: Line, *, hidden: bool) -> dict[str, Any]:
    """Return a line for machines; what is blind stays out."""
    judged = line.judged
    stated = judged.stated
    shown = {
        "n": line.frozen.n,
        "code": line.frozen.code,
        "name": line.frozen.name,
        "currency": line.frozen.currency,
        "state": (plain_state(judged.state) if hidden else judged.state).value,
        "stated_minor": stated.minor if stated else None,
        "counted_by": sorted(line.counted.counters),
    }
    if not hidden:
        shown |= {
            "book_minor": judged.book.minor,
            "difference_minor": judged.difference.minor if judged.difference else None,
            "kinds": sorted(kind.value for kind in judged.kinds),
        }
    return shown


def plain_status(found: Status, *, with_lines: bool = True) -> dict[str, Any]:
    """Return how a campaign stands, for machines."""
    document = found.document
    hidden = _hides_books(found)
    value: dict[str, Any] = {
        "id": document.id,
        "number": document.number,
        "name": found.plan.name,
        "state": found.shown_state,
        "cut_off": found.plan.cut_off.isoformat(),
        "blind": bool(found.plan.blind),
        "lines": len(found.lines),
        "counted": found.counted,
        "uncounted": len(found.uncounted),
        "unexpected": len(found.unexpected),
        "scans": found.scans,
        "coverage": _percent(found.coverage),
        "accuracy": None if hidden else _percent(found.accuracy),
    }
    if with_lines:
        value["not_counted"] = [line.frozen.code for line in found.uncounted]
        value["rows"] = [plain_line(line, hidden=hidden) for line in found.lines]
        value["recounts_asked"] = _asked(found)
        value["conflicts"] = [] if hidden else _conflicts(found)
        value["unexpected_scans"] = [_scan(event) for event in found.unexpected]
    return value


def _percent(share: Any) -> str | None:
    return None if share is None else f"{int(share * 10000) / 100:.2f}%"


def _asked(found: Status) -> list[dict[str, Any]]:
    """Return who asks for which recount and why, each once: a customer may have several lines."""
    rows = {
        one.id: {"event": one.id, "code": line.frozen.code, "by": one.by, "why": one.asks}
        for line in found.asked
        for one in line.counted.asked
    }
    return list(rows.values())


def _conflicts(found: Status) -> list[dict[str, Any]]:
    """Return what each counter says of the lines in conflict, a row an event."""
    return [
        {
            "event": event.id,
            "code": line.frozen.code,
            "by": event.by,
            "stated": event.stated.grouped() if event.stated else "—",
        }
        for line in found.lines
        if line.judged.state is LineState.CONFLICT
        for event in line.counted.standing
    ]


def _scan(event: Any) -> dict[str, Any]:
    return {
        "event": event.id,
        "raw": event.raw.hex(),
        "by": event.by,
        "reading": dict(event.reading),
    }


def answer(session: Session, found: Status, *, with_lines: bool = False) -> None:
    """Say how a campaign stands, for people or for machines."""
    value = plain_status(found)
    if session.json:
        session.answer(value)
        return
    word = session.say(LINE_STATES[value["state"]])
    session.line(f"{value['number'] or value['id']}  {value['name']}  {word}")
    session.answer(
        value,
        Sentence(
            "共 {lines} 行，已盘 {counted}，未盘 {uncounted}，账外 {unexpected}，"
            "扫码 {scans} 次 = 已存 {scans} 次；覆盖率 {coverage}",
            "{lines} lines, {counted} counted, {uncounted} not yet, {unexpected} unexpected; "
            "{scans} scanned = {scans} stored; coverage {coverage}",
        ),
        **value | {"coverage": value["coverage"] or "—"},
    )
    if found.uncounted:
        _print_uncounted(session, found)
    for one in value["conflicts"]:
        session.line(session.say(SAID, **one))
    for one in value["recounts_asked"]:
        session.line(session.say(ASKED, **one))
    if with_lines:
        columns = {
            "n": Sentence("序", "#"),
            "code": Sentence("编码", "Code"),
            "name": Sentence("客户", "Customer"),
            "word": Sentence("状态", "State"),
            "book": Sentence("账面数", "Book"),
            "stated": Sentence("自述余额", "Stated"),
        }
        session.table([_row(session, found, line) for line in found.lines], columns)


def _print_uncounted(session: Session, found: Status) -> None:
    """Name the first of those nobody reached yet: they stay in view."""
    names = [f"{line.frozen.code} {line.frozen.name}" for line in found.uncounted[:SHOWN]]
    more = len(found.uncounted) - len(names)
    sentence = UNCOUNTED_MORE if more else UNCOUNTED
    session.line(session.say(sentence, names=tuple(names), more=more))


def _row(session: Session, found: Status, line: Line) -> dict[str, Any]:
    stated, hidden = line.judged.stated, _hides_books(found)
    plain = plain_line(line, hidden=hidden)
    return plain | {
        "word": session.say(LINE_STATES[plain["state"]]),
        "book": None if hidden else line.judged.book.grouped(),
        "stated": stated.grouped() if stated else None,
    }
