"""What the command line says about itself: wrong usage, what broke, the keyring, prompts."""

from erpdesk.words.sentence import Sentence as S

SEE = S("用 {command} --help 看怎么写。", "See {command} --help.")
LIKE = S("是不是要写：{near}？", "Did you mean {near}? ")

USAGE = {
    "no_command": S("没有「{name}」这个命令。什么都没做。", "There is no command {name}. Nothing was done. "),
    "no_option": S("没有「{name}」这个选项。什么都没做。", "There is no option {name}. Nothing was done. "),
    "missing": S("少写了 {name}。什么都没做。", "{name} is missing. Nothing was done. "),
    "bad_value": S("{name} 的值不对：{why}。什么都没做。", "The value of {name} is wrong: {why}. Nothing was done. "),
    "no_value": S("选项 {name} 后面要写一个值。什么都没做。", "The option {name} needs a value. Nothing was done. "),
    "flag_with_value": S("选项 {name} 后面不写值。什么都没做。", "The option {name} takes no value. Nothing was done. "),
    "too_many": S("多写了：{name}。什么都没做。", "This is too much: {name}. Nothing was done. "),
    "other": S("命令写得不对：{why}。什么都没做。", "The command is not written right: {why}. Nothing was done. "),
}  # fmt: skip
"""Wrong usage (exit code 2); what follows says where to look."""

BROKE = S(
    "程序出了意外，编号 {id}。这一步可能没有做完，以前存下的都在。请把编号和日志交给维护的人：{log}",
    "Something unexpected happened, {id}. This step may not be complete; what was stored before is there. Hand this id and the log to whoever looks after the program: {log}",
)
STOPPED = S("已中断。已经回应过的都存好了。", "Stopped. Whatever was acknowledged is stored.")
SYSTEM = S(
    "电脑不让读写 {path}（{why}）。这一步没有做。请检查位置、权限和磁盘。",
    "The computer does not let {path} be read or written ({why}). This step was not done. Check place, rights and disk.",
)

PASSWORD = S("{person} 的密码：", "Password of {person}: ")
NEW_PASSWORD = S("给 {person} 设的密码：", "New password of {person}: ")
AGAIN = S("再输一次：", "Once more: ")
REMEMBERED = S("密码已存进系统密钥环。", "The password is kept in the system's keyring.")
NOT_REMEMBERED = S(
    "这台电脑的密钥环不能用（{why}）。密码没有存。下次请再输入一遍。",
    "The keyring of this computer cannot be used ({why}). The password was not kept. Type it again next time.",
)
STORED_WRONG = S("密钥环里存的密码不对了。", "The password kept in the keyring is no longer right.")

KEYRING = {
    "none here": S("没有密钥环", "there is none"),
    "not safe": S("会明文存密码", "it would keep passwords in the open"),
    "refused": S("它拒绝了", "it refused"),
    "silent": S("它没有回答", "it did not answer"),
}  # fmt: skip
