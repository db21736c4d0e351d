"""What papers say: data that a company may replace, after its accountant read it.

In a template ``{name}`` is filled in, a run of underscores becomes a line to write on (two
millimetres each) and □ a box to tick.
"""

from dataclasses import dataclass
from typing import Final, Literal

Language = Literal["zh", "en"]


def said(template: str, **facts: str) -> str:
    """Return a template with its names filled in; braces inside the facts stay as they are."""
    before, brace, rest = template.partition("{")
    name, closing, after = rest.partition("}")
    if not brace or not closing:
        return template
    return before + facts.get(name, f"{{{name}}}") + said(after, **facts)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperWording:
    """What the head and foot of every paper say."""

    language: Language
    day: str
    tax_id: str
    page: str
    content_hash: str
    seal: str
    printed: str
    original: str
    copy: str
    draft_foot: str
    draft: str
    superseded: str
    carried: str
    brought: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipWording:
    """What the reply slip says; an answer is its bold beginning and the lines after it."""

    cut: str
    title: str
    agreed: tuple[str, ...]
    differs: tuple[str, ...]
    paid: tuple[str, ...]
    signer: str
    seal: str
    return_to: str
    or_mail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeWording:
    """What a settlement notice says."""

    paper: PaperWording
    slip: SlipWording
    title: str
    subtitle: str
    to: str
    addressee: str
    number: str
    as_of: str
    currency: str
    pay_by: str
    opening: str
    unbilled_means: str
    disputed: str
    heads: tuple[str, str, str, str, str, str, str]
    billed: str
    unbilled: str
    unapplied: str
    total: str
    total_refund: str
    due: str
    refund: str
    of_which: str
    unapplied_sum: str
    pay_to: str
    holder: str
    bank: str
    account: str
    reference: str
    reference_note: str
    scan: str
    made_by: str
    approved_by: str
    issued_on: str
    seal: str
    remark: str
    unbilled_remark: str


CHINESE: Final = NoticeWording(
    paper=PaperWording(
        language="zh",
        day="{year} 年 {month} 月 {day} 日",
        tax_id="统一社会信用代码 {tax_id}",
        page="第 {page} 页，共 {pages} 页",
        content_hash="内容哈希 {hash}",
        seal="封印 {seal}",
        printed="erpdesk 打印 {at}",
        original="原件",
        copy="副本 {copy}",
        draft_foot="草稿",
        draft="草稿，不得寄出",
        superseded="已由 {number} 替代",
        carried="转下页",
        brought="承前页",
    ),
    slip=SlipWording(
        cut="请沿此线裁下，盖章后寄回或拍照发回",
        title="回执",
        agreed=("金额无误，将于", "________ 年 ____ 月 ____ 日前付清。"),
        differs=(
            "金额不符。我方账面余额为",
            "{sign} __________________   差异在：□ 未收到发票  □ 数量  □ 单价  □ 已付款  □ 其他",
        ),
        paid=(
            "已付款",
            "________ 年 ____ 月 ____ 日，金额 {sign} __________________，付款人 ________________",
        ),
        signer="经办人 ________________   电话 ________________   日期 ________ 年 ____ 月 ____ 日",
        seal="（贵公司公章）",
        return_to="回执请寄：{address} {company}",
        or_mail="或发至：{email}",
    ),
    title="结算通知书",
    subtitle="SETTLEMENT NOTICE",
    to="致",
    addressee="{addressee} 收",
    number="通知编号",
    as_of="截止日期",
    currency="币种",
    pay_by="请于此日前",
    opening="截至 {as_of}，下列款项待结算。",
    unbilled_means="标「暂估」者，货已签收、收款条件已成就，我方尚未开具发票，将按税法规定的时间开具。",
    disputed="另有 {count} 笔有争议的款项未列入，双方正在核对，处理结果另行通知。",
    heads=("序", "单据", "类别", "依据", "到期日", "原金额", "本次应结"),
    billed="已开票",
    unbilled="暂估",
    unapplied="未核销",
    total="应结金额（大写）",
    total_refund="应退金额（大写）",
    due="应结",
    refund="应退",
    of_which="其中",
    unapplied_sum="未核销收款",
    pay_to="请汇入",
    holder="户名",
    bank="开户行",
    account="账号",
    reference="附言",
    reference_note="（务请填写，便于核销）",
    scan="扫码核对本通知",
    made_by="制单",
    approved_by="审核",
    issued_on="日期",
    seal="（财务专用章）",
    remark="本通知依我方账面出具，不替代发票。",
    unbilled_remark="对暂估部分的确认不免除我方开票义务，也不影响贵方索取发票的权利。",
)

ENGLISH: Final = NoticeWording(
    paper=PaperWording(
        language="en",
        day="{iso}",
        tax_id="Tax ID {tax_id}",
        page="Page {page} of {pages}",
        content_hash="Content hash {hash}",
        seal="Seal {seal}",
        printed="erpdesk, printed {at}",
        original="Original",
        copy="Copy {copy}",
        draft_foot="Draft",
        draft="DRAFT – not to be sent",
        superseded="Superseded by {number}",
        carried="Carried forward",
        brought="Brought forward",
    ),
    slip=SlipWording(
        cut="Please cut here, seal and return by post or as a photograph",
        title="Reply slip",
        agreed=("The amount is correct.", "We shall pay by ______________."),
        differs=(
            "The amount differs.",
            "Our books show {sign} __________________",
            "because of:  □ invoice not received  □ quantity  □ price  □ already paid  □ other",
        ),
        paid=("Already paid", "on ______________, amount {sign} ______________, by ______________"),
        signer="Signed by ______________   Telephone ______________   Date ____________",
        seal="(your company seal)",
        return_to="Return to: {company}, {address}",
        or_mail="or to: {email}",
    ),
    title="Settlement Notice",
    subtitle="结算通知书",
    to="To",
    addressee="Attn. {addressee}",
    number="Notice number",
    as_of="As of",
    currency="Currency",
    pay_by="Please pay by",
    opening="As of {as_of} the following amounts await settlement.",
    unbilled_means=(
        "Unbilled means: goods accepted, right to payment complete, our invoice still to come; "
        "it will be issued at the time tax law requires."
    ),
    disputed=(
        "{count} disputed item(s) are left out: we are checking them together, "
        "and you will be told of the outcome separately."
    ),
    heads=("No.", "Document", "Category", "Basis", "Due", "Original", "To settle"),
    billed="Billed",
    unbilled="Unbilled",
    unapplied="Unapplied",
    total="Total to settle",
    total_refund="Total to refund",
    due="To settle",
    refund="To refund",
    of_which="Of which",
    unapplied_sum="Unapplied receipts",
    pay_to="Please pay to",
    holder="Account name",
    bank="Bank",
    account="Account no.",
    reference="Reference",
    reference_note=" (please always state)",
    scan="Scan to check",
    made_by="Made by",
    approved_by="Approved",
    issued_on="Date",
    seal="(finance seal)",
    remark="This notice is drawn from our books and does not replace an invoice.",
    unbilled_remark=(
        "Confirming an unbilled item does not remove our duty to invoice it, "
        "nor your right to ask for the invoice."
    ),
)

WORDINGS: Final[dict[Language, NoticeWording]] = {"zh": CHINESE, "en": ENGLISH}
