"""Refusals about backups, restoring, versions and verification."""

from erpdesk.words.sentence import Sentence
from erpdesk.words.sentence import refusal as r

KEEPING: dict[str, Sentence] = {
    "FirmTaxNumberError": r(
        "公司的纳税人识别号「{number}」不对：位数、字符或校验位有误",
        "请照营业执照核对；没有就空着",
        '"{number}" is no tax number of a firm: a character is missing or wrong',
        "Compare it with the licence, or leave it empty",
    ),
    "NotASealError": r(
        "「{digits}」不是封签：要 16 位以上 0-9、a-f",
        "请照通知书底部的封签输入",
        '"{digits}" is no seal: at least 16 digits of 0-9 and a-f',
        "Copy it from the foot of a notice",
    ),
    "LookStoppedError": r(
        "校验已停下，没有查完",
        "要全部查完请按 F5",
        "The check was stopped before its end",
        "Press F5 to check everything",
    ),
    "NotABackupError": r(
        "这个文件不是 erpdesk 的备份：{path}",
        "请选 .erpbackup 文件",
        "This file is no backup of erpdesk: {path}",
        "Choose an .erpbackup file",
    ),
    "DamagedBackupError": r(
        "备份文件坏了或不完整：{path}",
        "请换一份备份",
        "The backup is damaged or not whole: {path}",
        "Take another backup",
    ),
    "NewerBackupError": r(
        "备份来自更新的程序（版本 {found}，本机 {known}）",
        "请先更新程序",
        "The backup is of a newer program (version {found}, here {known})",
        "Update the program first",
    ),
    "NotCleanError": r(
        "校验发现 {count} 处问题",
        "请用 verify 查看；确要照存照恢复，加 --anyway",
        "The verification found {count} faults",
        "See them with verify; to keep or restore it as it is, add --anyway",
    ),
    "NoRoomToCountError": r(
        "磁盘只剩 {free} MB，开始盘点要 {needed} MB",
        "请先腾出磁盘空间；已经开始的盘点照常存",
        "Only {free} MB are free on the disk; {needed} MB are needed to begin a count",
        "Make room first; counts that are under way are stored as before",
    ),
    "NoRoomError": r(
        "磁盘空间不够：要 {needed} MB，只有 {free} MB",
        "请腾出空间，或换个磁盘",
        "There is too little room on the disk: {needed} MB are needed, {free} MB are free",
        "Make room or choose another disk",
    ),
    "BackupNotWrittenError": r(
        "备份没能写出（{why}），原来的文件没动",
        "请检查磁盘和文件夹",
        "The backup could not be written ({why}); what stood there is untouched",
        "Check disk and folder",
    ),
    "BackupFolderGoneError": r(
        "备份文件夹不在了：{path}，没有备份",
        "请接上那块盘，或换个文件夹（设置 › 备份）",
        "The folder of backups is not there: {path}. There is no backup",
        "Plug that disk in, or choose another folder (Settings › Backup)",
    ),
    "NewerCompanyError": r(
        "账套来自更新的程序（版本 {found}，本机 {known}），没有打开",
        "请先更新程序",
        "The books are of a newer program (version {found}, here {known}) and were not opened",
        "Update the program first",
    ),
    "OlderCompanyError": r(
        "账套是旧版本的（{found}，本机 {known}），没有打开",
        "请先升级，会自动备份（命令行：upgrade）",
        "The books are of an older version ({found}, here {known}) and were not opened",
        "Upgrade them; a backup is kept first (command line: upgrade)",
    ),
    "NotUpgradedError": r(
        "升级后的校验发现 {count} 处问题，账套保持旧版本",
        "请用原来的程序校验（verify），再升级",
        "The verification of the upgraded books found {count} faults; the books keep their version",
        "See them with verify of the older program, then upgrade",
    ),
    "BooksInUseError": r(
        "还有人开着这个账套（{who}），没有升级",
        "请让大家都关掉，再升级",
        "Somebody has the books open ({who}); they were not upgraded",
        "Have everybody close them, then upgrade",
    ),
    "NotAdministratorError": r(
        "这个登录名不是服务器管理员",
        "请用管理员的地址（--company postgresql://管理员@…）",
        "This login is not the server's administrator",
        "Give the administrator's address (--company postgresql://ADMINISTRATOR@…)",
    ),
    "ServerNotKeptError": r(
        "升级前要先用服务器自己的办法备份（pg_dump），没有升级",
        "备份好以后，加 --kept 再升级",
        "The server's own backup (pg_dump) has to be made first; the books were not upgraded",
        "Once it is made, upgrade with --kept",
    ),
    "ProgramMissingError": r(
        "本机没有 {program}",
        "请安装 PostgreSQL 客户端（postgresql-client）",
        "{program} is not on this computer",
        "Install the PostgreSQL client programs (postgresql-client)",
    ),
    "ServerProgramError": r(
        "{program} 没做成",
        "备份、恢复服务器要管理员的地址（--admin）；请核对地址和权限。它说：{why}",
        "{program} failed",
        "Backing up or restoring a server needs the address of its administrator (--admin); check"
        " address and rights. It says: {why}",
    ),
    "OtherEngineError": r(
        "备份是另一种数据库的：文件备份恢复成文件，服务器备份恢复到服务器",
        "请换一个位置",
        "The backup is of the other engine: a file is restored to a file, a server to a server",
        "Choose another place",
    ),
}
