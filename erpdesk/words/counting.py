"""Names of what a scan turned out to be and of where a line of a campaign stands."""

from erpdesk.words.sentence import Sentence as S

FINDINGS = {
    "counted": S("已盘", "counted"),
    "already_counted": S("已盘过", "already counted"),
    "not_in_campaign": S("不在本次盘点", "not in this campaign"),
    "unknown": S("没有这个码", "unknown code"),
    "unreadable": S("读不出", "unreadable"),
    "refused": S("没有存", "not stored"),
}

LINE_STATES = {
    "draft": S("草稿", "draft"),
    "ready": S("已就绪", "ready"),
    "counting": S("盘点中", "counting"),
    "recount": S("复盘中", "recounting"),
    "review": S("差异核对", "review of differences"),
    "submitted": S("待审批", "submitted"),
    "in_review": S("待第二人审批", "awaiting the second approval"),
    "approved": S("已批准", "approved"),
    "adjusting": S("处理中", "adjusting"),
    "closed": S("已完成", "closed"),
    "cancelled": S("已作废", "cancelled"),
    "expired": S("已过期", "expired"),
    "pending": S("待盘", "not yet counted"),
    "leased": S("占用中", "in hand"),
    "counted": S("已盘", "counted"),
    "conflict": S("冲突", "conflict"),
    "recount_required": S("待复盘", "to be recounted"),
    "recounted": S("已复盘", "recounted"),
    "deferred": S("延后", "deferred"),
    "not_found": S("未找到", "not found"),
    "excluded": S("排除", "excluded"),
    "unexpected": S("账外", "unexpected"),
    "verified": S("无差异", "no difference"),
    "variance": S("有差异", "difference"),
    "resolved": S("已处理", "resolved"),
}

RULINGS = {
    "choose": S("采用", "chosen"),
    "recount": S("再盘一次", "recount"),
    "defer": S("延后", "deferred"),
    "not_found": S("未找到", "not found"),
    "carry": S("顺延", "carried over"),
    "reopen": S("重新盘点", "reopened"),
    "alias": S("关联条码", "code linked"),
    "new_customer": S("新客户", "new customer"),
    "other_campaign": S("其他计划", "other campaign"),
    "junk": S("误扫", "misread"),
}

PLAN_KINDS = {"blind": S("盲盘", "blind"), "open": S("明盘", "open")}
