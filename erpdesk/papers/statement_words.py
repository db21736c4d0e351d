"""What a statement of account says, in both languages."""

from dataclasses import dataclass
from typing import Final

from erpdesk.papers.wording import WORDINGS as NOTICE_WORDINGS
from erpdesk.papers.wording import Language, PaperWording


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementWording:
    """The words of a statement; those of its two sorts stand under their names.

    ``buckets`` are the heads of the ageing strip: by lateness, cash, all of it.
    """

    paper: PaperWording
    titles: dict[str, str]
    subtitles: dict[str, str]
    customer: str
    code: str
    number: str
    as_of: str
    period: str
    currency: str
    buckets: tuple[str, ...]
    heads: dict[str, tuple[str, ...]]
    parts: dict[str, str]
    sums: dict[str, str]
    kinds: dict[str, str]
    opening: str
    all_of: str
    total: dict[str, str]
    total_credit: str
    credit: str
    of_which: str
    notes: str
    listed: dict[str, str]
    unbilled: str
    unapplied: str
    object_by: str
    not_a_demand: str
    scan: str
    made_by: str
    issued_on: str
    seal: str


STATEMENT_WORDINGS: Final[dict[Language, StatementWording]] = {
    "zh": StatementWording(
        paper=NOTICE_WORDINGS["zh"].paper,
        titles={"open_items": "客户对账单（未清项）", "activity": "客户对账单（发生额）"},
        subtitles={"open_items": "STATEMENT OF OPEN ITEMS", "activity": "STATEMENT OF ACTIVITY"},
        customer="客户",
        code="编码 {code}",
        number="对账单号",
        as_of="截止日期",
        period="期间",
        currency="币种",
        buckets=(
            "未到期", "1–30 天", "31–60 天", "61–90 天", "91–180 天", "180 天以上", "未核销",
            "合计",
        ),
        heads={
            "open_items": (
                "序", "日期", "单据", "类别", "依据", "到期日", "原金额", "已核销", "未清金额",
            ),
            "activity": ("序", "日期", "单据", "事项", "依据", "增加", "减少", "余额"),
        },
        parts={"billed": "已开票", "unbilled": "暂估", "unapplied": "未核销"},
        sums={"billed": "已开票", "unbilled": "暂估", "unapplied": "未核销收款"},
        kinds={
            "voucher": "暂估", "invoice": "开票", "reverse_on_invoice": "暂估冲回",
            "receipt": "收款", "allocation": "核销差额", "reversal": "冲销", "import": "期初",
        },
        opening="期初余额",
        all_of="合计 {count} 笔",
        total={"open_items": "未清合计（大写）", "activity": "期末余额（大写）"},
        total_credit="贵方多付（大写）",
        credit="多付",
        of_which="其中",
        notes="说明",
        listed={
            "open_items": "本单列示截止日未结清的各笔款项，按到期日排，同日先列欠款。",
            "activity": "本单列示期间内使余额增减的单据；核销、暂估转开票等余额不变的不列。",
        },
        unbilled="标「暂估」者尚未开具发票。贵方账上没有，多半是贵方尚未暂估入账，不一定是差错。",
        unapplied="「未核销」是已收到、还没有对应到单据的款项，以负数列示。",
        object_by="如有不符，请在 {day} 前告知，并写明双方各笔金额。",
        not_a_demand="本单依我方账面出具，供核对账目之用，不替代发票。",
        scan="扫码核对",
        made_by="制单",
        issued_on="日期",
        seal="（财务专用章）",
    ),
    "en": StatementWording(
        paper=NOTICE_WORDINGS["en"].paper,
        titles={"open_items": "Statement of Open Items", "activity": "Statement of Activity"},
        subtitles={"open_items": "客户对账单（未清项）", "activity": "客户对账单（发生额）"},
        customer="Customer",
        code="Code {code}",
        number="Statement no.",
        as_of="As of",
        period="Period",
        currency="Currency",
        buckets=(
            "Not due", "1–30 days", "31–60", "61–90", "91–180", "over 180", "Unapplied", "Total",
        ),
        heads={
            "open_items": (
                "No.", "Date", "Document", "Category", "Basis", "Due", "Original", "Settled",
                "Open",
            ),
            "activity": (
                "No.", "Date", "Document", "What", "Basis", "Increase", "Decrease", "Balance",
            ),
        },
        parts={"billed": "Billed", "unbilled": "Unbilled", "unapplied": "Unapplied"},
        sums={"billed": "Billed", "unbilled": "Unbilled", "unapplied": "Unapplied receipts"},
        kinds={
            "voucher": "Unbilled", "invoice": "Invoice", "reverse_on_invoice": "Reversal",
            "receipt": "Receipt", "allocation": "Difference", "reversal": "Reversal",
            "import": "Opening",
        },
        opening="Opening balance",
        all_of="Sum of {count}",
        total={"open_items": "Total open", "activity": "Closing balance"},
        total_credit="Credit balance",
        credit="Credit",
        of_which="Of which",
        notes="Notes",
        listed={
            "open_items": (
                "Listed is what was not settled on the day; by due date, charges of a day first."
            ),
            "activity": (
                "Listed are the documents that moved the balance; matching of receipts and the "
                "billing of what was unbilled, which leave it as it is, are not."
            ),
        },
        unbilled=(
            "Unbilled items have no invoice yet. If your books do not show them, they were "
            "probably not accrued yet, which need not be an error."
        ),
        unapplied=(
            "Unapplied is money received and not yet matched to a document; it is negative."
        ),
        object_by="If anything differs, please tell us before {day}, with your figures and ours.",
        not_a_demand=(
            "Drawn from our books for checking accounts; it does not replace an invoice."
        ),
        scan="Scan to check",
        made_by="Made by",
        issued_on="Date",
        seal="(finance seal)",
    ),
}  # fmt: skip
