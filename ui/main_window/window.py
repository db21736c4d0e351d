"""The window: shows one page, hands it scans and changes, keeps the lights; it decides nothing."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from typing_extensions import override

from erpdesk.domain.changes import Changes
from erpdesk.domain.stocktake.counting import Source
from erpdesk.errors import ErpdeskError, StorageError, UserError
from erpdesk.words import Sentence
from ui.look import Tone, dress, scaled
from ui.main_window import said
from ui.main_window.customer_side import CustomerSide
from ui.main_window.finder import Finder
from ui.main_window.importing import Importing
from ui.main_window.lock import Lock
from ui.main_window.looks import Looks
from ui.main_window.menus import Menus
from ui.main_window.panes import come_in, go_to_next
from ui.main_window.registry import PAGES, PageEntry
from ui.main_window.room import Room
from ui.main_window.scan_ways import ScanWays
from ui.main_window.search import Search
from ui.main_window.sheets import Sheets
from ui.main_window.sidebar import Sidebar
from ui.main_window.status import RoomStatus
from ui.main_window.top_row import TopRow
from ui.pages import Page
from ui.widgets.notice_bar import NoticeBar
from ui.widgets.page_stack import PageStack
from ui.widgets.parts import column, row
from ui.work.runner import Broken
from ui.work.wording import literal, refusal

SIZE_PX = (1366, 768)
LEAST_PX = (880, 470)
FOLDED_BELOW_PX = 1260
"""Narrower than this, or a little wider with large text, the pages need the room of the words."""
BREATH_MS = 20
"""Between two pages that are made: what a person does meanwhile comes first."""


class MainWindow(QWidget):
    """One window on one company.

    ``other_books_wanted``, ``other_person_wanted`` and ``closed`` go to the program's top.
    """

    other_books_wanted = Signal()
    other_person_wanted = Signal()
    closed = Signal()

    def __init__(
        self,
        room: Room,
        pages: Sequence[PageEntry] = PAGES,
    ) -> None:
        super().__init__()
        pages = [one for one in pages if one.may_see & room.roles]
        self.room, self._entries = room, {one.name: one for one in pages}
        self.ways = ScanWays(self)
        self.importing = Importing(room, self)
        self._pages: dict[str, Page] = {}
        self._back: list[str] = []
        self._forward: list[str] = []
        self.setProperty("ground", "canvas")
        self.setMinimumSize(*LEAST_PX)
        self.resize(*SIZE_PX)
        self._stack = PageStack()
        self.menus = Menus(room.wording, self)
        self.search = Search(room, self.menus, self, self._take_typed)
        self.finder = Finder(room.wording, self.search.find, self)
        self.sidebar = Sidebar(pages, room.wording)
        self.status = RoomStatus(room, self.hand_over, self._entries)
        self.sheets, self.lock = Sheets(self, self), Lock(self, room)
        self.side = CustomerSide(self)
        self.side.sheet.setParent(self)
        self._lay_out()
        self._fill_menus()
        self._connect()
        self._title()
        dress(self)
        self.go(next(iter(self._entries)))
        self._idle = QTimer(self)
        self._idle.timeout.connect(self._make_next)

    def _lay_out(self) -> None:
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self._stack)
        self.top = TopRow(self.menus, self.finder, self.room)
        middle = row(self.sidebar, (area, 1), gap=0)
        self.setLayout(column(self.top, (middle, 1), self.status, gap=0))

    def _connect(self) -> None:
        self.sidebar.chosen.connect(self.go)
        self.lock.other_wanted.connect(self.other_person_wanted)
        self.finder.entered.connect(self.search.typed)
        self.finder.begun.connect(self.make_rest)
        runner = self.room.runner
        runner.changed.connect(self._changed)
        runner.refused.connect(self._refused)
        runner.broke.connect(self._broke)
        self.room.wording.when_switched(self._title)
        self.show_scanner("wedge")

    def _title(self) -> None:
        self.setWindowTitle(f"{self.room.firm} — erpdesk")

    def _fill_menus(self) -> None:
        menus = self.menus
        menus.add("file", said.OTHER_BOOKS, "Ctrl+O", self.other_books_wanted.emit)
        self.importing.put_into(menus)
        menus.add("file", said.LOCK, "Ctrl+Shift+L", self.lock.lock)
        menus.add("file", said.OTHER_PERSON, "", self.other_person_wanted.emit)
        menus.add("file", said.QUIT, "Ctrl+Q", self.close)
        for n, one in enumerate(self._entries.values(), 1):
            key = f"Alt+{n}" if n <= 9 else ""
            menus.add("view", one.word, key, partial(self.go, one.name))
        menus.add("view", said.FIND, "Ctrl+K", self.finder.begin)
        menus.add("view", said.BACK, "Alt+Left", self.back)
        menus.add("view", said.FORWARD, "Alt+Right", self.forward)
        menus.add("view", said.CARD, "F4", self.side.toggle)
        menus.add("view", said.NEXT_PANE, "F6", lambda: self.next_pane(1))
        menus.add("view", said.PANE_BEFORE, "Shift+F6", lambda: self.next_pane(-1))
        menus.add("view", said.OUT, "Esc", self.step_out)
        menus.add("view", said.FOLD, "", self._fold)
        self.looks = Looks(self.room, menus, self)
        menus.add("tools", said.SETTINGS, "Ctrl+,", lambda: self.go("settings"))
        self.sheets.put_into(menus)
        for one in self._entries.values():
            make = partial(self.page_named, one.name)
            menus.expect_page(one.menu, one.word, make, has_few=one.has_few)

    def make_rest(self) -> None:
        """Make the pages that are not there yet: somebody looks for what they can do."""
        if not self.is_whole:
            self._idle.start(BREATH_MS)

    def _make_next(self) -> None:
        """Make a page that is not there yet, between two things that the person does."""
        waiting = [name for name in self._entries if name not in self._pages]
        if waiting and not self.room.runner.is_idle:
            return
        if waiting:
            self.page_named(waiting[0])
        else:
            self._idle.stop()
            self.finder.look_again()

    def _made(self, entry: PageEntry) -> Page:
        page = entry.make(self.room)
        self._pages[entry.name] = page
        self._stack.addWidget(page)
        page.wants.connect(self.go)
        page.hands.connect(self.hand_over)
        page.finished.connect(self.back)
        page.code_typed.connect(self._take_typed)
        page.lit.connect(self.show_light)
        page.unknown_code.connect(self.ways.nobody)
        page.card_wanted.connect(self.side.show_customer)
        for bar in page.findChildren(NoticeBar):
            bar.acted.connect(self._act)
        self.menus.add_page(entry.menu, entry.word, page.all_actions())
        return page

    @property
    def is_whole(self) -> bool:
        """Say whether every page is made; each is, when it is first opened or looked for."""
        return len(self._pages) == len(self._entries)

    @property
    def page(self) -> Page:
        """Return the page that is shown."""
        return self._pages[self._shown]

    _shown = ""
    _scanner = "wedge"

    @property
    def shown(self) -> str:
        """Return the name of the page that is shown."""
        return self._shown

    def has_page(self, name: str) -> bool:
        """Say whether there is a page of this name for who is here."""
        return name in self._entries

    def page_named(self, name: str) -> Page:
        """Return a page by its name; it is made when it is first wanted."""
        return self._pages.get(name) or self._made(self._entries[name])

    def go(self, name: str) -> None:
        """Show a page; where one was stays on the way back. One that is not there stays away.

        ``import`` is no page: it opens the wizard.
        """
        if name == "import":
            self.importing.begin()
        if name not in self._entries:
            return
        if self._shown and self._shown != name:
            self._back.append(self._shown)
            self._forward.clear()
        self._show(name)

    def hand_over(self, name: str, begun: object) -> None:
        """Show a page, and let it go on with what another one began."""
        if name in self._entries:
            self.go(name)
            self.page_named(name).take(begun)

    def back(self) -> None:
        """Go back to the page before."""
        if self._back:
            self._forward.append(self._shown)
            self._show(self._back.pop())

    def forward(self) -> None:
        """Go forward again."""
        if self._forward:
            self._back.append(self._shown)
            self._show(self._forward.pop())

    def _show(self, name: str) -> None:
        self.side.close()
        page = self.page_named(name)
        self._shown = name
        self._stack.setCurrentWidget(page)
        self.sidebar.show_page(name)
        self.sheets.page_changed()
        page.entered()
        come_in(page, page.panes())

    def take_scan(self, raw: bytes, source: Source, *, cut: bool = False) -> None:
        """Follow the way of a code of ours; else hand the scan to the page, or look it up."""
        if QApplication.activeModalWidget() is not None:
            self.refuse_scan()
            return
        if cut or not self.ways.take(raw, source):
            self._hand_over(raw, source, cut=cut)

    def _hand_over(self, raw: bytes, source: Source, *, cut: bool) -> None:
        self.side.close()
        if not self.page.scan(raw, source, cut=cut):
            self.ways.look_up(raw)

    def _take_typed(self, raw: bytes) -> None:
        self.take_scan(raw, Source.TYPED)

    def refuse_scan(self) -> None:
        """Say that a scan was not stored because something else has to be closed first."""
        self.room.sounds.play("refused")
        why = said.LOCKED if self.lock.is_locked else said.CLOSE_FIRST
        self.page.notify("error", said.NOT_STORED, why)

    def _act(self, name: str) -> None:
        """Do what a notice of the window offers."""
        if name == said.GO_COUNT[0]:
            self.go("counting")
        elif name == said.GO_FIND[0]:
            self.finder.begin()

    def show_scanner(self, light: str) -> None:
        """Show how the scanner stands: ``ready``, ``lost``, ``closed``; ``wedge``: it types."""
        self._scanner = light
        tone, sentence = said.SCANNERS[light]
        self.status.lights["scanner"].show_state(tone, sentence)

    def show_light(self, name: str, tone: Tone, sentence: Sentence) -> None:
        """Show how a part of the program stands."""
        self.status.lights[name].show_state(tone, sentence)

    def next_pane(self, by: int) -> None:
        """Move the focus to the next pane of the page."""
        go_to_next(self.page.panes(), by)

    def step_out(self) -> None:
        """Go out exactly one step: the list, the sheet, inside the page, the page before."""
        if self.finder.close_list():
            return
        if self.sheets.close() or self.side.close():
            return
        if self.finder.hasFocus():
            self.page.setFocus()
            self.page.entered()
            return
        if not self.page.step_out():
            self.back()

    def everywhere(self) -> list[QAction]:
        """Return the actions that are there on every page."""
        pages = {id(one) for page in self._pages.values() for one in page.all_actions()}
        return [one for one in self.menus.every() if id(one) not in pages]

    def _place_sheet(self) -> None:
        top = self.top.height()
        room = QRect(0, top, self.width(), self.height() - top - self.status.height())
        self.sheets.place(room)
        self.side.place(room)

    def _fold(self) -> None:
        self.sidebar.fold(is_narrow=not self.sidebar.is_narrow)

    def _changed(self, changes: Changes) -> None:
        for page in self._pages.values():
            page.look_again(changes)

    def _refused(self, error: UserError) -> None:
        self.page.notify("attention", said.NOT_DONE, refusal(error))

    def _broke(self, broken: Broken) -> None:
        fault = broken.error
        why = refusal(fault) if isinstance(fault, ErpdeskError) else said.BROKE
        self.page.notify("error", literal(broken.id), why)
        if isinstance(fault, StorageError):
            self.show_light("database", "error", said.DATABASE_GONE)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
        self._place_sheet()

    def _fit(self) -> None:
        least = FOLDED_BELOW_PX + (scaled(FOLDED_BELOW_PX) - FOLDED_BELOW_PX) // 3
        self.sidebar.fit(has_room=self.width() >= least)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self._shown:
            self._fit()
        if event.type() == QEvent.Type.ActivationChange and self._shown:
            away = QGuiApplication.applicationState() is Qt.ApplicationState.ApplicationInactive
            is_counting = self._shown == "counting"
            tone, sentence = said.SCANNERS["away" if away and is_counting else self._scanner]
            self.status.lights["scanner"].show_state(tone, sentence)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        held = [name for name, page in self._pages.items() if page.holds_window()]
        if held and event.spontaneous():  # somebody closes it; the program itself is not asked
            self.go(held[0])
            event.ignore()
            return
        for page in self._pages.values():
            page.leave()
        super().closeEvent(event)
        self.closed.emit()
