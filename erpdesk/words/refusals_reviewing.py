"""Refusals about the review of differences."""

from erpdesk.words.sentence import Sentence
from erpdesk.words.sentence import refusal as r

REVIEWING: dict[str, Sentence] = {
    "CauseMissingError": r(
        "没有写原因", "请选原因和处理", "No reason is given", "Choose a reason and a treatment"
    ),
    "UnknownCauseError": r(
        "没有这个原因：{cause}",
        "请从列出的里选",
        "There is no reason {cause}",
        "Choose a listed one",
    ),
    "CauseDoesNotFitError": r(
        "这个原因解释不了这一行", "请换一个", "This reason answers nothing here", "Choose another"
    ),
    "TreatmentNotAllowedError": r(
        "这个原因不能这样处理",
        "请选它允许的处理",
        "The reason does not allow this treatment",
        "Choose one that it allows",
    ),
    "CauseSignError": r(
        "这个原因的金额方向不对",
        "对方少记为负，多记为正",
        "The amount has the wrong sign for this reason",
        "Less at their side is negative, more is positive",
    ),
    "PartsDoNotSumError": r(
        "各部分加起来不等于差异，还差 {left}",
        "请把余下的也写明",
        "The parts do not add up to the difference; {left} is left",
        "Name what is left as well",
    ),
    "NeedOpenError": r(
        "这一行还有别的不符没写原因",
        "请逐项写明",
        "Something else on this line has no reason yet",
        "Give a reason for each",
    ),
    "CauseProofMissingError": r(
        "这个原因要附证据", "请添加证据", "This reason needs evidence", "Add some"
    ),
    "NothingDiffersError": r(
        "这一行没有差异", "不用写原因", "This line does not differ", "No reason is needed"
    ),
    "NotReviewedError": r(
        "盘点还没结束，看不到差异",
        "先转入差异核对",
        "Counting is not over, so differences are not shown",
        "End counting first",
    ),
    "NoSuchLineError": r(
        "这份盘点里没有这户客户",
        "请核对编码",
        "This campaign has no line of this customer",
        "Check the code",
    ),
    "NothingToBookError": r(
        "对方没有比账面多记，没有可补的凭证",
        "请选别的处理",
        "The customer does not state more than the books; there is nothing to book",
        "Choose another treatment",
    ),
}
