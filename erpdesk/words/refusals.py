"""The sentence of every refusal, by the name of its class."""

from erpdesk.words.refusals_books import BOOKS
from erpdesk.words.refusals_counting import COUNTING
from erpdesk.words.refusals_customers import CUSTOMERS
from erpdesk.words.refusals_deciding import DECIDING
from erpdesk.words.refusals_files import FILES
from erpdesk.words.refusals_following import FOLLOWING
from erpdesk.words.refusals_keeping import KEEPING
from erpdesk.words.refusals_papers import PAPERS
from erpdesk.words.refusals_receipts import RECEIPTS
from erpdesk.words.refusals_reviewing import REVIEWING
from erpdesk.words.sentence import NOT, NOTHING
from erpdesk.words.sentence import Sentence as S

REFUSALS: dict[str, S] = {
    "StaleError": S(f"别人先改了，你看到的已不是现在的样子。{NOTHING}请看过现在的内容再决定。", f"Somebody was first: it is no longer what you looked at. {NOT}Look again, then decide."),
    "BusyError": S(f"别人正在写入账套。{NOTHING}请稍后再试。", f"Somebody else is writing just now. {NOT}Try again in a moment."),
    "BooksHeldError": S(f"账套开在 {{who}} 的窗口里（{{computer}}，{{since}} 起），那里正在写入。{NOTHING}请稍后再试。", f"The books are open in the window of {{who}} ({{computer}}, since {{since}}), which is writing just now. {NOT}Try again in a moment."),
    "BooksOpenError": S("账套已经开在另一个窗口里：{who}，电脑 {computer}，{since} 起。这里没有再打开，什么都没改。请用那个窗口，或先把它关掉；也可以打开别的账套。", "The books are open in another window already: {who}, computer {computer}, since {since}. They were not opened here; nothing was changed. Use that window or close it first, or open other books."),
    "NotWritableError": S("账套所在的文件夹不能写入：{path}。没有打开，什么都没改。请把文件夹和账套设为可写，或复制到可写的地方。", "The folder of the books cannot be written to: {path}. They were not opened; nothing was changed. Make folder and file writable, or copy the books to where you may write."),
    "FontLostError": S("程序自带的字体 {file} 不见了，或已损坏。没有打印，什么都没改。请用安装程序重新安装。", "The program's own font {file} is missing or damaged. Nothing was printed or changed. Install again with the installer."),
    "UnknownOutcomeError": S("保存时连接断了，不知道存上没有。没有再存一次。请重新连接，再看一次这张单据。", "The connection was lost while storing: it may or may not be there. It was not sent again. Connect again and look."),
    "StoredAfterAllError": S("断线前写的那一张其实已存上：{number}。这次没有再写一张。请先看它；还要再写一张，就再存一次。", "What was written before the line was lost is stored after all: {number}. No second one was written. Look at it; for another one, store again."),
    "StorageError": S(f"读写账套出错：{{detail}}。{NOTHING}请检查磁盘或服务器。", f"The books could not be read or written: {{detail}}. {NOT}Check the disk or the server."),
    "DiskFullError": S("磁盘满了，或不能写入。这一步没有存上，以前存的都在。请腾出空间再试。", "The disk is full or cannot be written. This step was not stored; everything before it is there. Make room and try again."),
    "NotSyncedError": S("存盘时磁盘出错，不知道这一步存上没有。没关程序就再做一次，不会算两次；关过程序，先看它在不在。请检查磁盘。", "The disk failed while storing: this step may or may not be there. Before the program is closed, do it again: it counts once. After that, look for it first. Check the disk."),
    "NotACompanyError": S(f"这个文件不是账套，或者已损坏。{NOTHING}请选对文件，或从备份恢复。", f"This file is not a company, or it is damaged. {NOT}Choose another file or restore a backup."),
    "NoSuchCompanyError": S(f"这个位置没有账套：{{path}}。{NOTHING}用 new 建一个，或给出正确的位置。", f"There is no company at {{path}}. {NOT}Make one with new, or give the right place."),
    "CompanyExistsError": S(f"这个位置已有文件：{{path}}，没有动它。{NOTHING}请换个位置。", f"There is a file at {{path}} already and it was not touched. {NOT}Choose another place."),
    "LeftLogError": S(f"这里还留着一个被移走的账套的日志 {{log}}，里面有它最后存的。{NOTHING}请把那个账套放回 {{path}}，或把日志移到它旁边，再试；别删。", f"The log {{log}} of a company that was taken away lies here and holds what it stored last. {NOT}Put that company back at {{path}}, or move the log beside it; do not delete it."),
    "DatabaseExistsError": S(f"服务器上已有数据库「{{name}}」，没有动它。{NOTHING}请换个名字：账套的数据库由程序自己建。", f"The server has a database {{name}} already; it was not touched. {NOT}Choose another name: the program makes the database itself."),
    "NetworkShareError": S(f"账套文件不能放在网络共享盘上：会损坏。{NOTHING}请放在本机磁盘，或用数据库服务器。", f"A company file on a network share gets damaged. {NOT}Keep it on a local disk, or use a server."),
    "MovedError": S("账套文件不在原处了：被移走、删除或换掉。这一步没有存上。请把它放回 {path}，旁边的 -wal 别动，再试。", "The company file is no longer in its place: it was moved, deleted or replaced. This step was not stored. Put it back at {path}, leave the -wal beside it alone, and try again."),
    "OldSqliteError": S(f"本机的 SQLite {{version}} 有会丢数据的缺陷。{NOTHING}请用安装程序重新安装。", f"This SQLite {{version}} has a fault that loses data. {NOT}Install again with the installer."),
    "CannotConnectError": S(f"服务器连不上（{{detail}}）。{NOTHING}请看网络和服务器，再试。", f"The server cannot be reached ({{detail}}). {NOT}Look at the network and the server, then try again."),
    "NoPasswordGivenError": S(f"服务器要密码，没有给出密码。{NOTHING}请输密码，命令行也可用 --password-stdin。", f"The server asks for a password and none was given. {NOT}Type it; on the command line --password-stdin gives it too."),
    "UnsafeServerError": S(f"服务器要明文密码，没有给它。{NOTHING}请核对地址；管理员请在服务器上改用 scram-sha-256。", f"The server asks for the password in plain; it was not given. {NOT}Check the address; its administrator should turn to scram-sha-256."),
    "NotLetInError": S(f"登录名或密码不对。{NOTHING}请再输一次。", f"Name or password is wrong. {NOT}Try again."),
    "NoSuchDocumentError": S(f"没有这张单据：{{reference}}。{NOTHING}请核对编号。", f"There is no document {{reference}}. {NOT}Check the number."),
    "IdReusedError": S(f"这个编号已用于别的一步。{NOTHING}请重新操作。", f"This id was used for another step. {NOT}Start again."),
    "NotCanonicalError": S(f"单据里有存不了的内容，如看不见的控制字符。{NOTHING}请去掉后再试。", f"Something in the text cannot be stored, such as a control character. {NOT}Leave it out and try again."),
    "UnknownCurrencyError": S(f"没有这个币种：{{currency}}。{NOTHING}请用币种代码，如 CNY。", f"There is no currency {{currency}}. {NOT}Use a code such as CNY."),
    "AmountTooLargeError": S(f"金额太大。{NOTHING}请核对位数。", f"The amount is too large. {NOT}Check its digits."),
    "NotAnAmountError": S(f"「{{text}}」不是金额。{NOTHING}请写成 1234.50。", f'"{{text}}" is not an amount. {NOT}Write it like 1234.50.'),
    "AmbiguousAmountError": S(f"「{{text}}」有两种读法。{NOTHING}请写成 {{whole}} 或 {{part}}。", f'"{{text}}" can be read in two ways. {NOT}Write {{whole}} or {{part}}.'),
    "CurrencyMismatchError": S(f"{{one}} 和 {{other}} 不能相加。{NOTHING}请分币种处理。", f"{{one}} and {{other}} have no sum. {NOT}Treat each currency by itself."),
    "UserError": S(f"规则不允许。{NOTHING}请核对后再试。", f"A rule stands against it. {NOT}Check it and try again."),
    "RefusedError": S(f"账套不允许这样做（{{code}}）。{NOTHING}请核对后再试。", f"The books do not allow it ({{code}}). {NOT}Check it and try again."),
    **BOOKS,
    **COUNTING,
    **CUSTOMERS,
    **DECIDING,
    **FILES,
    **FOLLOWING,
    **KEEPING,
    **PAPERS,
    **RECEIPTS,
    **REVIEWING,
}  # fmt: skip
