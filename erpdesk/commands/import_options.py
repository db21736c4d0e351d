"""The options of ``import``: columns, sheets, encoding, and what becomes of bad rows."""

import click

from erpdesk.commands.arguments import FILE

columns = click.option(
    "--map",
    "pairs",
    multiple=True,
    metavar="FIELD=HEADING",
    help="指定哪一列是什么，下次同样的表头自动用 / say which column is what; remembered",
)
forget = click.option(
    "--forget-map", "forget", is_flag=True, help="不用上次说的 / ignore what was said before"
)
sheet = click.option(
    "--sheet", default="", metavar="NAME", help="工作簿里的哪张表（默认第一张有行的） / which sheet"
)
line_sheet = click.option(
    "--line-sheet", default="", metavar="NAME", help="明细在哪张表 / sheet of the lines"
)
encoding = click.option(
    "--encoding",
    type=click.Choice(["utf-8", "gb18030", "utf-16"]),
    help="文字编码（默认自动认） / encoding of the text; found without",
)
dry = click.option(
    "--dry-run", "dry", is_flag=True, help="只检查、输出 JSON，不导入 / check only, print JSON"
)
bad = click.option(
    "--bad-rows",
    "bad_file",
    type=FILE,
    metavar="FILE",
    help="把有问题的行写成表格（.csv .xlsx） / write the bad rows to a spreadsheet",
)
whole = click.option(
    "--all-or-none", "whole", is_flag=True, help="有一行不行就都不导入 / none when one is bad"
)
