"""Refusals about papers: notices, statements, count sheets, and what can be printed."""

from erpdesk.words.sentence import Sentence
from erpdesk.words.sentence import refusal as r

PAPERS: dict[str, Sentence] = {
    "StatementDisagreesError": r(
        "对账单和总账对不上（{currency}），没有出",
        "请到账套校验查出哪里不一致",
        "The statement and the ledger disagree ({currency}); it was not issued",
        "Check the books to find where",
    ),
    "TimeTurnedError": r(
        "期间的第一天 {first} 在最后一天 {last} 之后，没有出对账单",
        "请改日期",
        "The first day, {first}, is after the last, {last}; no statement was issued",
        "Change the days",
    ),
    "NothingOpenError": r(
        "客户 {customer} 没有未清款项，不用通知",
        "请核对客户和截止日",
        "Customer {customer} has nothing open to be settled",
        "Check the customer and the day",
    ),
    "FirmUnknownError": r(
        "还没有填公司名称和收款账号，通知书上写不出付到哪里",
        "第一张单据过账前在 设置 › 账套 填写，或用命令 firm",
        "The firm's name and bank account are not known",
        "Say them before the first posting, in Settings › Books or by the command firm",
    ),
    "NothingToCountError": r(
        "盘点 {number} 的名单是空的，没有打印盘点表",
        "请看计划里选了哪些客户",
        "The list of campaign {number} is empty; no count sheet was printed",
        "Look which customers the plan chooses",
    ),
    "NothingToSettleError": r(
        "通知书没有内容", "请核对客户和截止日", "The notice has no rows", "Check customer and day"
    ),
    "MissingCharacterError": r(
        "字库里没有这些字：{characters}（{where}），没有打印",
        "请改用别的写法",
        "The font lacks {characters} ({where}); nothing was printed",
        "Write it differently",
    ),
    "DoesNotFitError": r(
        "文字太长，放不进纸面：{where}，没有打印",
        "请缩短",
        "A text is too long for its place: {where}; nothing was printed",
        "Shorten it",
    ),
    "PaperFullError": r(
        "版面放不下，没有打印",
        "请缩短文字",
        "The paper cannot be laid out; nothing was printed",
        "Shorten its texts",
    ),
    "LabelPlaceError": r(
        "标签纸上没有这一格（1–{places}），或移得太多（±{most} 个 0.1 毫米），没有打印",
        "请改格数或移动量",
        "A sheet has places 1 to {places}, and is moved by ±{most} tenths of a mm at most; "
        "nothing was printed",
        "Choose another place",
    ),
    "NoLabelsError": r(
        "没有选中客户，没有打印标签",
        "请先选客户，或改筛选",
        "No customer was chosen; no label was printed",
        "Choose customers, or another filter",
    ),
    "TooManyLabelsError": r(
        "{count} 张标签太多，一次最多 {most} 张，没有打印",
        "请先筛选",
        "{count} labels are too many, at most {most} at once; nothing was printed",
        "Filter first",
    ),
    "NothingPostedError": r(
        "{period} 没有记账凭证，没有打印",
        "请换一个月份，或核对单据编号",
        "Nothing was posted in {period}; nothing was printed",
        "Choose another month, or check the document",
    ),
}
