"""What the report of a campaign says, in both languages."""

from dataclasses import dataclass
from typing import Final

from erpdesk.papers.wording import WORDINGS as NOTICE_WORDINGS
from erpdesk.papers.wording import Language, PaperWording


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportWording:
    """The words of a report: its labels by name, and title and heads of each kind of table."""

    paper: PaperWording
    title: str
    subtitle: str
    draft: str
    facts: dict[str, str]
    tables: dict[str, tuple[str, ...]]
    total: str
    signatures: str
    signers: dict[str, str]
    sign: str


REPORT_WORDINGS: Final[dict[Language, ReportWording]] = {
    "zh": ReportWording(
        paper=NOTICE_WORDINGS["zh"].paper,
        title="盘点报告",
        subtitle="CUSTOMER STOCKTAKE REPORT",
        draft="草稿，盘点还没结束",
        facts={
            "cut_off": "截止日",
            "kind": "方式",
            "state": "状态",
            "approved_at": "批准",
            "scans": "扫码",
            "customers": "冻结户数",
            "counted": "已盘",
            "coverage": "覆盖率",
            "accuracy": "准确率",
            "agreed": "无差异",
            "differ": "有差异",
            "not_found": "未找到",
            "deferred": "延后",
            "excluded": "排除",
            "open": "未盘",
            "strays": "账外扫码",
            "frozen_at": "冻结名单",
        },
        tables={
            "sums": ("金额（绝对值相加，不抵消）", "币种", "账面合计", "差异绝对值", "未解释"),
            "causes": ("差异按原因和处理", "原因", "处理", "户数", "币种", "差异绝对值"),
            "people": ("谁盘的", "盘点员", "分到（户）", "已盘（户）", "扫码（次）"),
            "differences": (
                "有差异的客户", "序", "客户", "账面", "自述", "差异", "未解释", "原因：处理",
            ),
            "not_reached": ("没有盘到的客户", "序", "客户", "结论", "决定人", "原因"),
            "rulings": ("冲突和复盘的决定", "序", "客户", "决定", "决定人", "原因"),
            "strays": ("账外扫码", "扫到的码", "时间", "盘点员", "决定", "原因"),
        },
        total="合计（绝对值）",
        signatures="签字",
        signers={
            "counted": "盘点", "recounted": "复盘", "handed_in": "制单", "endorsed": "初审",
            "approved": "审核", "closed": "完成",
        },
        sign="签字",
    ),
    "en": ReportWording(
        paper=NOTICE_WORDINGS["en"].paper,
        title="Stocktake Report",
        subtitle="客户盘点报告",
        draft="DRAFT – the campaign is not finished",
        facts={
            "cut_off": "Cut-off day",
            "kind": "Method",
            "state": "State",
            "approved_at": "Approved",
            "scans": "Scans",
            "customers": "Customers frozen",
            "counted": "Counted",
            "coverage": "Coverage",
            "accuracy": "Accuracy",
            "agreed": "Agreed",
            "differ": "Differ",
            "not_found": "Not found",
            "deferred": "Deferred",
            "excluded": "Left out",
            "open": "Not counted",
            "strays": "Unexpected scans",
            "frozen_at": "List frozen",
        },
        tables={
            "sums": (
                "Amounts (absolute, never net)", "Currency", "Our books", "Differences",
                "Unexplained",
            ),
            "causes": (
                "Differences by reason and treatment", "Reason", "Treatment", "Customers",
                "Currency", "Differences",
            ),
            "people": ("Who counted", "Counter", "Given", "Counted", "Scans"),
            "differences": (
                "Customers that differ", "No.", "Customer", "Our books", "Stated", "Difference",
                "Unexplained", "Reason: treatment",
            ),
            "not_reached": (
                "Customers not reached", "No.", "Customer", "Outcome", "Decided by", "Reason",
            ),
            "rulings": (
                "Decisions on conflicts and recounts", "No.", "Customer", "Decision",
                "Decided by", "Reason",
            ),
            "strays": (
                "Unexpected scans", "Code", "Time", "Counter", "Decision", "Reason",
            ),
        },
        total="Total, absolute",
        signatures="Signatures",
        signers={
            "counted": "Counted", "recounted": "Recounted", "handed_in": "Made by",
            "endorsed": "Endorsed", "approved": "Approved", "closed": "Closed",
        },
        sign="Signed",
    ),
}  # fmt: skip
