"""What can stand against submitting a voucher, each as one sentence."""

from erpdesk.domain.evidence import KIND_OF
from erpdesk.domain.voucher import Missing
from erpdesk.words.sentence import Language
from erpdesk.words.sentence import Sentence as S

LACKS = {
    "customer": S("没有选客户", "no customer is chosen"),
    "customer_fields": S("客户资料不全，缺：{about}", "the customer record lacks: {about}"),
    "answers": S("三个问题还没答全", "the three questions are not answered"),
    "not_passed": S("货物或服务还没交付，不能入账", "nothing was handed over yet: no entry"),
    "due": S("没有到期日", "there is no due date"),
    "goods": S("没有金额", "there is no amount"),
    "uneven": S(
        "第 {about} 行净额加税额不等于价税合计", "net and tax of line {about} do not add up"
    ),
    "tax_rate": S(
        "没有税率：客户没有，这里也没选", "no tax rate: neither the customer's nor chosen here"
    ),
    "exchange_rate": S(
        "没有 {about} 的汇率：当天和之前 31 天都没登记，请在设置 › 汇率登记",
        "there is no exchange rate of {about} of the day or the 31 days before it:"
        " enter one under settings, exchange rates",
    ),
    "evidence": S("缺证据，要有其一：{about}", "evidence lacks, one of: {about}"),
    "evidence_not_stored": S(
        "证据文件没有存进账套：{about}", "an evidence file is not stored: {about}"
    ),
    "delivery_unknown": S("没有这张出库单：{about}", "there is no such delivery: {about}"),
    "delivery_foreign": S(
        "出库单属于别的客户或币种：{about}", "a delivery of another customer or currency: {about}"
    ),
    "delivery_used": S(
        "出库单可用金额不够：{about}（单号、还可用）",
        "too little of the delivery is free: {about} (number, still free)",
    ),
}

FIELDS = {
    "name": S("名称", "name"),
    "tax_id": S("纳税人识别号", "tax number"),
    "id_number": S("证件号", "identity number"),
    "address": S("地址", "address"),
    "phone": S("电话", "telephone"),
    "email": S("邮箱", "e-mail"),
    "bank_name": S("开户行", "bank"),
    "bank_account": S("银行账号", "bank account"),
    "person": S("联系人", "contact person"),
}
"""Fields of a customer as a person calls them."""


def lack_said(lack: Missing, language: Language = "zh") -> str:
    """Return one thing that lacks as a sentence, with names instead of codes."""
    about = ("、" if language == "zh" else ", ").join(_named(name, language) for name in lack.about)
    return LACKS[lack.what.value].said(language, {"about": about})


def _named(name: str, language: Language) -> str:
    if name in KIND_OF:
        kind = KIND_OF[name]
        return kind.name_zh if language == "zh" else f"{kind.name_en} ({name})"
    parts = [FIELDS[part].said(language, {}) for part in name.split("/") if part in FIELDS]
    return (" 或 " if language == "zh" else " or ").join(parts) or name
