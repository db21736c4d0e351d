"""What a balance confirmation says, in both languages: data that a firm's accountant confirms."""

from dataclasses import dataclass
from typing import Final

from erpdesk.papers.wording import WORDINGS as NOTICE_WORDINGS
from erpdesk.papers.wording import Language, PaperWording, SlipWording


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmationWording:
    """The words of a confirmation; those of its three methods stand under their names.

    An answer is its bold beginning and lines to fill in; ``own`` is said once a currency.
    """

    paper: PaperWording
    slip: SlipWording
    title: str
    subtitles: dict[str, str]
    to: str
    number: str
    as_of: str
    currency: str
    reply_by: str
    opening: dict[str, str]
    not_a_demand: str
    heads: tuple[str, ...]
    signs: str
    made_by: str
    issued_on: str
    seal: str
    answer: str
    cut: str
    agreed: tuple[str, ...]
    differs: dict[str, tuple[str, ...]]
    own: str
    difference_heads: tuple[str, ...]


CONFIRMATION_WORDINGS: Final[dict[Language, ConfirmationWording]] = {
    "zh": ConfirmationWording(
        paper=NOTICE_WORDINGS["zh"].paper,
        slip=NOTICE_WORDINGS["zh"].slip,
        title="往来款项询证函",
        subtitles={
            "positive": "BALANCE CONFIRMATION · 积极式",
            "blank": "BALANCE CONFIRMATION · 空白式",
            "negative": "BALANCE CONFIRMATION · 消极式",
        },
        to="致",
        number="函件编号",
        as_of="截止日期",
        currency="币种",
        reply_by="请于此日前回函",
        opening={
            "positive": (
                "为核对双方账目，现将截至 {as_of} 我方账面记录的与贵方往来余额列示如下。"
                "请与贵方账面核对，在下方回函中作答，盖章后于 {reply_by} 前寄回或拍照发回。"
            ),
            "blank": (
                "为核对双方账目，请将截至 {as_of} 贵方账面记录的与我方往来余额填入下方回函，"
                "盖章后于 {reply_by} 前寄回或拍照发回。"
            ),
            "negative": (
                "为核对双方账目，现将截至 {as_of} 我方账面记录的与贵方往来余额列示如下。"
                "如与贵方账面不符，请在下方回函中写明，盖章后于 {reply_by} 前寄回或拍照发回。"
            ),
        },
        not_a_demand=(
            "本函仅为核对账目之用，并非催款结算。上述日期之后已经结清的，仍请按上述日期的余额核对。"
        ),
        heads=("币种", "应收（已开票）", "应收（暂估，未开票）", "预收（未核销）", "余额"),
        signs="余额为正，是贵方欠我方；为负，是我方欠贵方。",
        made_by="制单",
        issued_on="日期",
        seal="（财务专用章）",
        answer="回函",
        cut="以下由贵方填写，可沿此线裁下",
        agreed=("信息证明无误", "□ 截至上述日期，余额与我方账面相符。"),
        differs={
            "positive": ("信息不符", "□ 我方账面余额如下，差异列在表内。"),
            "blank": ("我方账面余额", ""),
            "negative": ("信息不符", "□ 我方账面余额如下，差异列在表内。"),
        },
        own=(
            "{currency}  应付（已收票）______________  应付（未收票）______________  "
            "预付 ______________  余额 ______________"
        ),
        difference_heads=("单据", "发函方金额", "回函方金额", "说明"),
    ),
    "en": ConfirmationWording(
        paper=NOTICE_WORDINGS["en"].paper,
        slip=NOTICE_WORDINGS["en"].slip,
        title="Balance Confirmation",
        subtitles={
            "positive": "往来款项询证函 · positive",
            "blank": "往来款项询证函 · blank",
            "negative": "往来款项询证函 · negative",
        },
        to="To",
        number="Letter no.",
        as_of="As of",
        currency="Currency",
        reply_by="Please reply by",
        opening={
            "positive": (
                "To reconcile our accounts we list below the balance between us in our books as "
                "of {as_of}. Please compare it with yours, answer in the lower part, seal it and "
                "return it by post or as a photograph before {reply_by}."
            ),
            "blank": (
                "To reconcile our accounts please fill in, in the lower part, the balance between "
                "us in your books as of {as_of}, seal it and return it by post or as a photograph "
                "before {reply_by}."
            ),
            "negative": (
                "To reconcile our accounts we list below the balance between us in our books as "
                "of {as_of}. If it differs from yours, please say so in the lower part, seal it "
                "and return it by post or as a photograph before {reply_by}."
            ),
        },
        not_a_demand=(
            "This letter serves to check accounts alone; it is no demand for payment. Please "
            "compare as of that day even if amounts were settled since."
        ),
        heads=("Currency", "Receivable, billed", "Receivable, unbilled", "Advances", "Balance"),
        signs="A positive balance is owed to us, a negative one by us.",
        made_by="Made by",
        issued_on="Date",
        seal="(finance seal)",
        answer="Reply",
        cut="To be filled in by you; may be cut off here",
        agreed=("Correct", "□ As of that day the balance agrees with our books."),
        differs={
            "positive": ("Differs", "□ Our balance is as follows, and the table says by what."),
            "blank": ("Balance in our books", ""),
            "negative": ("Differs", "□ Our balance is as follows, and the table says by what."),
        },
        own=(
            "{currency}  billed ____________  not billed ____________  "
            "advances ____________  balance ____________"
        ),
        difference_heads=("Document", "Your amount", "Our amount", "Remark"),
    ),
}
