"""The headings under which offices and their programs export each thing: data, not rules.

A block a field: its own name, Chinese and English word, then ranks of headings, the best first;
headings are written as a person would and compared by ``normal``.
"""

import re
from typing import Final

from erpdesk.domain.importing.columns import Field, Kind, normal

_CUSTOMER: Final = """
code: 客户编码 / customer code
  1 customer id, customer no, customer number, cust code, cust no, 客户代码, 客户编号,
    客户号, 客户id, 客户编码, 往来单位编码, 往来单位编号, 购货单位编码, 购货单位代码,
    customer code, account no, account number, account code, debtor no, debtor number,
    kundennr, kundennummer, partner code, 单位编码, 单位编号, 会员编号, 会员号, 客商编码,
    客商编号, 客商代码, 商户编号, 商户编码, client code, client id, client no, party code,
    party id, kunnr, ccuscode, f number, fnumber, debitor, 客户统一编号
  2 编码, 编号, 代码, code, reference, ref, internal reference, no
  3 id, external id, number
name: 客户名称 / customer name
  1 company name, 客户全称, 单位名称, 公司名称, 往来单位名称, 往来单位, 购货单位名称,
    购货单位, 企业名称, customer full name, 客户名, 账户名称, 账户名, account name,
    debtor name, partner name, legal name, 抬头, 开票名称, 往来单位全名, 往来单位全称,
    客商名称, 商户名称, 会员名称, client name, client, party name, party, name1, ccusname,
    f name, fname, firma, firmenname, company legal name
  2 名称, 客户, name, customer, 全称, company, display name, 公司, 单位, complete name
  3 客户简称, 简称, short name
tax_id: 纳税人识别号 / tax ID
  1 税号, 统一社会信用代码, 社会信用代码, 信用代码, 纳税人登记号, 纳税登记号, 税务登记号,
    客户税号, 购方税号, vat, vat no, vat number, vat id, tin, tax number, tax no, ustidnr,
    gstin, uscc
contact_person: 联系人 / contact person
  1 contact name, contact, 主要联系人, 首要联系人, 联系人姓名, 客户联系人, ansprechpartner,
    customer primary contact
phone: 电话 / phone
  1 联系电话, 电话号码, telephone, tel, phone number, business phone,
    office phone, work phone, main phone, contact phone, 电话1, 固定电话,
    办公电话, 公司电话, 客户电话, telefon, phone no
  2 手机, 手机号, 手机号码, 移动电话, 联系手机, mobile, mobile phone, mobile no, cell,
    联系方式
email: 电子邮箱 / email
  1 邮箱, 电子邮件, email address, e-mail, mail, email地址, email id, 邮箱地址
address: 地址 / address
  1 联系地址, 客户地址, 公司地址, 单位地址, 注册地址, 通讯地址, 详细地址, 办公地址, street,
    address line 1, address1, address 1, address line1, street2, street 2, address line 2,
    address2, address 2, address line2, city, region, state, postal code, zip, zip code,
    post code, postcode, country, 省, 省份, 市, 城市, 区, 区县, 邮编, 邮政编码, 国家,
    国家地区, province, district, county, pincode, straße, plz, ort, land
  2 收货地址, 送货地址, shipping address
bank_name: 开户银行 / bank name
  1 开户行, 银行名称, 开户行名称, 银行, bank, 开户银行名称, 客户开户行
bank_account: 银行账号 / bank account
  1 银行帐号, 开户账号, 开户帐号, 银行账户, 账号, 帐号, bank account no, bank account number,
    iban, 客户银行账号
terms_days: 账期天数 / payment terms days
  1 账期, 信用天数, 信用期, 信用期限, 收款期限, 付款期限, 付款天数, 结算天数, 账期天,
    payment terms, credit days, payment days, terms, 收款条件, 付款条件, net days,
    customer payment terms
credit_limit: 信用额度 / credit limit
  1 信用限额, 授信额度, 信用额, credit amount, 信用额度元
barcodes: 条码 / barcodes
  1 barcode, 条形码, 客户条码, 其他条码, 别名编码, codes, alias, aliases, alias codes,
    旧编码, 原编码, 其他编码, 二维码, bar code, bar codes, ean
tax_rate: 税率 / tax rate
  1 默认税率, 适用税率, 税率%, vat rate, 增值税税率, 销项税率
currency: 币种 / currency
  1 币别, 结算币种, 结算币别, 默认币种, billing currency, 货币, 默认币别, currency code
language: 语言 / language
  1 lang, 语种, print language, 沟通语言
"""

_HEADER: Final = """
number: 单号 / number
  1 delivery number, delivery no, delivery note, delivery note no, 出库单号, 出库单编号,
    送货单号, 发货单号, 销货单号, 销售出库单号, 出货单号, 送货单编号, 发货单编号, 销售单号,
    delivery, transfer, picking
  2 单据编号, 单据号, 单据号码, document no, document number, doc no, voucher no, 出库单,
    单号编号, 编号
  3 order id, order no, order number, 订单号, 订单编号, 销售订单号, 销售订单, sales order,
    order reference, order, so number, 源单编号
  4 reference, name, id, no, source document
customer: 客户编码 / customer code
  1 customer id, customer no, customer number, cust code, cust no, 客户代码, 客户编号,
    客户号, 客户id, 客户编码, 往来单位编码, 往来单位编号, 购货单位编码, 购货单位代码,
    customer code, account no, account number, account code, debtor no, debtor number,
    kundennr, kundennummer, partner code, 单位编码, 单位编号, 会员编号, 会员号, 客商编码,
    客商编号, 客商代码, 商户编号, 商户编码, client code, client id, client no, party code,
    party id, kunnr, ccuscode, f number, fnumber, debitor, 客户统一编号
  2 客户, customer, partner, 客户/供应商, buyer, sold to
customer_name: 客户名称 / customer name
  1 company name, 客户全称, 单位名称, 公司名称, 往来单位名称, 往来单位, 购货单位名称,
    购货单位, 企业名称, customer full name, 客户名, 账户名称, 账户名, account name,
    debtor name, partner name, legal name, 抬头, 开票名称, 往来单位全名, 往来单位全称,
    客商名称, 商户名称, 会员名称, client name, client, party name, party, name1, ccusname,
    f name, fname, firma, firmenname, company legal name
  2 收货单位, 客户简称, 购买方, 购方名称, 买方
day: 出库日期 / delivery date
  1 shipped date, 发货日期, 送货日期, 出货日期, 实际出库日期, 实际发货日期, 交货日期,
    ship date, date shipped, delivered date, date of transfer, actual delivery date,
    effective date, date done, done date, 销售日期, 发出日期, 签收日期
  2 单据日期, 日期, 业务日期, 制单日期, 开单日期, posting date, document date, date,
    doc date, bill date, 记账日期, 过账日期, 审核日期
  3 order date, 订单日期, 下单日期, creation date, date order, scheduled date
currency: 币种 / currency
  1 币别, 结算币别, 结算币种, 原币, 货币, currency code, 币种名称
freight: 运费 / freight
  1 运输费, 物流费, 运费金额, shipping, shipping cost, freight amount, freight charge,
    carriage, 运杂费
total: 单据总额 / grand total
  1 total, 总金额, 整单金额, 单据金额, 订单总额, 订单金额, 合计金额, amount total,
    total with tax, 整单价税合计, 总额, 应收总额, rounded total, base grand total
tax_included: 是否含税 / tax included
  1 含税, 单价含税, price includes tax, tax inclusive, 价格含税
text: 备注 / text
  1 摘要, 说明, 备注说明, note, notes, remark, remarks, memo, 单据备注, 用途, comment,
    comments
state: 单据状态 / document status
  1 状态, status, state, docstatus, 订单状态, 出库状态
invoice: 发票号码 / invoice number
  1 发票号, 发票编号, invoice no, invoice, invoices, 已开发票号, 销售发票号
invoice_state: 开票状态 / invoice status
  1 是否开票, 是否已开票, 已开票, 发票状态, billing status, invoiced, 开票情况, invoice state
"""

_LINE: Final = """
goods: 商品 / goods
  1 商品名称, 物料名称, 存货名称, 产品名称, 品名, 货品名称, 货物名称, product name,
    item name, item, product, description, item description, 存货, 物料, 货品, 名称, 产品
  2 product id, item code, 商品编码, 物料编码, 存货编码, 产品编码, 货号, sku, 物料代码,
    产品代码, product code
quantity: 数量 / quantity
  1 实发数量, 出库数量, 发货数量, 送货数量, 销售数量, 实出数量, delivered quantity,
    qty delivered, 数量主, delivered qty, delivered
  2 qty, 应发数量, 数量基本单位, product uom qty, ordered quantity, 件数, menge, done
unit: 单位 / unit
  1 计量单位, 销售单位, uom, unit of measure, 基本单位, 主计量单位, stock uom
price: 单价 / price
  1 unit price, 含税单价, 销售单价, 实际含税单价, 实际单价, 不含税单价, 本币单价, 原币单价,
    原币含税单价, 成交价, 售价, rate, price unit, price each, 单价元, net price, list price
discount: 折扣率 / discount
  1 折扣, 折扣率%, 折扣%, disc, discount percentage, discount percent, discount rate,
    line discount, 折扣比例, 单品折扣率
gross: 价税合计 / amount with tax
  1 含税金额, 价税合计本位币, 价税合计原币, 本币价税合计, 原币价税合计, gross amount, gross,
    金额含税, 含税总额, amount incl tax, amount including tax, 销售价税合计
amount: 金额 / amount
  1 未开票金额, 未开票价税合计, uninvoiced amount, 未结算金额, 应开票金额, unbilled amount,
    amount to invoice
  2 销售金额, 出库金额, 发货金额, 送货金额, line total, line amount, subtotal, total amount,
    本币金额, 原币金额, 销售收入, 无税金额, 不含税金额, 本币无税金额, 原币无税金额, 小计,
    应收金额, net amount, extended price, price subtotal, 货款
"""

_OPENING: Final = """
part: 类别 / kind
  1 单据类别, 单据类型, 应收类型, 往来类型, 类型, document type, type, item type, voucher type
amount: 未清金额 / open amount
  1 未核销金额, 未收金额, 余额, 期末余额, 期初余额, 欠款, 欠款金额, 应收余额, 结余,
    outstanding amount, outstanding, amount due, balance, residual, amount residual, open balance,
    remaining, unpaid
  2 金额, 应收金额, 价税合计, amount, total, amount total
due: 到期日 / due date
  1 到期日期, 收款期限, 应收款日期, 应收日期, 预计收款日期, due, maturity date, date due,
    invoice date due, payment due date
day: 单据日期 / document date
  1 日期, 业务日期, 发票日期, 开票日期, 记账日期, date, invoice date, posting date, doc date,
    document date, bill date
"""

_STATEMENT: Final = """
day: 交易日期 / date
  1 记账日期, 入账日期, 交易时间, 记账时间, 交易日, 到账日期, 起息日, 日期, transaction date,
    posting date, booking date, value date, date posted, trans date, 交易日期时间, 发生日期
income: 收入 / credit
  1 贷方发生额, 贷方金额, 贷方, 收入金额, 贷方发生额收入, 转入金额, 收款金额, 存入, 存入金额,
    收方金额, credit amount, deposit, deposits, money in, paid in, received, 贷方发生金额, 进账金额
expense: 支出 / debit
  1 借方发生额, 借方金额, 借方, 支出金额, 借方发生额支取, 转出金额, 付款金额, 支取, 付方金额,
    debit amount, withdrawal, withdrawals, money out, paid out, 借方发生金额, 取出
amount: 金额 / amount
  1 交易金额, 发生额, 发生金额, transaction amount, 本次发生额, amount in account currency
direction: 借贷标志 / direction
  1 借贷, 收支, 借贷方向, 收支标志, 收付标志, 收支类型, 借贷标记, 交易方向, 来往账标志,
    debit credit, dr cr, credit debit, type, 资金流向
payer: 对方户名 / payer
  1 对方名称, 对方账户名称, 对方单位, 对方单位名称, 付款人, 付款人名称, 付款方, 付款方户名,
    付款单位, 付款方名称, 对手方户名, 交易对方, 交易对手, 对方账户名, 对方, counterparty,
    counterparty name, payee, name, remitter, remitter name, 付款户名, 往来户名
account: 对方账号 / payer's account
  1 对方帐号, 对方账户, 付款人账号, 付款账号, 付款方账号, 对方卡号, 交易对方账号, 对手方账号,
    counterparty account, counterparty iban, remitter account, 对方账号卡号
text: 摘要 / text
  1 附言, 用途, 备注, 交易摘要, 交易附言, 客户附言, 摘要描述, 交易说明, 资金用途, 说明, 个性化信息,
    description, narrative, details, memo, remarks, remark, purpose, payment details, particulars
reference: 流水号 / bank reference
  1 交易流水号, 银行流水号, 流水编号, 交易流水, 业务流水号, 核心流水号, 账户明细编号交易流水号,
    唯一编号, 交易编号, 交易序号, 柜员流水号, transaction id, transaction reference, reference,
    bank reference, ref, fitid, 明细编号, 回单编号
  2 凭证号, 凭证号码, 序号, 业务编号, 企业流水号, 回单号
currency: 币种 / currency
  1 币别, 货币, 交易币种, currency code
balance: 余额 / balance
  1 账户余额, 交易后余额, 当前余额, 本次余额, running balance, closing balance, 联机余额
"""

_BLOCK = re.compile(r"^(\w+): (.+) / (.+)\n((?: .*\n)*)", re.MULTILINE)
_RANK = re.compile(r"^  \d ", re.MULTILINE)
_MANY: Final = frozenset({"address"})
_TOO_COMMON: Final = frozenset({"code", "name", "number"})
"""Own names that other programs use for something else: they are ranked like any other."""


def _fields(block: str, many: frozenset[str] = _MANY) -> tuple[Field, ...]:
    return tuple(_field(*match.groups(), many=many) for match in _BLOCK.finditer(block))


def _field(name: str, zh: str, en: str, ranks: str, *, many: frozenset[str]) -> Field:
    own = [zh, en] if name in _TOO_COMMON else [zh, en, name]
    names = [own, *(rank.split(",") for rank in _RANK.split(ranks)[1:])]
    return Field(name, zh, en, tuple(frozenset(map(normal, n)) for n in names), name in many)


CUSTOMERS: Final = Kind(fields=_fields(_CUSTOMER), needs=(("code",), ("name",)))

_HEADERS: Final = _fields(_HEADER)
_LINES: Final = _fields(_LINE)

DELIVERIES: Final = Kind(
    fields=(*_HEADERS, *_LINES),
    needs=(
        ("number",),
        ("customer", "customer_name"),
        ("day",),
        ("amount", "gross", "total", "price"),
    ),
)
"""One table: a row a delivery with its amount, or a row a line of a delivery."""

DELIVERY_HEADERS: Final = Kind(
    fields=(*_HEADERS, *(f for f in _LINES if f.name in {"gross", "amount"})),
    needs=DELIVERIES.needs[:3],
)
"""The headers of deliveries whose lines stand in a second table."""

DELIVERY_LINES: Final = Kind(
    fields=(*(f for f in _HEADERS if f.name == "number"), *_LINES),
    needs=(("number",), ("price", "amount", "gross")),
)
"""The lines: quantity × price × (1 − discount)."""

OPENINGS: Final = Kind(
    fields=(
        *(f for f in _HEADERS if f.name in {"number", "customer", "customer_name", "currency"}),
        *_fields(_OPENING),
    ),
    needs=(("number",), ("customer", "customer_name"), ("amount",), ("due", "day")),
)
"""What was open before the books began, a row an item; without a kind it is billed."""

STATEMENTS: Final = Kind(
    fields=_fields(_STATEMENT, frozenset({"text"})),
    needs=(("day",), ("income", "amount")),
)
"""A bank statement: a row a line; text may stand in several columns."""
