"""Refusals about people, roles, decisions and signing in."""

from erpdesk.words.sentence import Sentence
from erpdesk.words.sentence import refusal as r

DECIDING: dict[str, Sentence] = {
    "AdminAloneError": r(
        "管理员不能兼任别的角色",
        "请另设一人",
        "An administrator holds no other role",
        "Name somebody else",
    ),
    "CashAndBooksError": r(
        "出纳和记账、审批不能是同一个人",
        "请另设一人",
        "Cash and books may not be in one hand",
        "Name somebody else",
    ),
    "WrongStateError": r(
        "这张单据现在不在等审批",
        "请刷新后再看",
        "It is not waiting for a decision",
        "Look at it as it is now",
    ),
    "NoRoleError": r(
        "你的角色不能决定这张单据",
        "请交给有权限的人",
        "None of your roles may decide this",
        "Hand it to somebody who may",
    ),
    "OwnWorkError": r(
        "自己经手的单据不能自己审",
        "请另一位有权限的人审核",
        "Nobody decides on their own work",
        "Ask somebody else to approve it",
    ),
    "OthersDocumentError": r(
        "这是别人做的单据",
        "请制单人自己来做",
        "Somebody else made this document",
        "Leave it to them",
    ),
    "MakersOnlyError": r(
        "你的角色不做这类单据",
        "请有这个角色的人来做",
        "None of your roles makes such documents",
        "Ask somebody who has the role",
    ),
    "PastWithdrawalError": r(
        "这张单据现在撤不回",
        "还在等审批的，请审批人退回",
        "It cannot be taken back any more",
        "While it waits, ask who decides to send it back",
    ),
    "NotInHandError": r(
        "不是草稿，也没有被驳回",
        "在等审批的先撤回",
        "It is neither a draft nor rejected",
        "Withdraw it first if it waits",
    ),
    "OwnerDelayError": r(
        "单人模式下，提交满一天才能自审",
        "请到时再审",
        "In owner mode your own document waits a day",
        "Approve it then",
    ),
    "PostingStoppedError": r(
        "账套校验 {checks} 没有通过，停止过账",
        "到账套校验看原因和办法，处理后再查一次（F5）；通过了照常过账",
        "The check of the books fails in {checks}, so that nothing is posted",
        "See under Books check why and what to do, then check again (F5); posting goes on once it"
        " passes",
    ),
    "CountedHereError": r(
        "你在这次盘点里盘过，不能审它",
        "请别人审核",
        "Whoever counted in a campaign cannot decide on it",
        "Ask somebody else",
    ),
    "EndorsedAlreadyError": r(
        "初审是你做的，终审要换人",
        "请另一位审核",
        "You endorsed it; the second decision belongs to somebody else",
        "Ask them",
    ),
    "OverLimitError": r(
        "金额超过你的单笔限额",
        "请限额更高的人审核",
        "The amount is above your limit",
        "Somebody with a higher limit has to approve it",
    ),
    "OverWindowError": r(
        "加上近 24 小时你已批的，超过累计限额",
        "请稍后再批，或由别人审核",
        "With what you approved lately it is above your limit for a day",
        "Wait, or let somebody else approve",
    ),
    "SplittingError": r(
        "这个客户近 24 小时批过的合计，超过你的限额（拆单）",
        "请限额更高的人审核",
        "With what was approved lately for this customer it is above your limit",
        "Somebody with a higher limit has to approve it",
    ),
    "NeedsSecondPersonError": r(
        "这个金额要两个人审核",
        "请先由另一人初审（approve --endorse）",
        "An amount of this size needs two people",
        "Let somebody endorse it first (approve --endorse)",
    ),
    "KeyMissingError": r(
        "签名密钥不在手",
        "请用密码重新登录",
        "Your signature key is not at hand",
        "Sign in again with your password",
    ),
    "ReasonTooShortError": r(
        "要写原因，至少五个字",
        "写明原因再提交",
        "A reason of at least five characters is needed",
        "Say why",
    ),
    "NobodyMayApproveError": r(
        "没有人能审这张单据",
        "请先给人授权",
        "There is nobody who may approve this",
        "Grant a role first",
    ),
    "NoSuchPersonError": r(
        "账套里没有「{name}」这个人",
        "用 people 看有哪些人",
        "There is nobody called {name} in the company",
        "See who is there with people",
    ),
    "WrongPasswordError": r(
        "密码不对", "请再输一次", "The password is not the right one", "Try again"
    ),
    "PasswordNeededError": r(
        "这个人设了密码，但没有给出密码",
        "在终端输入，或用 --password-stdin",
        "This person has a password and it was not given",
        "Type it, or use --password-stdin",
    ),
    "NobodyHereError": r(
        "账套里还没有人", "请重新建账", "The company has no people yet", "Make it again"
    ),
    "DamagedKeyError": r(
        "存着的密码或密钥坏了",
        "请从备份恢复",
        "A stored password check or key is damaged",
        "Restore a backup",
    ),
    "LookFirstError": r(
        "决定之前要先看过内容",
        "用 show 或 inbox 看，再用 --seen 给出看到的内容",
        "A decision names what was looked at",
        "Look with show or inbox, then give --seen",
    ),
    "CompanyMissingError": r(
        "没有说是哪个账套",
        "请加 --company 文件或地址",
        "No company was named",
        "Give --company with a file or an address",
    ),
    "PersonMissingError": r(
        "没有说是谁",
        "服务器上请加 --as 用户名",
        "It was not said who acts",
        "On a server give --as USER",
    ),
    "PasswordsDifferError": r(
        "两次输入的密码不一样", "请再来一次", "The passwords typed are not the same", "Try again"
    ),
    "PasswordNotTextError": r(
        "标准输入给的密码不是 UTF-8 文字",
        "请用 UTF-8 再给一次",
        "The password on standard input is no UTF-8",
        "Give it as UTF-8",
    ),
    "PasswordEmptyError": r(
        "密码是空的，什么也保护不了", "请给一个密码", "The password is empty", "Give one"
    ),
    "BadPersonNameError": r(
        "「{name}」不能做人名：不能空、不能有看不见的字符、最多 63 字节",
        "请换一个",
        '"{name}" cannot be a person\'s name: not empty, nothing invisible, at most 63 bytes',
        "Choose another",
    ),
    "NoSuchRoleError": r(
        "没有「{role}」这个角色",
        "可用：{known}",
        "There is no role {role}",
        "Known: {known}",
    ),
    "NotUtf8Error": r(
        "参数里有不是 UTF-8 的字节",
        "请改文件名或换一种写法",
        "An argument holds bytes that are not UTF-8",
        "Rename the file or write it in another way",
    ),
    "BadLoginNameError": r(
        "这个名字不能做服务器登录名",
        "请换一个",
        "This cannot be a login name on the server",
        "Choose another",
    ),
    "LoginExistsError": r(
        "服务器上已有这个登录名",
        "请换一个",
        "There is a login of this name on the server already",
        "Choose another",
    ),
    "NoSuchLoginError": r(
        "服务器上没有这个登录名",
        "请核对",
        "There is no login of this name on the server",
        "Check the name",
    ),
    "UnknownRoleError": r(
        "没有这个角色", "请核对角色名", "There is no such role", "Check the name"
    ),
    "ServerNeedsPasswordError": r(
        "服务器上每个人都要有自己的登录密码",
        "请给出密码",
        "On a server everybody has a login with a password",
        "Give one",
    ),
}
