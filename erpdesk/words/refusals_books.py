"""Refusals about vouchers, invoices, matching, notices and the texts they post."""

from erpdesk.words.sentence import Sentence
from erpdesk.words.sentence import refusal as r

BOOKS: dict[str, Sentence] = {
    "DamagedTextError": r(
        "存着的单据内容和哈希对不上",
        "请运行账套校验，并找出最近一次好的备份",
        "The stored text is not what its hash says",
        "Run verify and find the last good backup",
    ),
    "UnbalancedError": r(
        "借贷不平", "请核对分录", "Debit and credit are not equal", "Check the lines"
    ),
    "TooLateDayError": r(
        "日期 {day} 还没到，最晚写 {last}",
        "请核对日期",
        "{day} has not come yet: {last} at the latest",
        "Check the day",
    ),
    "TooFewLinesError": r(
        "分录至少要两行", "请补齐", "An entry needs at least two lines", "Complete it"
    ),
    "EmptyLineError": r(
        "有一行分录没有金额",
        "请补上金额或删去这行",
        "A line has no amount",
        "Give one or leave the line out",
    ),
    "RateMissingError": r(
        "没有 {currency} 的汇率：当天和之前 31 天都没登记",
        "请先登记汇率（设置 › 汇率，或命令 rate），再做一次",
        "There is no exchange rate of {currency} of the day or the 31 days before it",
        "Enter one (settings, exchange rates; or the verb rate) and try again",
    ),
    "NoMonthEndError": r(
        "{day} 不是月末，或还没到",
        "请写已经到的月份的最后一天",
        "{day} is no last day of a month, or has not come",
        "Give the last day of a month that is over",
    ),
    "NoRevaluationError": r(
        "{day} 没有已过账、还没冲回的期末调汇",
        "请核对日期；还在审核的先审核",
        "No revaluation of {day} is posted that was not taken back already",
        "Check the day; what waits has to be approved first",
    ),
    "NotYoursToLockError": r(
        "结账要财务主管或负责人",
        "请他们来结账",
        "Supervisors and directors lock months",
        "Ask one of them",
    ),
    "NothingToLockError": r(
        "{month} 已结账、还没过完，或不在账套里",
        "请核对月份",
        "{month} is locked, not over, or not a month of these books",
        "Check the month",
    ),
    "PeriodWaitingError": r(
        "还有要过账到 {month} 或以前的单据在等审批：{numbers}",
        "请先批完、退回或撤回",
        "Documents that would be posted into {month} or before wait: {numbers}",
        "Have them decided or taken back first",
    ),
    "TakenBackEarlyError": r(
        "{day} 的期末调汇要留到月末过完",
        "请下月再冲回，记在 1 日",
        "The revaluation of {day} stands until its month is over",
        "Take it back next month; it is booked on the 1st",
    ),
    "NothingToRevalueError": r(
        "{day} 没有要调的外币应收，或已经调过",
        "请核对日期和汇率",
        "On {day} nothing foreign was open, its worth did not change, or it is revalued",
        "Check the day and the rates",
    ),
    "RateValueError": r(
        "{value} 不是汇率：要大于零，最多八位小数",
        "请核对，填一单位外币折多少本位币",
        "{value} is no exchange rate: it is above zero and has at most eight decimals",
        "Enter what one unit is worth in the currency of the books",
    ),
    "NoForeignCurrencyError": r(
        "{currency} 是本位币，没有汇率",
        "请选一种外币",
        "The books are kept in {currency}: it has no exchange rate",
        "Choose a foreign currency",
    ),
    "RateDiffersError": r(
        "外币金额没有按分录的汇率 {rate} 折算",
        "请重新填写",
        "The foreign amount is not booked at the rate of the entry, {rate}",
        "Write it again",
    ),
    "LeftInBaseError": r(
        "{item} 结清了，本位币还剩 {left}",
        "请重新填写",
        "{item} is settled, and {left} of it is left in the currency of the books",
        "Write it again",
    ),
    "OtherCustomerError": r(
        "有别的客户的款项混在里面",
        "一张单据只能是一个客户",
        "Something belongs to another customer",
        "One document is for one customer",
    ),
    "OverAllocatedError": r(
        "核销金额超过未清金额 {open}",
        "请减少金额",
        "More is allocated than is open ({open})",
        "Allocate less",
    ),
    "ItemsAndLedgerError": r(
        "未清项和总账的变动不一致",
        "请重新填写",
        "Open items and ledger do not move by the same amount",
        "Write it again",
    ),
    "NoSuchItemError": r(
        "没有这笔未清项：{item}",
        "用 items 看有哪些",
        "There is no open item {item}",
        "See them with items",
    ),
    "UnknownItemError": r(
        "核销的未清项不存在，或方向不对",
        "请重新选择",
        "An allocation names no open item, or one of the wrong side",
        "Choose again",
    ),
    "MisshapenError": r(
        "单据的 {section} {field} 写法不对",
        "请重新填写",
        "{section} {field} of the document is not written as it has to be",
        "Write it again",
    ),
    "NoEntryYetError": r(
        "货物或服务还没交付，还不能入账",
        "交付后再做凭证",
        "Nothing was handed over yet",
        "Write the voucher afterwards",
    ),
    "IncompleteVoucherError": r(
        "凭证还不完整", "请补齐后再提交", "The voucher lacks what an entry needs", "Complete it"
    ),
    "VoucherIncompleteError": r(
        "凭证还差 {count} 项，不能提交：{lacks}",
        "请补齐后再提交",
        "The voucher lacks {count} things: {lacks}",
        "Complete it, then submit",
    ),
    "RateUnknownError": r(
        "客户 {customer} 没有税率，也没有给出税率",
        "请用 --rate 给出，如 0.13",
        "The tax rate of customer {customer} is not known",
        "Give it with --rate, such as 0.13",
    ),
    "NoSuchSectionError": r(
        "单据里有这类单据不该有的内容",
        "请重新填写",
        "The document carries a part that its kind does not have",
        "Write it again",
    ),
    "NothingToPostError": r(
        "单据没有分录可过账",
        "请补齐后再提交",
        "The document has no entry to be posted",
        "Complete it",
    ),
    "TooManyLinesError": r(
        "一张凭证最多 300 行分录", "请拆成几张", "An entry has at most 300 lines", "Split it"
    ),
    "UnknownRuleError": r(
        "没有这个版本的凭证模板",
        "请更新程序",
        "There is no posting rule of this name and version",
        "Update the program",
    ),
    "RedWithoutOriginError": r(
        "红字分录没有写明冲销哪一笔",
        "请从原单冲销",
        "A red line names no origin",
        "Reverse from the original",
    ),
    "GoodsDifferError": r(
        "明细合计和凭证金额不一致",
        "请核对明细",
        "The goods do not add up to what is booked",
        "Check them",
    ),
    "AnswersDifferError": r(
        "分录和三个问题的答案不一致",
        "请核对答案",
        "The voucher is not booked as its answers say",
        "Check the answers",
    ),
    "CustomerMissingError": r(
        "往来科目的分录没有写客户",
        "请补上客户",
        "A line on a customer's account does not say whose it is",
        "Name the customer",
    ),
    "NothingToAllocateError": r(
        "没有可核销的", "请选要核销的款项", "There is nothing to allocate", "Choose items"
    ),
    "WrongSideError": r(
        "只能用收款冲应收",
        "请重新选择",
        "Only a credit can pay, and only a charge can be paid",
        "Choose again",
    ),
    "DifferenceReasonError": r(
        "尾差要写原因", "请写明原因", "A difference that is given up needs a reason", "Say why"
    ),
    "DifferenceAccountError": r(
        "尾差不能记在这个科目",
        "请换科目",
        "A small difference cannot be booked on this account",
        "Choose another",
    ),
    "DifferenceTooLargeError": r(
        "还差 {amount}，超过尾差容差 {most}",
        "请留着未清，或另做折让",
        "{amount} is left, more than the {most} of a small difference",
        "Leave it open, or grant an allowance",
    ),
    "NotAnOpeningError": r(
        "期初未清项的金额要大于零",
        "请核对",
        "An opening item needs an amount above zero",
        "Check it",
    ),
    "NoSuchDeliveryError": r(
        "没有这张出库单：{number}",
        "用 deliveries 看有哪些",
        "There is no delivery {number}",
        "See them with deliveries",
    ),
    "NoSuchEvidenceError": r(
        "账套里没有这个证据文件", "请重新附上", "There is no such evidence file", "Attach it again"
    ),
    "EvidenceTooLargeError": r(
        "文件 {name} 超过 {most} MB",
        "请压缩或拆开",
        "{name} is larger than {most} MB",
        "Make it smaller or split it",
    ),
    "EvidenceEmptyError": r(
        "文件 {name} 是空的，证明不了什么",
        "请换文件",
        "{name} is empty and proves nothing",
        "Choose another file",
    ),
    "NoSuchCustomerError": r(
        "没有这个客户：{reference}",
        "请核对编码或名称",
        "There is no customer {reference}",
        "Check code or name",
    ),
    "SeveralCustomersError": r(
        "「{reference}」有多个客户：{codes}",
        "请用编码",
        "Several customers are called {reference}: {codes}",
        "Give the code",
    ),
    "NameMissingError": r("客户没有名称", "请补上", "A customer needs a name", "Give one"),
    "BadCodeError": r(
        "这个编码不能用", "请换一个", "This cannot be a customer's code", "Choose another"
    ),
    "ReservedCodeError": r(
        "这种写法留给系统自己的编码",
        "请换一个",
        "Codes of this form are printed by the program itself",
        "Choose another",
    ),
    "CodeTwiceError": r(
        "同一个编码写了两次", "请去掉一个", "The same code stands twice", "Leave one out"
    ),
    "BadTermsError": r(
        "账期、额度或税率超出范围",
        "请核对",
        "Payment days, credit limit or tax rate are out of range",
        "Check them",
    ),
    "InvoiceNumberError": r(
        "「{number}」不像发票号：要 6 到 30 位数字和字母",
        "请照发票抄",
        '"{number}" is no invoice number: 6 to 30 digits and letters',
        "Copy it from the invoice",
    ),
    "InvoiceAmountError": r(
        "发票的净额要大于 0，税额不能小于 0",
        "请照发票填净额和税额",
        "The net amount of an invoice is above zero, its tax not below",
        "Copy both from the invoice",
    ),
    "InvoiceTwiceError": r(
        "发票 {number} 已经登记过：{document}",
        "请核对发票号",
        "Invoice {number} is registered already: {document}",
        "Check its number",
    ),
    "NothingToBillError": r(
        "没有说这张发票开的是哪张临时凭证",
        "请选至少一张还没开票的临时凭证",
        "No voucher is named that this invoice is for",
        "Choose at least one that is not invoiced",
    ),
    "NotBillableError": r(
        "{number} 没有可开票的余额：还没过账、已冲销，或已全部开票",
        "请选别的临时凭证",
        "Nothing of {number} can be invoiced: not posted, reversed, or invoiced whole",
        "Choose another voucher",
    ),
    "OtherVoucherError": r(
        "{number} 是别的客户或别的币种的，不能开在这张发票上",
        "一张发票只对一个客户，用本位币",
        "{number} is of another customer or currency and cannot stand on this invoice",
        "An invoice is for one customer, in the base currency",
    ),
    "OverBilledError": r(
        "{number} 可开票的只剩 {left}",
        "请把开票金额改小，多出的记为差额并写明原因",
        "Of {number} only {left} can still be invoiced",
        "Lower the amount; what is above is a difference with a reason",
    ),
    "PaidMoreError": r(
        "这些凭证上已收的钱比发票的价税合计 {gross} 多",
        "请先撤回多出的核销，再登记发票",
        "More was paid on these vouchers than the invoice comes to, {gross}",
        "Take the match that is above back first",
    ),
    "DifferenceUnexplainedError": r(
        "发票和暂估差 {difference}，没有写原因",
        "请写明原因",
        "The invoice differs from the estimate by {difference}, and no reason is given",
        "Give a reason",
    ),
    "BundleChangedError": r(
        "和这张发票一起过账的单据变了，或不全",
        "请作废后重新登记发票",
        "What is posted with this invoice changed, or is not whole",
        "Void it and register the invoice anew",
    ),
    "PartOfBundleError": r(
        "这是和发票一起决定的一部分，不能单独处理",
        "请到那张发票上处理",
        "This belongs to an invoice and is decided with it",
        "Go to the invoice",
    ),
}
