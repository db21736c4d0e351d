"""The rooms of the program, one page each; no page knows another.

A page is given what it uses. The window gives it scans and changes, and asks it for its panes and
keys; everything else a page does by itself.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QVBoxLayout, QWidget

from erpdesk.domain.changes import Changes
from erpdesk.domain.stocktake.counting import Source
from erpdesk.words import Sentence
from ui.look import Tone
from ui.widgets.button import Button
from ui.widgets.guards import GuardList
from ui.widgets.notice_bar import Act, Notice, NoticeBar, NoticeWords
from ui.widgets.page_stack import UpAndDown
from ui.widgets.parts import STRETCH, Item, Label, Panel, at_least, column, row
from ui.work.toolkit_words import keys_of
from ui.work.wording import Wording, literal

HEAD_PX = 46
_MORE = Sentence("还有 {count} 条", "{count} more")
_CLOSE = Sentence("关闭", "Close")
_DETAIL = Sentence("详情", "Details")
_NOTHING = Sentence("", "")
Noticed = tuple[Tone, Sentence, Sentence, tuple[tuple[str, Sentence], ...]]


@dataclass(frozen=True, slots=True)
class DocumentWanted:
    """The document with this number is to be seen, for ``Page.take``."""

    number: str


@dataclass(frozen=True, slots=True)
class NewWanted:
    """Something new is to be written on the page, for ``Page.take``."""


@dataclass(frozen=True, slots=True)
class BackupsWanted:
    """The backups of the books are to be seen, for ``Page.take``."""


def nothing() -> None:
    """Take nothing away."""


class Page(QWidget):
    """One room: a head with title, facts and actions; its content under it.

    ``wants`` names another page that the person asked for; ``finished`` asks for the one before.
    ``code_typed`` carries the bytes of an own code that somebody typed: taken like a scan of it.
    ``unknown_code`` carries a code that was scanned and is nobody's.
    ``lit`` carries the name of a status light, its tone, and its sentence; ``card_wanted`` the id
    of a customer to be shown beside. ``hands`` carries the name of another page and what it is to
    go on with, such as a voucher that was begun here.
    """

    wants = Signal(str)
    finished = Signal()
    code_typed = Signal(object)
    unknown_code = Signal(str)
    card_wanted = Signal(str)
    lit = Signal(str, str, object)
    hands = Signal(str, object)

    def __init__(self, wording: Wording, title: Sentence) -> None:
        super().__init__()
        self.wording = wording
        self.title = title
        self.setProperty("ground", "canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._name = Label("", "title")
        wording.put(self._name, "setText", title)
        wording.put(self, "setAccessibleName", title)
        self.notices = NoticeBar()
        self._noticed: list[Noticed] = []
        self._is_built = False
        self._forget_why_off: Callable[[], None] = nothing
        self.notices.closed.connect(lambda _: self._noticed and self._noticed.pop())
        wording.when_switched(self._notice_again)
        self._notice_again()

    def build(
        self,
        *content: Item,
        facts: tuple[Item, ...] = (),
        buttons: tuple[Item, ...] = (),
        foot: tuple[Item, ...] = (),
        above: tuple[QWidget, ...] = (),
    ) -> None:
        """Lay the page out: the head, the content with the margins of every page, the action bar.

        ``foot`` is what stands in the action bar, from edge to edge under the content; where there
        is little room only the content goes up and down, under ``above``.
        """
        self._is_built = True
        head = Panel(
            row(self._name, *facts, STRETCH, *buttons, gap=10),
            ground="canvas", margins=(16, 0, 16, 0),
        )  # fmt: skip
        at_least(head, HEAD_PX)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(head)
        self.content = UpAndDown(column(*content, gap=10, margins=(0, 0, 16, 12)))
        fixed = (row((part, 1), 16, gap=0) for part in (self.notices, *above))
        whole.addLayout(column(*fixed, (self.content, 1), gap=10, margins=(16, 0, 0, 0)), 1)
        self.action_bar = Panel(row(*foot), ground="foot", margins=(16, 8, 16, 8))
        whole.addWidget(self.action_bar)
        if not foot:
            self.action_bar.hide()

    def action(
        self, what: Sentence, key: str, act: Callable[[], object], *, on: QWidget | None = None
    ) -> QAction:
        """Add an action with its key; it is in the menu and the field's list as well.

        ``on`` is the part in which alone the key counts; without it, the whole page.
        """
        made = QAction(self)
        self.wording.put(made, "setText", what)
        self.wording.put(made, "setStatusTip", what)
        if key:
            made.setShortcut(keys_of(key))
        made.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        made.triggered.connect(lambda _: act())
        (on or self).addAction(made)
        return made

    def press(self, button: Button, guards: GuardList | None = None) -> None:
        """Press a button by its key; one that is off says why, and leads to what lacks first."""
        self.mended()
        if button.isEnabled():
            button.click()
            return
        lacking = guards.lead() if guards else ""
        said: Noticed = ("attention", literal(button.why_not), literal(lacking), ())
        self._forget_why_off = self.notify_for_now(said)

    def mended(self) -> None:
        """Take back why a button was off: somebody changes what it stands on."""
        forget, self._forget_why_off = self._forget_why_off, nothing
        forget()

    def notify(
        self,
        tone: Tone,
        title: Sentence,
        text: Sentence = _NOTHING,
        acts: tuple[tuple[str, Sentence], ...] = (),
    ) -> None:
        """Say something in the bar under the head; ``acts`` are names and verbs, at most two."""
        self.notify_for_now((tone, title, text, acts))

    def notify_for_now(self, said: Noticed) -> Callable[[], None]:
        """Say something in the bar; return what takes it away once its cause is gone.

        A page that only holds others has no bar: the one that is shown in it says it.
        """
        if not self._is_built:
            inner = next((one for one in self.findChildren(Page) if one.isVisibleTo(self)), None)
            if inner is not None:
                return inner.notify_for_now(said)
        self._noticed.append(said)
        self.notices.show_notice(self._notice(*said))
        return partial(self._take_back, said)

    def _take_back(self, said: Noticed) -> None:
        if said in self._noticed:
            self._noticed.remove(said)
            self.notices.solve(self._notice(*said))

    def solved(self) -> None:
        """Take every notice away: their causes are gone."""
        self._noticed.clear()
        self.notices.clear()

    def _notice(
        self, tone: Tone, title: Sentence, text: Sentence, acts: tuple[tuple[str, Sentence], ...]
    ) -> Notice:
        say = self.wording.say
        return Notice(
            tone, say(title), say(text), tuple(Act(name, say(verb)) for name, verb in acts)
        )

    def _notice_again(self) -> None:
        """Say what is open in the language of now."""
        say, noticed = self.wording.say, list(self._noticed)
        self.notices.clear()
        self.notices.use_words(NoticeWords(say(_MORE, count="{count}"), say(_CLOSE), say(_DETAIL)))
        for one in noticed:
            self.notices.show_notice(self._notice(*one))

    def entered(self) -> None:
        """Be shown: look for what may have changed, and put the focus where work goes on."""

    def scan(self, raw: bytes, source: Source, *, cut: bool = False) -> bool:
        """Take a scan; False where the page has no use for it."""
        del raw, source, cut
        return False

    def open_object(self, number: str) -> None:
        """Show the document with this number, where the page shows documents."""
        del number

    def take(self, begun: object) -> None:
        """Go on with what another page began, where the page knows what it is."""
        if isinstance(begun, DocumentWanted):
            self.open_object(begun.number)

    def customer_here(self) -> str | None:
        """Return the id of the customer the page stands on, for the card at the side (F4)."""
        return None

    def look_again(self, changes: Changes) -> None:
        """Look again at what a change touched."""

    def holds_window(self) -> bool:
        """Say whether closing the window now would lose something; why is said, once."""
        return False

    def leave(self) -> None:
        """Be closed with the window, pages inside too: what is typed and valid is stored first."""
        for page in self.findChildren(Page):
            page.leave()

    def step_out(self) -> bool:
        """Go out one step inside the page; False when there is none."""
        return False

    def panes(self) -> tuple[QWidget, ...]:
        """Return the parts that F6 goes through, in order."""
        return ()

    def all_actions(self) -> list[QAction]:
        """Return every action of the page and its parts."""
        return [one for one in self.findChildren(QAction) if not one.isSeparator() and one.text()]
