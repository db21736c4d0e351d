"""Why lines differ, what is done about it, and where a line stands in the review."""

from erpdesk.words.sentence import Sentence as S

CAUSES = {
    "unbilled": S("暂估未入账", "not in their books"),
    "not_booked": S("账外应收", "not in our books"),
    "in_transit": S("在途收款", "in transit"),
    "timing": S("时间差", "timing"),
    "small": S("尾差", "small rest"),
    "bank_charge": S("银行手续费", "bank charge"),
    "discount": S("现金折扣", "cash discount"),
    "returned": S("退货未冲", "goods returned"),
    "our_error": S("我方记错", "our mistake"),
    "their_error": S("对方记错", "their mistake"),
    "denied": S("对方否认", "denied"),
    "price": S("价格争议", "price disputed"),
    "unanswered": S("未取得答复", "no answer"),
    "master_data": S("资料不符", "master data differ"),
    "duplicate": S("重复客户", "duplicate customer"),
    "not_verified": S("资料未核对", "not verified"),
    "several": S("多个原因", "several"),
}

TREATMENTS = {
    "carry": S("不调账", "no adjustment"),
    "confirm": S("确认暂估（不调账）", "confirm unbilled"),
    "theirs": S("请对方更正", "they correct it"),
    "voucher": S("补临时凭证", "write a voucher"),
    "receipt": S("补收款单", "record the receipt"),
    "allocate": S("核销收款", "match the payment"),
    "reverse": S("红字冲销", "reverse in red"),
    "discount": S("折扣审批", "book the discount"),
    "small": S("尾差处理", "write off the rest"),
    "charge": S("手续费入账", "book the charge"),
    "master": S("改客户资料", "change the master data"),
    "dispute": S("立争议", "dispute"),
    "later": S("延后再问", "ask again later"),
    "several": S("分别处理", "separately"),
}

STANDINGS = {
    "open": S("待查", "open"),
    "clear": S("可结", "clear"),
    "disputed": S("争议", "disputed"),
    "later": S("延后", "later"),
    "recount": S("待复盘", "recount"),
    "agreed": S("无差异", "agreed"),
    "not_found": S("未找到", "not found"),
    "deferred": S("延后", "deferred"),
    "excluded": S("排除", "excluded"),
    "unexpected": S("账外", "unexpected"),
    "conflict": S("冲突", "conflict"),
    "uncounted": S("未盘", "not counted"),
}
