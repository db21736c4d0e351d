"""Names of kinds, states, verbs and roles, one term a thing in both languages (domain.md 1.1)."""

from erpdesk.words.sentence import Sentence as S

KINDS = {
    "voucher": S("临时凭证", "temporary voucher"),
    "receipt": S("收款单", "receipt"),
    "allocation": S("核销", "allocation"),
    "reversal": S("冲销", "reversal"),
    "revaluation": S("期末调汇", "revaluation"),
    "invoice": S("发票", "invoice"),
    "reverse_on_invoice": S("单到回冲", "reversal on invoice"),
    "customer": S("客户", "customer"),
    "authority": S("权限", "authority"),
    "import": S("导入", "import"),
    "campaign": S("盘点计划", "campaign"),
    "notice": S("结算通知书", "settlement notice"),
    "statement": S("客户对账单", "statement of account"),
    "reply": S("回函", "reply"),
    "promise": S("付款承诺", "promise to pay"),
    "dispute": S("争议", "dispute"),
    "exchange_rate": S("汇率", "exchange rate"),
}

STATES = {
    "draft": S("草稿", "draft"),
    "submitted": S("审核中", "under review"),
    "in_review": S("审核中", "under review"),
    "approved": S("已审核", "approved"),
    "posted": S("已过账", "posted"),
    "rejected": S("已驳回", "rejected"),
    "voided": S("已作废", "voided"),
    "counting": S("盘点中", "counting"),
    "recount": S("复盘中", "recounting"),
    "review": S("差异核对", "review of differences"),
    "adjusting": S("处理中", "adjusting"),
    "closed": S("已完成", "closed"),
    "cancelled": S("已作废", "cancelled"),
    "expired": S("已过期", "expired"),
    "ready": S("已就绪", "ready"),
    "promised": S("已承诺", "promised"),
    "raised": S("争议中", "disputed"),
    "recorded": S("已登记", "recorded"),
    "registered": S("已登记", "registered"),
    "resolved": S("已处理", "decided"),
}

UNBOOKED = frozenset({"customer", "authority"})
"""Kinds of which nothing stands in the ledger once they are posted: they hold."""


def state_word(kind: str, state: str) -> S:
    """Return how a document of a kind stands."""
    if state == "posted" and kind in UNBOOKED:
        return S("已生效", "in force")
    return STATES[state]


VERBS = {
    "draft": S("起草", "draft"),
    "edit": S("修改", "edit"),
    "submit": S("提交审批", "submit"),
    "withdraw": S("撤回", "withdraw"),
    "void": S("作废", "void"),
    "endorse": S("初审", "endorse"),
    "approve": S("审核", "approve"),
    "reject": S("驳回", "reject"),
    "return": S("退回补充", "return"),
    "post": S("过账", "post"),
    "allocate": S("核销", "allocate"),
    "note": S("更新联系方式", "note"),
    "load": S("导入", "load"),
    "ready": S("就绪", "ready"),
    "recount": S("转复盘", "recount"),
    "review": S("转差异核对", "review"),
    "reopen": S("重新盘点", "reopen"),
    "adjust": S("处理差异", "adjust"),
    "close": S("完成", "close"),
    "cancel": S("作废", "cancel"),
    "expire": S("过期", "expire"),
    "resume": S("恢复", "resume"),
    "record": S("登记", "record"),
    "register": S("登记", "register"),
    "promise": S("承诺付款", "promise"),
    "raise": S("提出争议", "raise"),
    "resolve": S("处理", "decide"),
}

ROLES = {
    "counter": S("盘点员", "counter"),
    "accountant": S("会计", "accountant"),
    "cashier": S("出纳", "cashier"),
    "supervisor": S("财务主管", "supervisor"),
    "director": S("负责人", "director"),
    "collector": S("催收", "collector"),
    "auditor": S("审计", "auditor"),
    "admin": S("管理员", "admin"),
}
