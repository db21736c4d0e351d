"""What the receipts page says, in Chinese and in English."""

from erpdesk.words import Sentence

S = Sentence

TITLE = S("收款与核销", "Receipts and matching")
BRING = S("导入流水", "Import statement")
NEW, APPLY = S("记一笔收款", "Record a receipt"), S("核销，下一笔", "Apply, next")
CLAIM = S("认领，下一笔", "Claim, next")
COMMIT = S("核销、认领、记下或撤回", "Apply, claim, record or take back")
AGAIN = S("改好，再次提交", "Hand in again")
RECORD = S("记下并提交", "Record and submit")
SUSPENSE = S("付款人不详：记入待查款项", "Payer unknown: kept as unidentified")
CHOOSE = S("先选一笔收款", "Choose a receipt first")
NOTHING = S("还没有勾选要核销的单据", "Nothing is ticked yet")
NO_PAYER = S("先填付款客户", "Say who paid first")
ALL_KEPT = S("没有勾选：整笔留作客户的未核销收款", "Nothing is ticked: all of it is kept unapplied")
CLAIM_WAITS = S("认领单 {number} 在等审批", "Claim {number} waits for a decision")
NO_CASHIER = S("出纳才能记收款", "Cashiers record receipts")
NO_CLAIMER = S("出纳或会计才能认领", "Cashiers and accountants claim")
NO_ACCOUNTANT = S("会计才能核销", "Accountants match")
NO_LINK, BUSY = S("先选一条核销记录", "Choose a link first"), S("正在存", "It is being stored")
