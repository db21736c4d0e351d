"""Help for the pages on which claims are made, paid, decided and told."""

from typing import Final

from erpdesk.words.help_texts import EVIDENCE, POSTED, UNBILLED, HelpText, help_text

REVERSAL: Final = (
    "冲销",
    "reversal",
    "用一张新单抵掉旧单，旧的留着。",
    "A new document undoes an old one, which stays.",
)
ALLOCATION: Final = (
    "核销",
    "match",
    "收款对上未清项，余额跟着减少。",
    "A receipt is set against an open item, which goes down by it.",
)
RISK: Final = (
    "风险金额",
    "amount at risk",
    "批下去会动用的金额，和你的限额比。",
    "What approving it moves; it is compared with your limit.",
)

SETTLING: Final[dict[str, HelpText]] = {
    "vouchers": help_text(
        ("没有发票也要有据：货交了、该收了，先记临时凭证，附上证据，别人批准后过账。",
         "No invoice yet, but grounds: delivered and due, so a temporary voucher with evidence is written, approved by somebody else, and posted."),
        ("新建时没选客户，先列出所有没写凭证的出库单，最早的在前：勾一张，就选中它的客户。",
         "A new one lists every delivery in no voucher, the oldest first: tick one and its customer is chosen."),
        ("记了临时凭证，申报和开票的义务还在。",
         "A temporary voucher removes neither the duty to report nor the duty to invoice."),
        words=(
            ("临时凭证", "temporary voucher", "没有发票时确认应收的单据。",
             "The document that recognises a claim without an invoice."),
            UNBILLED, EVIDENCE, POSTED, REVERSAL,
        ),
    ),
    "receipts": help_text(
        ("每笔收款找到它该抵的单。只有唯一的建议才先选好，其余你来定。",
         "Every receipt finds what it pays. Only a suggestion without a rival is chosen for you."),
        ("付款人不详的收款列在最后：查明后填客户，认领整笔，交别人批。",
         "Money from nobody known stands last: say who paid, claim all of it, and somebody else decides."),
        words=(
            ALLOCATION,
            ("待查款项", "unidentified receipt", "到了账、还不知道谁付的钱。", "Money that came in, nobody knows from whom."),
            ("认领", "claim", "查明付款人，整笔记到客户名下。", "Saying who paid it: all of it becomes that customer's."),
            ("未清项", "open item", "还没收清的一笔。", "One claim that is not fully paid."),
            ("尾差", "small difference", "在容差以内的零头，进指定科目。",
             "Small change within the tolerance, posted to its own account."),
            ("反核销", "undo a match", "只撤这一条核销，留痕。", "Undoes exactly this match, and says so."),
        ),
    ),
    "settlements": help_text(
        ("和客户商定，一次清掉选定的几笔，有票没票都可以，差额写明原因。",
         "Agree with a customer to clear chosen items at once, billed or not; differences say why."),
        words=(
            ("结算单", "settlement", "商定清掉一组未清项的单据。", "The document that clears an agreed set of items."),
            ("折扣", "discount", "早付给的减让。", "Given for paying early."),
            ("折让", "allowance", "货有问题给的减让，税也跟着减。", "Given for faulty goods; tax goes down too."),
            ("坏账核销", "write-off", "确认收不回的部分。", "What will not be paid."),
        ),
    ),
    "inbox": help_text(
        ("别人做的单据在这里等你定。左边选，右边看分录和证据，看全了才能批。",
         "Other people's documents wait for you here. Choose left; right see entry and evidence, and decide when you have seen all of it."),
        ("自己经手的单据批不了，列在下面，写明原因；你做的、还没人批的可以撤回。",
         "What you worked on yourself you cannot approve; it is listed below with the reason. What you made and nobody decided you can withdraw."),
        ("退回给我的：你做的单据，退回、驳回或自己撤回的。Ctrl+Enter 再次提交，或写原因作废。",
         "Came back: what you made and got or took back. Ctrl+Enter hands it in again; or void it, with a reason."),
        words=(
            RISK, EVIDENCE, POSTED,
            ("退回", "send back", "请制单人补充，单据还在走。", "The maker completes it; it goes on."),
            ("驳回", "reject", "不同意，要写原因；制单人再交或作废。", "Not agreed, with a reason; the maker hands it in again or voids it."),
            ("作废", "void", "不要了，编号留着；银行流水那一行可以再导入。", "Given up; its number stays, and a line of a statement may be imported again."),
        ),
    ),
    "notices": help_text(
        ("告诉客户该付多少、怎么付，或把账目列给客户核对。出具一次，再打印都注明是副本。",
         "Tell a customer what to pay and how, or list the account for checking. Issued once; each further print says copy."),
        words=(
            ("通知书", "notice", "结算通知，带编号和回执。", "A settlement notice with number and reply slip."),
            ("对账单", "statement", "未清项列没结清的和账龄，发生额列期间的增减；和总账一致才出。", "Open items with their ageing, or what moved the balance; issued only if the ledger agrees."),
            ("询证函", "confirmation", "请客户确认余额，不是催款；没有回函不等于认可，登记回函才算数。", "Asks whether the balance is right, and is no demand; silence agrees to nothing, a registered reply does."),
            ("截止日", "as of", "算到这天为止的欠款。", "What was open on this day."),
            ("副本", "copy", "内容没变的再次打印，编号相同。", "Printed again unchanged, with the same number."),
            UNBILLED,
        ),
    ),
    "reports": help_text(
        ("账龄、未开票、待转税额、盘点准确度。数字都能点开看到单据。",
         "Ageing, what has no invoice, tax still pending, accuracy of counts. Every figure opens to its documents."),
        words=(
            ("账龄", "ageing", "从到期日起过了多久。", "How long it is past its due date."),
            ("纳税义务", "tax point", "税该算的那一刻，和开票不是一回事。",
             "When tax is due, which is not when the invoice is written."),
            UNBILLED,
        ),
    ),
}  # fmt: skip
