"""A document as it is put before somebody who decides: entry, uses, evidence, steps, hash."""

from typing import Any

from erpdesk.commands.frame import Session
from erpdesk.commands.help import padded
from erpdesk.domain.accounts import BASE_CURRENCY, CHART
from erpdesk.domain.evidence import KIND_OF
from erpdesk.domain.moments import at_desk
from erpdesk.domain.money import Money
from erpdesk.services.approving import SentBack, Shown, Waiting
from erpdesk.words import KINDS, ROLES, VERBS, Sentence, explain, state_word
from erpdesk.words.customers import FIELDS, TAX_STATES

SIDES = {1: Sentence("借", "Dr"), -1: Sentence("贷", "Cr")}
MAY = {
    "approve": Sentence("批准", "approve"),
    "endorse": Sentence("初审", "endorse"),
    "": Sentence("—", "—"),
}
ENTRY = Sentence("过账日期 {day}", "posting date {day}")
RATE = Sentence("汇率 1 {currency} = {rate} {base}", "rate 1 {currency} = {rate} {base}")
ITEM = Sentence("未清项 {amount}，到期 {due}", "open item {amount}, due {due}")
LINK = Sentence("核销 {amount}", "allocates {amount}")
UNDO = Sentence("反核销 {amount}", "undoes {amount}")
GOODS = Sentence(
    "明细 {text}：{gross}，其中税 {tax}（税率 {rate}）",
    "for {text}: {gross}, tax in it {tax} (rate {rate})",
)
USE = Sentence("用出库单 {amount}", "uses a delivery for {amount}")
BECOMES = Sentence("{field}：{before} → {after}", "{field}: {before} → {after}")
RECORD = frozenset({"record", "contact"})
PROOF = Sentence("证据 {kind}，SHA-256 {hash}", "evidence {kind}, SHA-256 {hash}")
GRANT = Sentence("{person}：{role}，限额 {limit}", "{person}: {role}, limit {limit}")
LISTED = Sentence("清单 {what}：{rows} 行，合计 {sums}", "list {what}: {rows} rows, sums {sums}")
REASON = Sentence("原因：{text}", "reason: {text}")
MEMO = Sentence("摘要：{text}", "memo: {text}")
_NAMES = {code: Sentence(account.name_zh, account.name_en) for code, account in CHART.items()}


def seen_text(seq: int, content_hash: bytes) -> str:
    """Return what ``--seen`` takes: the step number and the hash of the text that was shown."""
    return f"{seq}:{content_hash.hex()[:16]}"


def plain(shown: Shown, session: Session) -> dict[str, Any]:
    """Return a shown document for machines."""
    document = shown.document
    return {
        "id": document.id,
        "number": document.number,
        "kind": document.kind,
        "state": document.state,
        "seen": seen_text(document.seq, document.content_hash),
        "hash": document.content_hash.hex(),
        "made_by": document.made_by,
        "risk_minor": shown.risk_minor,
        "currency": "CNY",
        "why_not": why(shown.why_not_approve, session),
        "content": document.content,
        "changes": [
            {"field": name, "before": before, "after": after}
            for name, before, after in shown.changes
        ],
        "parts": [part.content for part in shown.parts],
        "steps": [
            {"seq": s.seq, "verb": s.verb, "by": s.made_by, "at_us": s.made_at, "reason": s.reason}
            for s in shown.steps
        ],
    }


def why(error: Any, session: Session) -> str | None:
    """Return the sentence that stands against a decision, or None."""
    return None if error is None else explain(error, session.language)


def print_document(shown: Shown, session: Session) -> None:
    """Print a document for people: what it is, what will be posted, on what it rests."""
    say, document = session.say, shown.document
    state = say(state_word(document.kind, document.state))
    session.line(
        f"{say(KINDS[document.kind])} {document.number or '—'}  {state}  "
        f"--seen {seen_text(document.seq, document.content_hash)}"
    )
    content = document.content
    if shown.changes:
        content = {name: said for name, said in content.items() if name not in RECORD}
    print_text(content, session)
    _print_changes(shown, session)
    for part in shown.parts:
        session.line(f"{say(KINDS[part.kind])} {part.number or '—'}")
        print_text(part.content, session)
    for step in shown.steps:
        reason = f"  {step.reason}" if step.reason else ""
        verb = padded(say(VERBS[step.verb]), 8)
        session.line(f"  {step.seq}. {verb}  {step.made_by}  {moment_said(step.made_at)}{reason}")
    if shown.why_not_approve is not None and document.state in {"submitted", "in_review"}:
        session.line(explain(shown.why_not_approve, session.language))


def _print_changes(shown: Shown, session: Session) -> None:
    """Print each field of a customer that would be another, from what to what."""
    for name, before, after in shown.changes:
        said = {"field": session.say(FIELDS[name]), "before": before or "—", "after": after or "—"}
        session.line("  " + session.say(BECOMES, **said))
    if shown.tax_problem:
        session.line(
            f"  {session.say(FIELDS['tax_id'])} {session.say(TAX_STATES[shown.tax_problem])}"
        )


def moment_said(at_us: int) -> str:
    """Return a moment at the company's desk as it is read."""
    return f"{at_desk(at_us):%Y-%m-%d %H:%M:%S}"


def print_text(content: dict[str, Any], session: Session) -> None:
    """Print what a text will post and on what it rests."""
    if "entry" in content:
        entry = content["entry"]
        session.line("  " + session.say(ENTRY, day=entry["posting_date"]))
        if "exchange_rate" in entry:
            said = {"currency": content["lines"][0]["currency"], "base": BASE_CURRENCY}
            session.line("  " + session.say(RATE, rate=entry["exchange_rate"], **said))
    for name, sentence in (("memo", MEMO), ("reason", REASON)):
        if name in content:
            session.line("  " + session.say(sentence, text=content[name]))
    for line in content.get("lines", ()):
        session.line(_line(line, session))
    if "rate" in content:
        session.line("  " + session.say(RATE, base=BASE_CURRENCY, **content["rate"]))
    named = (*content.get("lines", ()), *content.get("items", ()))
    currency = next((part["currency"] for part in named), "CNY")
    for part in _parts(content, currency, session):
        session.line("  " + part)


def _line(line: dict[str, Any], session: Session) -> str:
    amount = f"{Money(line['amount'], line['currency']).grouped():>18} {line['currency']}"
    if line["currency"] != BASE_CURRENCY:
        amount += f"{Money(line['base'], BASE_CURRENCY).grouped():>18} {BASE_CURRENCY}"
    text = f"  {line['text']}" if "text" in line else ""
    side, code = session.say(SIDES[line["side"]]), line["account"]
    name = padded(session.say(_NAMES[code]) if code in _NAMES else "", 26)
    return f"  {side} {code:<8} {name} {amount}{text}"


def _parts(content: dict[str, Any], currency: str, session: Session) -> list[str]:
    """Return a sentence for each open item, link, use, piece of evidence and authority."""

    def money(minor: int, of: str = currency) -> str:
        return f"{Money(minor, of).grouped()} {of}"

    goods = [
        session.say(
            GOODS,
            text=row["text"],
            gross=money(row["gross"]),
            tax=money(row["tax"]),
            rate=row["rate"],
        )
        for row in content.get("goods", ())
    ]
    items = [
        session.say(ITEM, amount=money(item["amount"], item["currency"]), due=item["due"])
        for item in content.get("items", ())
    ]
    links = [
        session.say(UNDO if "undoes" in link else LINK, amount=money(abs(link["amount"])))
        for link in content.get("allocations", ())
    ]
    uses = [session.say(USE, amount=money(use["amount"])) for use in content.get("deliveries", ())]
    proofs = [
        session.say(PROOF, kind=_kind(one["kind"], session), hash=one["hash"])
        for one in content.get("evidence", ())
    ]
    return [
        *goods,
        *items,
        *links,
        *uses,
        *proofs,
        *_grants(content, session),
        *_rest(content, session),
    ]


def _grants(content: dict[str, Any], session: Session) -> list[str]:
    return [
        session.say(
            GRANT,
            person=row["person"],
            role=session.say(ROLES[row["role"]]),
            limit=Money(row.get("limit", 0), "CNY").grouped(),
        )
        for row in content.get("authority", ())
    ]


def _rest(content: dict[str, Any], session: Session) -> list[str]:
    """Return what has no amounts of the ledger: a record, a scope, what bank or customer say."""
    said = []
    for name in ("record", "contact", "scope", "bank", "reply", "promise", "dispute"):
        fields = content.get(name, {})
        said += [f"{key}: {value}" for key, value in fields.items() if value not in (None, [], "")]
    for row in content.get("variances", ()):
        said.append("  ".join(f"{key} {value}" for key, value in row.items()))
    if "list" in content:
        listed = content["list"]
        sums = "  ".join(f"{name} {total}" for name, total in listed.get("sums", {}).items())
        said.append(session.say(LISTED, what=listed["what"], rows=listed["rows"], sums=sums or "—"))
    return said


def _kind(code: str, session: Session) -> str:
    kind = KIND_OF.get(code)
    return code if kind is None else kind.name_zh if session.language == "zh" else kind.name_en


def inbox_row(waiting: Waiting, session: Session) -> dict[str, Any]:
    """Return a row of the inbox."""
    head = waiting.head
    may = _may(waiting)
    return {
        "id": head.id,
        "number": head.number,
        "kind": head.kind,
        "word": session.say(KINDS[head.kind]),
        "state": head.state,
        "customer": head.customer_name,
        "made_by": head.made_by,
        "risk_minor": waiting.risk_minor,
        "currency": "CNY",
        "risk": Money(waiting.risk_minor, "CNY").grouped(),
        "seen": seen_text(head.seq, head.content_hash),
        "may": may,
        "may_word": session.say(MAY[may]),
        "why_not": why(waiting.why_not_approve, session),
    }


def sent_back_row(back: SentBack, session: Session) -> dict[str, Any]:
    """Return a row of what came back to whoever asks."""
    head = back.head
    return {
        "document": head.id,
        "number": head.number,
        "kind": head.kind,
        "word": session.say(KINDS[head.kind]),
        "verb": back.verb,
        "verb_word": session.say(VERBS[back.verb]),
        "reason": back.reason,
        "by": back.by,
        "at": moment_said(back.at),
    }


def _may(waiting: Waiting) -> str:
    if waiting.why_not_approve is None:
        return "approve"
    return "endorse" if waiting.why_not_endorse is None else ""
