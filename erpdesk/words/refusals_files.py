"""Refusals about files, tables, settings and folders."""

from erpdesk.words.sentence import Sentence
from erpdesk.words.sentence import refusal as r

FILES: dict[str, Sentence] = {
    "FileNotWrittenError": r(
        "文件没能写出：{path}，原来的文件没动",
        "请检查磁盘和文件夹",
        "{path} could not be written; what stood there is untouched",
        "Check disk and folder",
    ),
    "FolderNotWritableError": r(
        "文件夹不在，或不能写：{path}",
        "请换个文件夹",
        "The folder is not there or may not be written to: {path}",
        "Choose another",
    ),
    "FileTakenError": r(
        "文件不能替换：{path}，可能在别的程序里开着",
        "请在那个程序里关掉它，或换个文件名",
        "{path} cannot be replaced; another program may have it open",
        "Close it there, or choose another name",
    ),
    "UnknownSuffixError": r(
        "不能写成这种文件：{path}",
        "文件名请以 .csv 或 .xlsx 结尾（分录还可 .beancount）",
        "No file of this kind can be written: {path}",
        "End its name in .csv or .xlsx (a journal also in .beancount)",
    ),
    "FolderInUseError": r(
        "{folder} 里已有样例公司",
        "请换个文件夹",
        "There is a sample company in {folder} already",
        "Choose another folder",
    ),
    "ColumnsNotFoundError": r(
        "这张表的列对不上。{zh}",
        "用 --map 栏=表头 指定（栏名见 import --help）",
        "The columns of this table do not fit. {en}",
        "Name them with --map FIELD=HEADING (fields: see import --help)",
    ),
    "FileRefusedError": r(
        "这个文件不能当表格读", "请换文件", "The file cannot be read as a table", "Choose another"
    ),
    "FileChangedError": r(
        "文件在读的时候或试过以后变了：{path}，没有导入",
        "请等它写完，再试一次",
        "The file changed while it was read, or after it was tried: {path}. It was not imported",
        "Wait until it is written, and try it again",
    ),
    "FileNotThereError": r(
        "文件不在，或打不开：{path}",
        "请核对位置",
        "The file is not there or may not be opened: {path}",
        "Check the place",
    ),
    "FileEmptyError": r("文件是空的", "请换文件", "The file is empty", "Choose another"),
    "NotATableError": r(
        "这不是表格，是 {kind} 文件",
        "请从系统导出 CSV 或 XLSX",
        "This is no table but a {kind} file",
        "Export CSV or XLSX",
    ),
    "BankFormatError": r(
        "这是 {kind} 格式的银行文件，读不了；能读的是 CSV 和 XLSX",
        "请到网银的交易明细页，选导出 Excel 或 CSV，再导入那一份",
        "This is a bank's file in {kind}, which cannot be read; CSV and XLSX can",
        "In the online bank, export the list of transactions as Excel or CSV, and import that",
    ),
    "NoSuchSheetError": r(
        "工作簿里没有「{sheet}」这张表",
        "请核对表名",
        'The workbook has no sheet "{sheet}"',
        "Check its name",
    ),
    "OldWorkbookError": r(
        "这是旧的 .xls 或加了密码的表",
        "请另存为 .xlsx 或 CSV",
        "This is an old .xls workbook or one with a password",
        "Save it as .xlsx or CSV",
    ),
    "BrokenEncodingError": r(
        "第 {line} 行（第 {byte} 字节）不是完整的 {encoding} 文字，文件坏了",
        "请重新导出",
        "Line {line} (byte {byte}) is no whole {encoding} text: the file is damaged",
        "Export it again",
    ),
    "UnknownEncodingError": r(
        "文字编码不是 UTF-8、UTF-16、GB18030 中的任何一种（第 {line} 行，第 {byte} 字节）",
        "请另存为 UTF-8，或选出它的编码",
        "The text is in none of UTF-8, UTF-16 and GB18030 (line {line}, byte {byte})",
        "Save it as UTF-8, or choose its encoding",
    ),
    "UnclosedQuoteError": r(
        "第 {line} 行的引号没有收尾，或有一格太长，后面的行分不清",
        "请检查文件",
        "A quotation mark opened in line {line} is never closed, or a cell there is too long",
        "Check the file",
    ),
    "LineTooLongError": r(
        "第 {line} 行太长，不像表格",
        "请检查文件",
        "Line {line} is too long for a table",
        "Check the file",
    ),
    "NoRowsError": r("文件里没有行", "请换文件", "The file has no rows", "Choose another"),
    "WorkbookTooLargeError": r(
        "表太大：超过 20 万行、256 列或解压 200 MB（{cell}）",
        "请存成 CSV 或拆开",
        "The workbook is too large: over 200,000 rows, 256 columns or 200 MB unpacked ({cell})",
        "Save it as CSV or split it",
    ),
    "ZipBombError": r(
        "表格解压后大得不正常，没有打开",
        "请从系统重新导出",
        "The workbook unpacks to far more than it holds: it was not opened",
        "Export it again",
    ),
    "WorkbookBrokenError": r(
        "表格坏了，或不是表格",
        "请重新导出",
        "The workbook is damaged or is no workbook",
        "Export it again",
    ),
    "BadRowsError": r(
        "有 {bad} 行有问题（共 {rows} 行），按要求一行都没导入",
        "改好再导，或去掉 --all-or-none",
        "{bad} of {rows} rows are bad and none was imported, as asked",
        "Mend them, or leave --all-or-none out",
    ),
    "ListTooLongError": r(
        "清单太长，服务器一次只装得下约 {rows} 行",
        "请把文件分成几份再导",
        "The list is too long: the server takes about {rows} rows at once",
        "Split the file and import its parts",
    ),
    "MayNotImportError": r(
        "你的角色不导入这类文件",
        "请会计来导；客户清单管理员也可以，银行流水由出纳导",
        "Your role does not import files of this kind",
        "Ask an accountant; an administrator may import customers, a cashier bank statements",
    ),
    "SettingsError": r(
        "设置文件不能用",
        "请检查或删掉它",
        "The settings file cannot be used",
        "Check it or delete it",
    ),
    "UnknownSettingError": r(
        "设置文件里有不认识的设置",
        "请删掉那一行",
        "The settings file names a setting that does not exist",
        "Remove that line",
    ),
    "WrongSettingError": r(
        "有个设置的值不对", "请改正", "A setting has a value that it cannot have", "Correct it"
    ),
    "UnreadableSettingsError": r(
        "设置文件读不懂",
        "请检查或删掉它",
        "The settings file is not written as TOML",
        "Check it or delete it",
    ),
    "DamagedFileError": r(
        "存档的文件 {name} 和哈希对不上，没有显示，没有打印，也没有存出",
        "请运行账套校验，并从备份核对",
        "The kept file {name} has no longer its hash; it was not shown, printed or saved",
        "Verify the books and compare with a backup",
    ),
    "PdfBrokenError": r(
        "这份 PDF 损坏，或不是 PDF，画不出来",
        "请用本机程序打开来看，或请对方重发",
        "The PDF is damaged or is none and cannot be shown",
        "Open it in its own program, or ask for it again",
    ),
    "PdfLockedError": r(
        "这份 PDF 有密码，画不出来",
        "请用本机程序打开，或要一份没有密码的",
        "The PDF asks for a password and cannot be shown",
        "Open it in its own program, or ask for one without a password",
    ),
    "PdfTooLargeError": r(
        "这份 PDF 太大或太复杂，没有显示",
        "请用本机程序打开来看",
        "The PDF is too large or too intricate to be shown here",
        "Open it in its own program",
    ),
    "NoSuchPageError": r(
        "这份 PDF 没有第 {number} 页",
        "请看前面的页",
        "The PDF has no page {number}",
        "Look at an earlier one",
    ),
}
