"""A document in words beside its entry: what it is, what was checked, what follows from it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from erpdesk.domain.accounts import BASE_CURRENCY, CHART, EXCHANGE, PARTS
from erpdesk.domain.claim import Unidentified
from erpdesk.domain.entry_rules import amount_of
from erpdesk.domain.moments import at_desk
from erpdesk.domain.money import Money
from erpdesk.domain.tax import percent_text
from erpdesk.errors import UserError
from erpdesk.services.approving import Shown
from erpdesk.words import KINDS, ROLES, VERBS, Sentence, explain, standing
from erpdesk.words.customers import FIELDS, TAX_STATES
from ui.look import Tone
from ui.widgets.currency_field import with_code
from ui.widgets.evidence_viewer import Proof
from ui.work.wording import Wording

S = Sentence
KIND_ICONS: Final = {
    "voucher": "file-clock",
    "receipt": "banknote",
    "allocation": "link",
    "reversal": "undo-2",
    "invoice": "receipt-text",
    "reverse_on_invoice": "undo-2",
    "customer": "building-2",
    "authority": "key-round",
    "import": "download",
    "campaign": "clipboard-list",
    "notice": "mail",
    "statement": "file-text",
    "reply": "mail",
    "promise": "phone-call",
    "dispute": "flag",
    "exchange_rate": "scale",
    "revaluation": "scale",
}
PART_WORDS: Final = {
    "billed": S("已开票", "billed"),
    "unbilled": S("暂估", "unbilled"),
    "unapplied": S("未核销", "unapplied"),
}
SIDES: Final = {1: S("借", "Dr"), -1: S("贷", "Cr")}
ITEM = S("生成未清项，到期 {due}", "Makes an open item, due {due}")
LINK, UNDO = S("核销", "Allocates"), S("反核销", "Takes an allocation back")
RATE = S("汇率 1 {currency} = {rate}，折本位币", "At 1 {currency} = {rate}, in {base}")
LOST, WON = S("汇兑损失", "Exchange loss"), S("汇兑收益", "Exchange gain")
CLOSE = S("冲掉原来的未清项", "Closes what the origin left open")
USE = S("占用出库单 {count} 张", "Uses deliveries: {count}")
PENDING = S("税额先挂待转，开票时转", "Tax waits until it is invoiced")
CLAIMS = S("认领 {number}，{day} 到账：{payer}", "Claims {number}, received {day}: {payer}")
CLAIMS_NOBODY = S("认领 {number}，{day} 到账", "Claims {number}, received {day}")
RED = S("原分录红字冲销，原单不改", "The entry is reversed in red; the origin stays")
BILLED = S("登记发票 {number}", "Registers invoice {number}")
BANK_FACTS: Final = {
    "reference": S("银行流水号", "Bank reference"),
    "payer": S("付款人（银行）", "Payer, by the bank"),
    "account": S("付款账号", "Payer's account"),
}
GRANT = S("{person}：{role}", "{person}: {role}")
LIMIT = S("限额 {limit}", "limit {limit}")
NEW_RATE = S("{day} 1 {currency} = {rate}", "{day} 1 {currency} = {rate}")
LISTED = S("导入清单", "Imports a list")
ROWS = S("{count} 行", "{count} rows")
FIELD = S("{field}：{value}", "{field}: {value}")
BECOMES = S("{before} → {after}", "{before} → {after}")
RECORD: Final = frozenset({"record", "contact"})
WATCHED: Final = frozenset({"name", "tax_id", "bank_name", "bank_account"})
"""Fields that say who is paid and who owes: another value there is looked at twice."""
VARIANCES = S("差异处理 {count} 项", "Differences treated: {count}")
MAKER = S("你没有经手这张单", "You had no hand in it")
SOUND = S("内容哈希一致，规则重新核过", "The text has its hash; its form was checked again")
EVIDENCE = S("证据", "Evidence")
PIECES = S("{count} 件", "{count}")
WITHIN = S("在你的限额内", "Within your limits")
POSTED_ON = S("过账日期", "Posting date")
BECAUSE = S("原因：{text}", "Reason: {text}")
MEMO = S("摘要：{text}", "Memo: {text}")
CHANGING: Final = {
    "amount": S("金额", "amount"),
    "posting_date": S("过账日期", "posting date"),
    "due": S("到期日", "due date"),
    "memo": S("摘要", "memo"),
    "evidence": S("证据件数", "pieces of evidence"),
}
REFUSALS: Final = frozenset({"reject", "return"})


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of a list: its tone, its sentence, and a figure or name at its right."""

    tone: Tone
    text: str
    value: str = ""


def proofs_of(content: Mapping[str, Any]) -> tuple[Proof, ...]:
    """Return what a text rests on."""
    return tuple(Proof(one["hash"], one["kind"]) for one in content.get("evidence", ()))


def lines_of(shown: Shown) -> tuple[Mapping[str, Any], ...]:
    """Return every line that is posted with a document: its own, then those of its parts."""
    texts = (shown.document.content, *(part.content for part in shown.parts))
    return tuple(line for text in texts for line in text.get("lines", ()))


def follows_all(shown: Shown, words: Wording) -> tuple[Fact, ...]:
    """Return why a document was written, and what follows when it and its parts are approved."""
    content = shown.document.content
    texts = (content, *(part.content for part in shown.parts))
    if shown.changes:
        texts = ({name: value for name, value in content.items() if name not in RECORD},)
    return (
        *_why(content, words),
        *_claimed(shown.claims, words),
        *_changed(shown, words),
        *(f for text in texts for f in follows(text, words)),
    )


def _why(content: Mapping[str, Any], words: Wording) -> Iterator[Fact]:
    for name, sentence in (("reason", BECAUSE), ("memo", MEMO)):
        if text := content.get(name):
            yield Fact("neutral", words.say(sentence, text=text))


def _changed(shown: Shown, words: Wording) -> Iterator[Fact]:
    """Yield each field of a customer that would be another; a tax number or account stands out."""
    for name, before, after in shown.changes:
        tone: Tone = "attention" if name in WATCHED and before else "info"
        both = words.say(BECOMES, before=before or "—", after=after or "—")
        yield Fact(tone, words.say(FIELD, field=FIELDS[name], value=both))
    if shown.tax_problem:
        yield Fact(
            "attention", words.say(FIELDS["tax_id"]), words.say(TAX_STATES[shown.tax_problem])
        )


def _claimed(one: Unidentified | None, words: Wording) -> Iterator[Fact]:
    if one is not None:
        said = CLAIMS if one.payer else CLAIMS_NOBODY
        text = words.say(said, number=one.number, day=one.day.isoformat(), payer=one.payer)
        yield Fact("info", text, one.amount.grouped())
        for name, sentence in BANK_FACTS.items():
            if value := (one.bank or {}).get(name):
                yield Fact("info", words.say(sentence), value)


def account_name(code: str, words: Wording) -> str:
    """Return an account's number with its name."""
    known = CHART.get(code)
    return f"{code} {words.say(S(known.name_zh, known.name_en))}" if known else code


def changed(old: Shown, new: Shown) -> Iterator[tuple[Sentence, str, str]]:
    """Yield what differs between two states of a document: field, before, after."""
    before, after = _summary(old), _summary(new)
    for field in CHANGING:
        if before[field] != after[field]:
            yield CHANGING[field], before[field], after[field]


def _summary(shown: Shown) -> dict[str, str]:
    content: dict[str, Any] = shown.document.content
    items = content.get("items", ())
    return {
        "amount": amount_of(content, shown.risk_minor).grouped(),
        "posting_date": str(content.get("entry", {}).get("posting_date", "—")),
        "due": "、".join(str(item["due"]) for item in items) or "—",
        "memo": str(content.get("memo", "—")),
        "evidence": str(len(content.get("evidence", ()))),
    }


def checks(shown: Shown, words: Wording, names: Mapping[str, str]) -> tuple[Fact, ...]:
    """Return what was found before the decision: all in order, or what stands against it."""
    document, count = shown.document, len(proofs_of(shown.document.content))
    found = [Fact("ok", words.say(SOUND), short_hash(document.content_hash))]
    if count:
        found.append(Fact("ok", words.say(EVIDENCE), words.say(PIECES, count=count)))
    against = shown.why_not_approve
    if against is not None:
        return (Fact("attention", standing(against, words.language)), *found)
    maker = names.get(document.made_by, document.made_by)
    within = (Fact("ok", words.say(WITHIN)),) if shown.reach else ()
    return (Fact("ok", words.say(MAKER), maker), *within, *found)


def step_facts(shown: Shown, words: Wording, names: Mapping[str, str]) -> tuple[Fact, ...]:
    """Return every step that was taken, with its reason, by whom and when."""
    return tuple(
        Fact(
            "attention" if one.verb in REFUSALS else "neutral",
            words.say(FIELD, field=VERBS[one.verb], value=one.reason)
            if one.reason
            else words.say(VERBS[one.verb]),
            f"{names.get(one.made_by, one.made_by)} {moment_said(one.made_at)}",
        )
        for one in shown.steps
    )


def steps_since(
    old: Shown, new: Shown, words: Wording, names: Mapping[str, str]
) -> tuple[Fact, ...]:
    """Return the steps that others took meanwhile."""
    facts = zip(new.steps, step_facts(new, words, names), strict=True)
    return tuple(fact for step, fact in facts if step.seq > old.document.seq)


def follows(content: Mapping[str, Any], words: Wording) -> tuple[Fact, ...]:
    """Return what follows when a text is approved."""
    return tuple(
        Fact("info", text, value)
        for part in (_ledger, _fields, _lists)
        for text, value in part(content, words)
    )


def _ledger(content: Mapping[str, Any], words: Wording) -> Iterator[tuple[str, str]]:
    if paper := content.get("invoice"):
        yield words.say(BILLED, number=paper["number"]), str(paper["day"])
    if "reverses" in content.get("entry", {}):
        yield words.say(RED), ""
    yield from _exchanged(content, words)
    for item in content.get("items", ()):
        part = PARTS.get(item["account"])
        word = words.say(PART_WORDS[part.value]) if part else ""
        money = Money(item["amount"], item["currency"])
        yield words.say(ITEM, due=item["due"]), f"{word} {_signed(money)}".strip()
    currency = next((line["currency"] for line in content.get("lines", ())), BASE_CURRENCY)
    closes = "reverses" in content.get("entry", {})
    for link in content.get("allocations", ()):
        said = UNDO if "undoes" in link else CLOSE if closes and "credit" not in link else LINK
        yield words.say(said), with_code(Money(abs(link["amount"]), currency))
    if uses := content.get("deliveries", ()):
        total = Money(sum(use["amount"] for use in uses), currency)
        yield words.say(USE, count=len(uses)), with_code(total)
    for line in content.get("lines", ()):
        if line["account"] == "2221.02" and line["side"] == -1 and line["amount"] > 0:
            yield words.say(PENDING), _signed(Money(line["amount"], line["currency"]))


def _exchanged(content: Mapping[str, Any], words: Wording) -> Iterator[tuple[str, str]]:
    """Yield at which rate something foreign is booked, and what is won or lost by another rate."""
    lines = content.get("lines", ())
    if rate := content.get("entry", {}).get("exchange_rate"):
        said = words.say(RATE, currency=lines[0]["currency"], rate=rate, base=BASE_CURRENCY)
        yield said, Money(lines[0]["base"], BASE_CURRENCY).grouped()
    for line in lines:
        if line["account"] == EXCHANGE:
            is_loss = line["side"] == 1
            yield words.say(LOST if is_loss else WON), Money(line["base"], BASE_CURRENCY).grouped()


def _fields(content: Mapping[str, Any], words: Wording) -> Iterator[tuple[str, str]]:
    for row in content.get("authority", ()):
        limit = Money(row.get("limit", 0), BASE_CURRENCY).grouped()
        said = words.say(GRANT, person=row["person"], role=ROLES[row["role"]])
        yield said, words.say(LIMIT, limit=limit)
    for name, sentence in BANK_FACTS.items():
        if value := content.get("bank", {}).get(name):
            yield words.say(sentence), value
    for section in ("record", "contact"):
        for name, value in content.get(section, {}).items():
            if name in FIELDS and value:
                yield words.say(FIELD, field=FIELDS[name], value=_value_said(name, value)), ""


def _value_said(name: str, value: Any) -> str:
    match name:
        case "tax_rate":
            return percent_text(Decimal(value))
        case "credit_limit":
            return Money(value, BASE_CURRENCY).grouped()
        case "codes":
            return "、".join(one["code"] for one in value)
        case _:
            return str(value)


def _lists(content: Mapping[str, Any], words: Wording) -> Iterator[tuple[str, str]]:
    if found := content.get("variances"):
        yield words.say(VARIANCES, count=len(found)), ""
    if rate := content.get("rate"):
        yield words.say(NEW_RATE, **rate), ""
    if listed := content.get("list"):
        yield words.say(LISTED), words.say(ROWS, count=listed["rows"])


IN_LIST: Final = Sentence("{kind} {number}", "{number} {kind}")
"""A document in a list, where the end of a long line is cut: the number may not be."""


def kind_said(kind: str, words: Wording) -> str:
    """Return what a document is called, as a heading says it."""
    said = words.say(KINDS[kind])
    return said[:1].upper() + said[1:]


def sentence_for(error: UserError) -> Sentence:
    """Return the sentence of a refusal with its facts put in, to be said in either language."""
    zh, en = (explain(error, "zh"), explain(error, "en"))
    return Sentence(*(text.replace("{", "{{").replace("}", "}}") for text in (zh, en)))


def short_hash(digest: bytes) -> str:
    """Return a hash as people compare it."""
    text = digest.hex()
    return f"{text[:4]}…{text[-4:]}"


def moment_said(at_us: int, today: date | None = None) -> str:
    """Return a moment at the company's desk; of today only the time."""
    at = at_desk(at_us)
    return at.strftime("%H:%M" if at.date() == today else "%m-%d %H:%M")


def _signed(money: Money) -> str:
    return f"+{with_code(money)}" if money.minor > 0 else with_code(money)
