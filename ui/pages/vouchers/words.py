"""What the list of vouchers says."""

from erpdesk.words import Sentence

S = Sentence
TITLE = S("临时凭证", "Temporary vouchers")
NEW, EDIT = S("新凭证", "New voucher"), S("修改", "Edit")
SUBMIT, WITHDRAW = S("提交审批", "Submit"), S("撤回", "Withdraw")
VOID, REVERSE = S("作废…", "Void…"), S("冲销…", "Reverse…")
VOID_TITLE, REVERSE_TITLE = (
    S("作废 {number}", "Void {number}"),
    S("冲销 {number}", "Reverse {number}"),
)
VOID_VERB, REVERSE_VERB = S("作废", "Void"), S("提交冲销，等人审批", "Submit the reversal")
COMMIT = S("提交冲销或作废", "Submit the reversal or the voiding")
CHOOSE = S("先选一张凭证", "Choose a voucher first")
NOT_DRAFT = S("不是草稿，也没有被驳回", "It is neither a draft nor rejected")
NOT_SENT = S("没有在审核，撤不回", "It is not under review")
NOT_POSTED = S("还没过账，用不着冲销", "It is not posted: there is nothing to reverse")
REVERSED_BY = S("已由 {number} 冲销", "{number} reversed it already")
NO_ROLE = S("会计才能做", "Only accountants may do this")
