"""Writing replies down on the notices page: what is looked up, kept, registered and decided."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from erpdesk.domain.changes import Changes, Outcome
from erpdesk.domain.reply import Noticed
from erpdesk.errors import UserError
from erpdesk.services.keeping_evidence import KeepingEvidence
from erpdesk.services.looking import NoticeLine, Text
from erpdesk.services.ports import Clock
from erpdesk.services.replying import Replying, ReplyLine
from erpdesk.words import Sentence
from ui.pages import Page
from ui.pages.notices.reply import SLIP, RepliesPart, ReplyForm
from ui.widgets.document_facts import sentence_for
from ui.widgets.parts import Panel  # noqa: TC001 - one place, no block for it
from ui.work.asking_files import files_to_read
from ui.work.pressed_once import PressedOnce
from ui.work.runner import Runner

S = Sentence
WRITTEN = S("{number} 已登记", "{number} is registered")
RESOLVED = S("{number} 的差异已处理", "The difference of {number} is decided")


@dataclass(frozen=True, slots=True)
class ReplyParts:
    """What replies are written down with."""

    replying: Replying
    evidence: KeepingEvidence
    clock: Clock


class ReplyDesk:
    """The part and the form of replies, for the page they stand on.

    ``beside`` is what the form takes the place of.
    """

    def __init__(self, page: Page, parts: ReplyParts, runner: Runner) -> None:
        self._page, self._parts, self._runner = page, parts, runner
        self._once = PressedOnce(runner, page)
        self._notice = ""
        self.part = RepliesPart(page.wording)
        self.form = ReplyForm(page.wording, parts.clock.today())
        self.beside: Panel = self.part
        self.part.begun.connect(self.begin)
        self.part.resolved.connect(self._resolve)
        self.form.asked.connect(self._register)
        self.form.closed.connect(self.close)
        self.form.slip_wanted.connect(self._ask_for_slip)

    def replies(self, customer_id: str) -> tuple[ReplyLine, ...]:
        """Look a customer's replies up, beside the window."""
        return self._parts.replying.replies(customer_id)

    def show_notice(
        self, line: NoticeLine | None, replies: tuple[ReplyLine, ...], why_not: str
    ) -> None:
        """Show what came back on a notice; the form goes with another one."""
        name = line.head.id if line else ""
        if name != self._notice:
            self.close()
        self._notice = name
        self.part.setVisible(line is not None)
        mine = tuple(one for one in replies if one.notice == name)
        self.part.show_replies(mine, why_not)

    def begin(self) -> None:
        """Open the form for the notice that is shown."""
        if self._notice and self.part.begin.isEnabled():
            name, replying = self._notice, self._parts.replying
            self._runner.query(
                self._page, lambda: replying.notice(name), done=partial(self._opened, name),
                refused=self._refused,
            )  # fmt: skip

    def step_out(self) -> bool:
        """Close the form; False when it is not open."""
        was_open = not self.form.isHidden()
        self.close()
        return was_open

    def close(self) -> None:
        """Close the form; what stood in its place is seen again."""
        had_focus = self.form.isAncestorOf(self.form.focusWidget())
        self.form.hide()
        self.beside.show()
        if had_focus:
            self.part.begin.setFocus()

    def attach(self, path: Path) -> None:
        """Keep a file as the slip of the reply that is written down."""
        service = self._parts.evidence
        self._runner.change(
            self._page, lambda: Outcome(service.keep_file(path), Changes()),
            done=self.form.add_slip, refused=self._refused,
        )  # fmt: skip

    def _opened(self, name: str, notice: Noticed) -> None:
        if name == self._notice:
            self.beside.hide()
            self.form.begin(notice)

    def _ask_for_slip(self) -> None:
        for path in files_to_read(self._page, self._page.wording.say(SLIP), "evidence"):
            self.attach(Path(path))

    def _register(self) -> None:
        notice = self.form.notice
        if notice is not None:
            said, replying = self.form.said(), self._parts.replying
            self._change(lambda: replying.register(notice, said), WRITTEN)

    def _resolve(self, reply: str, reason: str) -> None:
        replying = self._parts.replying
        self._change(lambda: replying.resolve(reply, reason), RESOLVED)

    def _change(self, work: Callable[[], Outcome[Text]], sentence: Sentence) -> None:
        self._once.change(
            self._page, work, done=partial(self._done, sentence), refused=self._refused
        )

    def _done(self, sentence: Sentence, reply: Text) -> None:
        self.close()
        self._page.solved()
        facts = {"number": reply.number}
        self._page.notify("ok", S(sentence.zh.format(**facts), sentence.en.format(**facts)))

    def _refused(self, error: UserError) -> None:
        self._page.notify("attention", sentence_for(error))
