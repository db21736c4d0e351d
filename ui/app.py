"""One run of the window: which books, who is here, the room; and back again."""

import time
from collections.abc import Callable, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QDialog

from erpdesk import paths
from erpdesk.errors import UserError
from erpdesk.services.keeping.holding import Holding
from erpdesk.services.ports import Clock, SystemClock
from erpdesk.settings import Settings
from erpdesk.words import Sentence
from ui.dialogs.sign_in import Caller, SignIn
from ui.look import apply, lost_fonts, system_theme
from ui.main_window.books import Founding, told, why
from ui.main_window.door import WINDOW, at_the_door, known, tell_backup
from ui.main_window.memory import WindowMemory
from ui.own_folder import forget_left
from ui.widgets.combo import name_drop_lists
from ui.work.asking_files import folders
from ui.work.first_paint import FirstPaint
from ui.work.loading import Loading
from ui.work.preferences import Preferences
from ui.work.runner import Report, Runner
from ui.work.sounds import Sounds
from ui.work.toolkit_words import ToolkitWords
from ui.work.wording import Wording, literal

if TYPE_CHECKING:  # loaded while somebody looks at the sign-in: it is painted before
    from erpdesk.bootstrap import Desk
    from erpdesk.domain.changes import Outcome
    from erpdesk.services.sampling import Sampling
    from ui.dialogs.first_start import FirstStart
    from ui.main_window import MainWindow, Room
    from ui.main_window.scanners import Scanners
    from ui.work.idleness import Idleness
    from ui.work.wedge import Wedge

BOOKS_BACK = Sentence("账套又读得到了", "The books can be read again")
NO_BOOKS = Sentence("没有这个账套：{place}", "There are no books at {place}")
CHECK_MS = 1000
"""The books are checked when the first page stands: it does not wait for that."""


class Program(QObject):
    """One run of the window, from the first question to the last change that is stored.

    ``painted`` comes when the first question is on the screen, ``entered`` when a window is,
    ``left`` when it was closed.
    """

    painted = Signal()
    entered = Signal()
    left = Signal()

    def __init__(
        self,
        application: QApplication,
        settings: Settings,
        settings_path: Path,
        *,
        clock: Clock | None = None,
        sample: "Sampling | None" = None,
    ) -> None:
        super().__init__(application)
        self._application = application
        self.preferences = Preferences(settings, settings_path, self)
        self._clock = clock or SystemClock()
        self._sample = sample
        memory = settings_path.with_name("window.ini")
        self._memory = WindowMemory(memory)
        folders.keep_in(memory)
        self.wording, self._toolkit = Wording(settings.language), ToolkitWords(self)
        self._holding = Holding(self._clock)
        self.runner, self.sounds = Runner(self), Sounds()
        self._is_awake, self._loading = False, Loading(WINDOW, self)
        self.settings_lost = False
        self.dialog: QDialog | None = None
        self.window: MainWindow | None = None
        self._founding: Founding | None = None
        self.preferences.changed.connect(self._chosen)
        application.aboutToQuit.connect(self.end)
        name_drop_lists()

    @cached_property
    def scanners(self) -> "Scanners":
        """Return the scanners; they are there when the first window is."""
        from ui.main_window.scanners import Scanners

        return Scanners(self._application, self.sounds, self.preferences, self)

    @cached_property
    def idleness(self) -> "Idleness":
        """Return what locks the window that nobody touches."""
        from ui.work.idleness import Idleness

        made = Idleness(self.wedge.was_touched, self._clock.now_us, parent=self)
        made.passed.connect(self._lock)
        made.allow(self.preferences.settings.lock_minutes)
        return made

    @property
    def wedge(self) -> "Wedge":
        """Return the scanner that types."""
        return self.scanners.wedge

    def quiet_s(self) -> float:
        """Return for how many seconds nobody has touched keys, mouse or scanner; 0: it works."""
        is_resting = self._is_awake and self.runner.is_idle
        return time.monotonic() - self.wedge.touched_s if is_resting else 0.0

    def begin(self, place: str = "") -> None:
        """Ask who is here for these books, or the last ones; without any, which to open."""
        wanted = place or self.preferences.settings.company
        is_there = bool(wanted) and ("://" in wanted or Path(wanted).is_file())
        if is_there:
            self.ask_person(wanted)  # who there is, is looked up while the look is put on
        for name in ("language", "theme", "sound_percent"):
            self._chosen(name)
        if not is_there:
            self.ask_books()
        if place and not is_there:
            self._refuse_books(NO_BOOKS, place)

    def ask_books(self) -> None:
        """Ask which books to open, or to make."""
        from ui.dialogs.first_start import FirstStart

        here = self.window.room.place if self.window else ""
        recent = [place for place in self._memory.books if place != here]
        dialog = FirstStart(self._new_wording(), paths.data_folder(), recent, self.window)
        dialog.language_wanted.connect(self._other_language)
        self._founding = founding = Founding(dialog, self.runner, self._clock, self._sample)
        founding.made.connect(self.ask_person)
        dialog.open_wanted.connect(self._open)
        self._show(dialog)

    def _open(self, place: str) -> None:
        """Ask who is here for these books; for those of the window, instead of who has it."""
        if self.window is not None and place == self.window.room.place:
            self._leave(lambda: self.ask_person(place))
        else:
            self.ask_person(place)

    def _refuse_books(self, why: Sentence, place: str) -> None:
        if (asking := self._asking_books()) is not None:
            asking.refuse(literal(self.wording.say(why, place=place)))

    def _asking_books(self) -> "FirstStart | None":
        from ui.dialogs.first_start import FirstStart

        return self.dialog if isinstance(self.dialog, FirstStart) else None

    def ask_person(self, place: str) -> None:
        """Ask who is here; who may sign in is looked up beside the window, first at the door."""
        clock, holding = self._clock, self._holding

        def look() -> tuple[Caller, ...]:
            holding.must_be_free(place)
            return at_the_door(place, clock=clock)

        self.runner.query(
            self,
            lambda: told(look),
            done=lambda found: self._show_sign_in(place, found),
            refused=lambda error: self._no_books(place, error),
        )

    def _no_books(self, place: str, error: UserError) -> None:
        if self._asking_books() is None:
            self.ask_books()
        if self._founding is not None:
            self._founding.refuse(place, error)

    def _show_sign_in(self, place: str, found: Sequence[Caller]) -> None:
        last = self.preferences.settings.person
        dialog = SignIn(self._new_wording(), place, found, last=last, parent=self.window)
        dialog.language_wanted.connect(self._other_language)
        dialog.other_wanted.connect(self.ask_books)
        dialog.given.connect(lambda name, password: self.sign_in(place, name, password))
        self._show(dialog)
        FirstPaint(dialog).painted.connect(lambda: self._know(place, dialog))

    def _know(self, place: str, dialog: SignIn) -> None:
        """Load the rest, and find people by pinyin; books that cannot be opened are said now."""
        clock = self._clock

        def know(callers: tuple[Caller, ...]) -> None:
            dialog.know(callers)
            self._loading.begin()
            tell_backup(dialog, place, self.preferences.backup_folder, self.runner, clock)

        self.runner.query(
            dialog,
            lambda: told(lambda: known(place, clock=clock)),
            done=know,
            refused=lambda error: self._no_books(place, error),
        )

    def sign_in(self, place: str, name: str, password: str | None) -> None:
        """Open the books as this person; the password is checked beside the window."""
        from ui.main_window import Room

        dialog, clock = self.dialog, self._clock
        if not isinstance(dialog, SignIn):
            return
        room = partial(
            Room, runner=self.runner, wording=Wording(self.wording.language), sounds=self.sounds,
            place=place, preferences=self.preferences, scanner=self.scanners.profile,
        )  # fmt: skip

        def work(report: Report) -> Room:
            from erpdesk.bootstrap import open_desk

            report(0)
            desk = told(
                lambda: open_desk(place, person=name, password=lambda _: password, clock=clock)
            )
            return self._held(desk, place, room)

        self.runner.produce(
            dialog,
            work,
            done=lambda room: self.enter(room, place, name),
            refused=lambda error: self._not_signed_in(dialog, error),
        )

    def _not_signed_in(self, dialog: SignIn, error: UserError) -> None:
        from erpdesk.bootstrap import is_wrong_password

        dialog.refuse(why(error), is_wrong_password=is_wrong_password(error))

    def _held(self, desk: "Desk", place: str, make: "Callable[..., Room]") -> "Room":
        """Return the room of books that are open in no other program's window."""
        try:
            room = self._room(desk, place, make)
            self._holding.take(place, room.names[str(desk.company.person)])
        except BaseException:
            desk.close()
            raise
        return room

    @staticmethod
    def _room(desk: "Desk", place: str, make: "Callable[..., Room]") -> "Room":
        """Return all that the window is given; what is read here is read beside the window."""
        people = {one.name: one for one in desk.signing_in.everybody()}
        me = people[desk.company.person]
        roles = me.roles(at=desk.clock.now_us())
        names = {str(name): one.display for name, one in people.items()}
        firm = desk.firm().get("name", "") or Path(place).stem
        return make(desk=desk, firm=firm, names=names, roles=roles)

    def enter(self, room: "Room", place: str, person: str) -> None:
        """Show the window of these books."""
        from erpdesk.services.keeping.verifying import Speed
        from ui.main_window import MainWindow, said
        from ui.main_window.guarding import guard_file

        self._leave(lambda: self.preferences.keep(company=place, person=person))
        self._memory.note_books(place)
        self._speak_as(room)
        window = MainWindow(room)
        window.other_books_wanted.connect(self.ask_books)
        window.other_person_wanted.connect(lambda: self._leave(lambda: self.ask_person(place)))
        window.closed.connect(self._closed)
        self.window = window
        self.scanners.serve(window)
        self.idleness.touch()
        self._memory.show(window)
        self._close_dialog()  # only now: keys are never without a window to go to
        if lost_fonts():
            window.page.notify("error", said.FONTS_LOST, said.FONTS_LOST_MORE)
        if self.settings_lost:
            window.page.notify("attention", said.SETTINGS_LOST, said.SETTINGS_LOST_MORE)
            self.settings_lost = False
        room.watch.look()
        if "backup" in window.status.lights:
            guard_file(window, self.quiet_s)
        if room.may_check:
            begin = QTimer(window, singleShot=True, interval=CHECK_MS)
            begin.timeout.connect(partial(room.watch.check, Speed.RULES))
            begin.start()
        self._follow(room, window)
        self.runner.query(self, forget_left, done=lambda _: None)
        self.entered.emit()

    def _follow(self, room: "Room", window: "MainWindow") -> None:
        """Show in this window what others do."""
        from ui.main_window.said import DATABASE_GONE
        from ui.work.follower import Follower

        follower = Follower(self.runner, room.desk.following.look, window)
        follower.lost.connect(lambda: window.show_light("database", "error", DATABASE_GONE))
        follower.back.connect(lambda: window.show_light("database", "ok", BOOKS_BACK))
        window.closed.connect(follower.stop)
        follower.start()

    def _leave(self, then: Callable[[], None]) -> None:
        """Close the window, if there is one, and go on; what is typed and valid is stored first."""
        window = self.window
        self._application.setQuitOnLastWindowClosed(False)
        then()
        if window is not None:
            window.close()
        self._application.setQuitOnLastWindowClosed(True)

    def _closed(self) -> None:
        window, self.window = self.window, None
        if window is None:
            return
        self._memory.keep(window)
        self.scanners.leave()
        self.runner.change(self, partial(self._give_back, window.room))
        window.deleteLater()
        self.left.emit()

    def _give_back(self, room: "Room") -> "Outcome[None]":
        """Close the books when all that was handed in is stored; the end of the lanes waits."""
        from erpdesk.domain.changes import Changes, Outcome

        room.desk.close()
        self._holding.leave(room.place)
        return Outcome(None, Changes())

    def _lock(self) -> None:
        if self.window is not None:
            self.window.lock.lock()

    def _new_wording(self) -> Wording:
        """Return the words of a new window; those of one that is gone say nothing any more."""
        self.wording = Wording(self.preferences.settings.language)
        return self.wording

    def _other_language(self) -> None:
        self.preferences.keep(language="en" if self.wording.language == "zh" else "zh")

    def _chosen(self, name: str) -> None:
        """Do at once what was chosen; what is typed and selected stays."""
        chosen = self.preferences.settings
        if name == "language":
            self._toolkit.use(chosen.language)
            self.wording.use(chosen.language)
        elif name in {"theme", "text_percent"}:
            theme = system_theme() if chosen.theme == "system" else chosen.theme
            apply(self._application, theme, chosen.text_percent)
        elif name in {"sound_percent", "pitch_percent"}:
            self.sounds.adjust(
                volume_percent=chosen.sound_percent, pitch_percent=chosen.pitch_percent
            )
        elif name == "lock_minutes":
            self.idleness.allow(chosen.lock_minutes)

    def _show(self, dialog: QDialog) -> None:
        self._close_dialog()
        self.dialog = dialog
        dialog.finished.connect(lambda _: self._dialog_left(dialog))
        if not self._is_awake:
            FirstPaint(dialog).painted.connect(self._wake)
        dialog.show()

    def _wake(self) -> None:
        """Hear the scanners and the hours of quiet: what asks is on the screen already."""
        self._is_awake = True
        self.idleness.touch()
        self.painted.emit()

    def _dialog_left(self, dialog: QDialog) -> None:
        if dialog is self.dialog:
            self.dialog = None
            if self.window is not None:
                self._speak_as(self.window.room)
        dialog.deleteLater()

    def _speak_as(self, room: "Room") -> None:
        """Let this room be where a language is switched; it speaks that of now."""
        self.wording = room.wording
        self.wording.use(self.preferences.settings.language)

    def _close_dialog(self) -> None:
        dialog, self.dialog = self.dialog, None
        if dialog is not None:
            dialog.hide()
            dialog.deleteLater()

    def end(self) -> None:
        """End the lanes: every change handed in is stored first."""
        self.scanners.leave()
        self.runner.stop()
        self.sounds.close()
