"""What the list of customers says."""

from typing import Final

from erpdesk.words import Sentence

S = Sentence
TITLE = S("客户", "Customers")
NEW, OPEN = S("新客户", "New customer"), S("打开客户页", "Open the customer")
ALIKE = S("查重…", "Find duplicates…")
FIND, EXPORT = S("筛选本表", "Filter this table"), S("导出…", "Export…")
NO_ROLE = S("会计或催收才能建客户", "Accountants and collectors add customers")
WRITTEN = S("已导出 {count} 行到 {path}", "{count} rows were exported to {path}")
LABELS, LABELS_NAME = S("标签…", "Labels…"), S("客户标签", "labels")
LABELLED = S("{count} 张标签已存到 {path}", "{count} labels were written to {path}")
FILE_NAME = S("客户", "customers")
WORDS: Final = {
    "table": TITLE,
    "search": S("编码、名称、拼音、电话、税号", "Code, name, phone, tax ID"),
    "columns": S("列", "Columns"), "copy": S("复制", "Copy"), "export": S("导出", "Export"),
    "filters": S("筛选", "Filter"),
    "nothing_yet": S("这里列出客户；从文件导入，或用「新客户」", "Import customers, or add one"),
    "nothing_fits": S("没有符合的客户", "Nobody fits"), "clear": S("清除筛选", "Clear"),
}  # fmt: skip
COUNT = S("已列 {rows}，选中 {selected}", "{rows} listed, {selected} selected")
