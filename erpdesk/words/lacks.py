"""What can stand against submitting a voucher, each as one sentence."""

from erpdesk.words.sentence import Sentence as S

LACKS = {
    "customer": S("没有选客户", "no customer is chosen"),
    "customer_fields": S("客户资料不全：{about}", "the customer record lacks: {about}"),
    "answers": S("三个问题还没答全", "the three questions are not answered"),
    "not_passed": S("货物或服务还没交付，不能入账", "nothing was handed over yet: no entry"),
    "due": S("没有到期日", "there is no due date"),
    "goods": S("没有金额", "there is no amount"),
    "uneven": S(
        "第 {about} 行净额加税额不等于价税合计", "net and tax of line {about} do not add up"
    ),
    "exchange_rate": S("没有 {about} 的汇率", "there is no exchange rate of {about}"),
    "evidence": S("缺证据，要有其一：{about}", "evidence lacks, one of: {about}"),
    "evidence_not_stored": S(
        "证据文件没有存进账套：{about}", "an evidence file is not stored: {about}"
    ),
    "delivery_unknown": S("没有这张出库单：{about}", "there is no such delivery: {about}"),
    "delivery_foreign": S(
        "出库单属于别的客户或币种：{about}", "a delivery of another customer or currency: {about}"
    ),
    "delivery_used": S(
        "出库单可用金额不够：{about}", "too little of the delivery is free: {about}"
    ),
}
