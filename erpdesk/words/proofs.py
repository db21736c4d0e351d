"""What every check compares, and who sets right what it finds, and how. Nothing posted is changed."""

from dataclasses import dataclass
from typing import Final

from erpdesk.words.sentence import Sentence as S

_RESTORE = S(
    "有人绕过程序改了文件。管理员：停止过账，取最近一份试还原通过的备份，在旁边打开对照，再从备份恢复；之后的单据照纸面重录。",
    "Somebody changed the file past the program. Admin: stop posting, open the last backup that was"
    " tried out beside it and compare, then restore it; enter later documents again from paper.",
)
_REVERSE = S(
    "会计：打开列出的单据，冲销，再按改正稿提交；主管批准。原分录不改。",
    "Accountant: open the document, reverse it and submit the corrected copy; a supervisor"
    " approves. The entry itself stays as it is.",
)
_ASK_ADMIN = S(
    "管理员：用同一版本的程序重新打开账套；还在，就从最近一份试还原通过的备份恢复。",
    "Admin: open the books again with the same version of the program; if it stays, restore the"
    " last backup that was tried out.",
)
_FILE_AGAIN = S(
    "制单人：把原件再附到单据上，写明是补件；主管看过两份再决定。旧的那份不删。",
    "Whoever made the document: attach the original again and say so; a supervisor looks at both."
    " The old one stays.",
)


@dataclass(frozen=True, slots=True)
class Proof:
    """What is compared with what, and the way out when it does not hold."""

    compared: S
    mend: S


PROOFS: Final[dict[str, Proof]] = {
    "B": Proof(
        S("数据库文件的每一页和索引", "every page and index of the file"), _RESTORE
    ),
    "V1": Proof(
        S("每笔分录的借方合计与贷方合计，原币和本位币各一次", "debits with credits, in an entry's currency and in base"),
        _RESTORE,
    ),
    "V2": Proof(
        S("每户未清项合计与往来明细账余额", "every customer's open items with their ledger balance"),
        S("会计：调出该户对账单，找出差额的单据，冲销重做；主管批准。", "Accountant: take the statement of this customer, find the document that differs, reverse it and make it again; a supervisor approves."),
    ),
    "V3": Proof(
        S("每条核销与它两边的原额、余额", "every allocation with what is open on both its sides"),
        S("会计：撤回列出的那条核销，再核一次；主管批准。", "Accountant: undo exactly this allocation and match again; a supervisor approves."),
    ),
    "V4": Proof(
        S("账龄、对账单、总账三处的合计", "the totals of ageing, statements and general ledger"),
        S("会计：先看 V2、V3 列出的客户，那里对了这里就对。", "Accountant: first see to the customers under V2 and V3; once they hold, so does this."),
    ),
    "V5": Proof(
        S("每笔过账的内容与批准时的内容", "what was posted with what was approved, word for word"), _RESTORE
    ),
    "V6": Proof(
        S("每张单据的经手人与审核人", "who worked on a document with who approved it"),
        S("主管或负责人：另请没有经手的人复核这张单据；不同意就冲销。", "Supervisor or director: have it reviewed by somebody who had no hand in it; reverse it where they disagree."),
    ),
    "V7": Proof(
        S("每个编号序列的第一号到最后一号", "every series of numbers from its first to its last"),
        S("会计：找到缺号的纸质单据，写明去向归档；号不补、不重排。", "Accountant: find the paper with the missing number, note where it went and file it; numbers are neither filled in nor moved."),
    ),
    "V8": Proof(
        S("已结账月份的分录与结账时刻", "entries of locked months with the moment of locking"),
        _RESTORE,
    ),
    "V9": Proof(
        S(
            "每笔红字与它冲销的原分录，每笔认领与它认领的收款",
            "red entries with their origin, claims with their receipt",
        ),
        _REVERSE,
    ),
    "V10": Proof(
        S("每件证据的内容与存入时的哈希", "every piece of evidence with its hash when it was kept"), _FILE_AGAIN
    ),
    "V11": Proof(
        S("每个人的操作链，一步接一步", "everybody's chain of acts, step by step"), _RESTORE
    ),
    "V12": Proof(
        S("每次批准的签名与批准人的公钥", "the signature of every approval with the key of its person"),
        S("负责人：当面问批准人；没有批过，就冲销这张单据并换密码。", "Director: ask the person; where they did not approve it, have the document reversed and the password changed."),
    ),
    "H": Proof(S("单据的现状与它的最后一步", "where documents stand with their last step"), _ASK_ADMIN),
    "D": Proof(
        S("出库单的金额与占用它的单据", "deliveries with the documents that use them"), _REVERSE
    ),
    "K": Proof(
        S("盘点冻结的账面与当时的明细账", "frozen book balances with the ledger of that moment"),
        S("主管：作废这次盘点计划，另冻结一次；已盘的记录留着作证。", "Supervisor: cancel this campaign and freeze another; what was counted stays as evidence."),
    ),
    "L": Proof(S("导入清单的每一行与批准时的清单", "every row of imported lists with what was approved"), _RESTORE),
    "M": Proof(
        S("客户资料与批准过的最后一版", "customers with the last version that was approved"),
        S("会计：照批准过的内容再提一次变更；主管批准。", "Accountant: propose the approved facts again; a supervisor approves."),
    ),
    "C": Proof(S("单据的文本与它的哈希", "the text of every document with its hash"), _RESTORE),
    "P": Proof(S("账上每一行与批准过的文本", "every row of the ledger with an approved text"), _RESTORE),
    "S": Proof(S("每个封签与它封住的记录", "every seal with what it sealed"), _RESTORE),
    "F": Proof(S("每条引用与它指的记录", "every reference with the record it names"), _RESTORE),
    "U": Proof(
        S("公司资料、人员、起初权限与建账时留的底，密码与哈希", "firm, people, first rights with those set up; passwords"),
        _RESTORE,
    ),
    "G": Proof(
        S("账套里的防护规则和设置与这个版本的", "guards and settings in the books with those of this version"), _ASK_ADMIN
    ),
}  # fmt: skip
"""By the code of the check."""
