"""About the program: version, licences, fonts, folders, and facts for whoever helps."""

import platform
from collections.abc import Callable
from functools import partial
from importlib import metadata
from typing import Final

from PySide6.QtCore import QUrl, qVersion
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QWidget

from erpdesk import VERSION, paths
from erpdesk.words import Sentence
from ui.look import text_percent, tokens
from ui.main_window.side_sheet import SideSheet
from ui.widgets.button import Button, Look
from ui.widgets.parts import STRETCH, Label, column, row
from ui.work.wording import Wording

S = Sentence
TITLE = S("关于 erpdesk", "About erpdesk")
VERSION_SAID = S("版本 {version}", "Version {version}")
WHAT = S("客户盘点，无票结算。", "Customer stocktake, and settlement without an invoice.")
LICENCES, FONTS, FOLDERS = S("许可", "Licences"), S("字体", "Fonts"), S("文件夹", "Folders")
LICENCE_LINES: Final = (
    S("PySide6、Qt：LGPL 3", "PySide6 and Qt: LGPL 3"),
    S("ReportLab、pysqlite3：BSD、zlib", "ReportLab, pysqlite3: BSD, zlib"),
    S("psycopg：LGPL 3", "psycopg: LGPL 3"),
    S("SQLAlchemy、其余：MIT、BSD、Apache 2", "SQLAlchemy, the rest: MIT, BSD, Apache 2"),
    S("图标 Lucide：ISC、MIT", "Icons, Lucide: ISC, MIT"),
)  # fmt: skip
FONT_LINE = S("思源黑体 Noto Sans SC：SIL OFL 1.1", "Noto Sans SC: SIL OFL 1.1")
DATA, LOGS = S("打开数据文件夹", "Open data folder"), S("打开日志文件夹", "Open log folder")
SHOW_FONT, SHOW_ICONS = S("看字体许可", "Font licence"), S("看图标许可", "Icon licence")
COPY = S("复制诊断信息", "Copy diagnostics")
COPIED = S(
    "已复制。里面没有姓名、客户和金额。", "Copied. No names, customers or amounts are in it."
)
NOTHING = S("", "")
_LIBRARIES: Final = ("PySide6-Essentials", "SQLAlchemy", "reportlab", "pysqlite3", "psycopg")


class AboutSheet(SideSheet):
    """``facts`` returns what the books and the window say of themselves, without names."""

    def __init__(self, wording: Wording, facts: Callable[[], dict[str, str]]) -> None:
        self._facts = facts
        self.copied = Label("", "small", "text2", wraps=True)
        self.copy = self._button(wording, COPY, self._copy, icon="copy")
        foot = column(row(self.copy, STRETCH), self.copied, margins=(14, 8, 14, 10))
        super().__init__(wording, TITLE, foot)

    def show_about(self) -> None:
        """Show it."""
        say = self.wording.say
        self.copied.clear()
        opened = [
            self._button(self.wording, said, partial(_open, at), look="quiet")
            for said, at in (
                (SHOW_FONT, str(paths.resource("fonts/OFL.txt"))),
                (SHOW_ICONS, str(paths.resource("icons/LICENSE"))),
                (DATA, str(paths.data_folder())), (LOGS, str(paths.log_folder())),
            )
        ]  # fmt: skip
        inside = QWidget()
        inside.setLayout(
            column(
                Label("erpdesk", "title"), Label(say(VERSION_SAID, version=VERSION), "strong"),
                Label(say(WHAT), wraps=True), 6,
                Label(say(LICENCES), "label", "text2"),
                *(Label(say(one), wraps=True) for one in LICENCE_LINES),
                row(opened[1], STRETCH), 6,
                Label(say(FONTS), "label", "text2"), Label(say(FONT_LINE), wraps=True),
                row(opened[0], STRETCH), 6,
                Label(say(FOLDERS), "label", "text2"),
                Label(str(paths.data_folder()), "small", "text2", wraps=True),
                row(opened[2], opened[3], STRETCH), STRETCH,
                gap=4, margins=(14, 10, 14, 10),
            )
        )  # fmt: skip
        self.show_inside(inside)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(diagnostics(self._facts()))
        self.wording.put(self.copied, "setText", COPIED)

    @staticmethod
    def _button(
        wording: Wording, said: Sentence, act: Callable[[], None], *, icon: str = "",
        look: Look = "normal",
    ) -> Button:  # fmt: skip
        made = Button("", look, icon=icon, height_px=28)
        wording.put(made, "setText", said)
        made.clicked.connect(lambda _: act())
        return made


def diagnostics(facts: dict[str, str]) -> str:
    """Return what helps to find a fault: versions and states, no names, amounts or folders."""
    screen = QGuiApplication.primaryScreen()
    size = screen.size()
    said = {
        "erpdesk": VERSION,
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "qt": f"{qVersion()} {QGuiApplication.platformName()}",
        **{name: _version_of(name) for name in _LIBRARIES},
        "screen": f"{size.width()}x{size.height()} x{screen.devicePixelRatio():g}",
        "look": f"{tokens().theme} {text_percent()} %",
        **facts,
    }
    return "\n".join(f"{name}: {value}" for name, value in said.items())


def _version_of(library: str) -> str:
    try:
        return metadata.version(library)
    except metadata.PackageNotFoundError:
        return "—"


def _open(place: str) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(place))
