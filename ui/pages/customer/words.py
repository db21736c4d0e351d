"""What the page of a customer says."""

from erpdesk.services.looking import Text
from erpdesk.words import Sentence
from ui.work.wording import literal

S = Sentence
TITLE = S("客户", "Customer")
BACK, EDIT = S("返回列表", "Back to the list"), S("改资料", "Change the record")
WITHDRAW = S("撤回变更", "Withdraw the change")
SUBMIT, NOTE = S("提交审批", "Submit"), S("更新联系方式", "Note the contact")
CANCEL, COMMIT = S("不改了", "Leave it"), S("提交客户资料", "Submit the customer's record")
COMPOSITION = S("余额构成", "What the balance is made of")
NO_ROLE = S("会计或催收才能改客户", "Accountants and collectors change customers")
NO_FOLLOW = S("会计、催收或主管才能跟进", "Accountants, collectors and supervisors follow up")
WAITS = S("变更 {number} 在等审批", "The change {number} waits for a decision")
NO_CHANGE = S("没有等审批的变更", "No change waits")
NOT_YOURS = S("别人提的变更，由提的人撤回", "Somebody else's change: whoever made it withdraws it")
NOTHING_TYPED = S("还没有改动", "Nothing is typed yet")
WRONG = S("有一项不能这样填，见红字", "A field cannot be kept like this, see the red words")
NEEDS = S("新客户要编码和名称", "A new customer needs a code and a name")
BUSY = S("正在存", "It is being stored")
ALONE = S("只改联系方式：当场生效", "Only the contact: it holds at once")
SECOND = S("提交后由另一个人批准才生效", "It holds once a second person approves it")
SENT = S("{number} 已提交，等审批", "{number} is handed in and waits for a decision")
NOTED = S("联系方式已更新", "The contact is noted")
TAKEN_BACK = S("变更已撤回", "The change was withdrawn")
KEPT = S("上次没交的字还在", "What you typed before is still here")
NEXT = S("下一步", "Next")
TWINS = S("可能是同一个客户", "It may be the same customer")
SEE_TWIN = S("看它的卡", "See its card")


def said_of(made: Text) -> Sentence:
    """Return what became of a change: noted, or handed in under its number."""
    if made.state == "posted":
        return NOTED
    number = literal(made.number or "").zh
    return Sentence(SENT.zh.format(number=number), SENT.en.format(number=number))
