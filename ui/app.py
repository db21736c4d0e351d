"""Starting the window: settings, log, language, look; then books, a person, the room."""

import argparse
import logging
import sys
import uuid
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QDialog

from erpdesk import logs, paths
from erpdesk.bootstrap import Caller as KnownCaller
from erpdesk.bootstrap import Desk, callers, is_wrong_password, open_desk, serial_scanner
from erpdesk.domain.counting import Source
from erpdesk.errors import UserError
from erpdesk.services.companies import Companies
from erpdesk.services.ports import Clock, SystemClock
from erpdesk.services.sampling import Sampling
from erpdesk.services.verifying import Speed
from erpdesk.settings import FILE_NAME, Settings, SettingsError, read_settings, write_settings
from erpdesk.words import Sentence
from ui.dialogs.first_start import FirstStart, NewBooks
from ui.dialogs.sign_in import Caller, SignIn
from ui.look import apply
from ui.main_window import MainWindow, Room
from ui.main_window.books import STEPS, make_books, make_sample, told, why
from ui.main_window.memory import WindowMemory
from ui.work.key_run import DeviceProfile
from ui.work.runner import Broken, Job, Report, Runner
from ui.work.scanner_link import ScannerLink
from ui.work.sounds import Sounds
from ui.work.tidying import Tidying
from ui.work.wedge import RefusedScan, Wedge
from ui.work.wording import Wording, literal

MAKING = Sentence("正在建账套…", "Making the books…")
NO_BOOKS = Sentence("没有这个账套：{place}", "There are no books at {place}")
_log = logging.getLogger("ui")


class Program(QObject):
    """One run of the window, from the first question to the last change that is stored."""

    def __init__(
        self,
        application: QApplication,
        settings: Settings,
        settings_path: Path,
        *,
        clock: Clock | None = None,
        sample: Sampling | None = None,
    ) -> None:
        super().__init__(application)
        self._application, self._settings, self._path = application, settings, settings_path
        self._clock = clock or SystemClock()
        self._sample = sample or Sampling(self._clock)
        self._memory = WindowMemory(settings_path.with_name("window.ini"))
        self.wording = Wording(settings.language)
        self._job: Job | None = None
        self.runner, self.sounds = Runner(self), Sounds()
        self.wedge = Wedge(application, DeviceProfile())
        self.wedge.code_read.connect(self._typed_by_scanner)
        self.wedge.refused.connect(self._refused_scan)
        self._scanner: ScannerLink | None = None
        self.dialog: QDialog | None = None
        self.window: MainWindow | None = None
        self._use_look()
        application.aboutToQuit.connect(self.end)

    def begin(self, place: str = "") -> None:
        """Ask who is here for these books, or the last ones; without any, which to open."""
        wanted = place or self._settings.company
        if wanted and ("://" in wanted or Path(wanted).is_file()):
            self.ask_person(wanted)
        elif place:
            self.ask_books()
            self._refuse_books(NO_BOOKS, place)
        else:
            self.ask_books()

    def ask_books(self) -> None:
        """Ask which books to open, or to make."""
        dialog = FirstStart(self._new_wording(), paths.data_folder())
        dialog.language_wanted.connect(self._other_language)
        dialog.sample_wanted.connect(self.make_sample)
        dialog.new_wanted.connect(self.make_books)
        dialog.open_wanted.connect(self.ask_person)
        self._show(dialog)

    def _refuse_books(self, why: Sentence, place: str) -> None:
        if isinstance(self.dialog, FirstStart):
            self.dialog.refuse(literal(self.wording.say(why, place=place)))

    def make_sample(self, place: str) -> None:
        """Make the sample company whole, or leave nothing."""
        dialog, sample = self.dialog, self._sample
        if not isinstance(dialog, FirstStart):
            return
        job = self.runner.produce(
            dialog,
            lambda report: make_sample(sample, place, report),
            done=lambda _: self.ask_person(place),
            progress=lambda done, total: dialog.show_progress(
                STEPS[min(done, len(STEPS) - 1)], done, total or len(STEPS)
            ),
            refused=lambda error: dialog.refuse(why(error)),
        )
        self._job = job  # kept, so that it can still be stopped
        dialog.stop_wanted.connect(job.cancel)
        dialog.show_progress(STEPS[0], 0, len(STEPS))

    def make_books(self, new: NewBooks) -> None:
        """Make books with their first people."""
        dialog, companies = self.dialog, Companies(self._clock, self._sample.cost)
        if not isinstance(dialog, FirstStart):
            return

        def work(report: Report) -> None:
            report(0, 1)
            make_books(companies, new.place, new.people, new.firm)

        self.runner.produce(
            dialog,
            work,
            done=lambda _: self.ask_person(new.place),
            refused=lambda error: dialog.refuse(why(error)),
        )
        dialog.show_progress(MAKING, 0, 0)

    def ask_person(self, place: str) -> None:
        """Ask who is here; who may sign in is looked up beside the window."""
        clock = self._clock
        self.runner.query(
            self,
            lambda: told(lambda: callers(place, clock=clock)),
            done=lambda found: self._show_sign_in(place, found),
            refused=lambda error: self._no_books(place, error),
        )

    def _no_books(self, place: str, error: UserError) -> None:
        if not isinstance(self.dialog, FirstStart):
            self.ask_books()
        self._refuse_books(why(error), place)

    def _show_sign_in(self, place: str, found: Sequence[KnownCaller]) -> None:
        known = tuple(
            Caller(one.person.name, one.person.display, one.needs_password) for one in found
        )
        dialog = SignIn(self._new_wording(), place, known, last=self._settings.person)
        dialog.language_wanted.connect(self._other_language)
        dialog.other_wanted.connect(self.ask_books)
        dialog.given.connect(lambda name, password: self.sign_in(place, name, password))
        self._show(dialog)

    def sign_in(self, place: str, name: str, password: str | None) -> None:
        """Open the books as this person; the password is checked beside the window."""
        dialog, clock, wording = self.dialog, self._clock, Wording(self.wording.language)
        if not isinstance(dialog, SignIn):
            return

        def work(report: Report) -> Room:
            report(0)
            desk = told(
                lambda: open_desk(place, person=name, password=lambda _: password, clock=clock)
            )
            return self._room(desk, place, wording)

        self.runner.produce(
            dialog,
            work,
            done=lambda room: self.enter(room, place, name),
            refused=lambda error: dialog.refuse(
                why(error), is_wrong_password=is_wrong_password(error)
            ),
        )

    def _room(self, desk: Desk, place: str, wording: Wording) -> Room:
        """Return all that the window is given; what is read here is read beside the window."""
        people = {one.name: one for one in desk.signing_in.everybody()}
        me = people[desk.company.person]
        roles = me.roles(at=desk.clock.now_us())
        names = {str(name): one.display for name, one in people.items()}
        firm = desk.firm().get("name", "") or Path(place).stem
        return Room(desk, self.runner, wording, self.sounds, place, firm, names, roles)

    def enter(self, room: Room, place: str, person: str) -> None:
        """Show the window of these books."""
        self._remember(company=place, person=person)
        self.wording = room.wording
        self.wording.use(self._settings.language)
        window = MainWindow(room, look=(self._memory.theme, self._memory.text_percent))
        window.language_wanted.connect(self.use_language)
        window.theme_wanted.connect(self.use_theme)
        window.text_size_wanted.connect(self.use_text_size)
        window.other_books_wanted.connect(lambda: self._leave(self.ask_books))
        window.other_person_wanted.connect(lambda: self._leave(lambda: self.ask_person(place)))
        window.closed.connect(self._closed)
        self.window = window
        self._start_scanner(window)
        self._close_dialog()
        self._memory.show(window)
        room.watch.look()
        room.watch.check(Speed.RULES)

    def _leave(self, then: Callable[[], None]) -> None:
        """Close the window and ask again; what is typed and valid is stored first."""
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
        self._memory.keep("geometry", window.saveGeometry())
        self._stop_scanner()
        desk = window.room.desk
        self.runner.query(self, desk.close, done=lambda _: None)
        window.deleteLater()

    def _start_scanner(self, window: MainWindow) -> None:
        port, baud = self._settings.scanner_port, self._settings.scanner_speed_baud
        if not port:
            return
        link = ScannerLink(lambda **told: serial_scanner(port, baud=baud, **told), self)
        link.code_read.connect(lambda code: window.take_scan(code, Source.SERIAL))
        link.part_read.connect(lambda part: window.take_scan(part, Source.SERIAL, cut=True))
        link.light.connect(window.show_scanner)
        self._scanner = link
        link.start()

    def _stop_scanner(self) -> None:
        if self._scanner is not None:
            self._scanner.close()
            self._scanner.deleteLater()
            self._scanner = None

    def _typed_by_scanner(self, code: bytes) -> None:
        if self.window is not None and self.window.isVisible():
            self.window.take_scan(code, Source.WEDGE)
        else:
            self.sounds.play("refused")

    def _refused_scan(self, scan: RefusedScan) -> None:
        _log.warning("a scan was refused: %s", scan.why)
        if self.window is not None and self.window.isVisible():
            self.window.refuse_scan()
        else:
            self.sounds.play("refused")

    def _new_wording(self) -> Wording:
        """Return the words of a new window; those of one that is gone say nothing any more."""
        self.wording = Wording(self._settings.language)
        return self.wording

    def _other_language(self) -> None:
        self.use_language("en" if self.wording.language == "zh" else "zh")

    def use_language(self, language: str) -> None:
        """Say everything in another language, at once."""
        self.wording.use("en" if language == "en" else "zh")
        self._remember(language=self.wording.language)

    def use_theme(self, theme: str) -> None:
        """Look otherwise, at once; what is typed and selected stays."""
        self._memory.keep("theme", theme)
        self._use_look()

    def use_text_size(self, percent: int) -> None:
        """Write larger or smaller, at once."""
        self._memory.keep("text_percent", percent)
        self._use_look()

    def _use_look(self) -> None:
        apply(self._application, self._memory.theme, self._memory.text_percent)

    def _remember(self, **changed: object) -> None:
        self._settings = replace(self._settings, **changed)  # type: ignore[arg-type]
        try:
            write_settings(self._path, self._settings)
        except (OSError, SettingsError):
            _log.exception("the settings were not written")

    def _show(self, dialog: QDialog) -> None:
        self._close_dialog()
        self.dialog = dialog
        dialog.finished.connect(lambda _: self._dialog_left(dialog))
        dialog.show()

    def _dialog_left(self, dialog: QDialog) -> None:
        if dialog is self.dialog:
            self.dialog = None
        dialog.deleteLater()

    def _close_dialog(self) -> None:
        dialog, self.dialog = self.dialog, None
        if dialog is not None:
            dialog.hide()
            dialog.deleteLater()

    def end(self) -> None:
        """End the lanes: every change handed in is stored first."""
        self._stop_scanner()
        self.runner.stop()
        self.sounds.close()


def main(arguments: Sequence[str]) -> int:
    """Run the program until its last window is closed; return the exit code."""
    options = _options(arguments)
    with logs.logging_to(paths.log_folder()) as run_id:
        _log.info("run %s begins", run_id)
        path = paths.config_folder() / FILE_NAME
        settings = _settings(path)
        if options.language:
            settings = replace(settings, language=options.language)
        application = QApplication(sys.argv[:1])
        application.setApplicationName("erpdesk")
        application.setDesktopFileName("erpdesk")
        Tidying(application).begin()
        program = Program(application, settings, path)
        sys.excepthook = _told_to(program)
        program.begin(options.company)
        return application.exec()


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m ui", description="erpdesk，带窗口 / with a window")
    parser.add_argument(
        "--company", default="", metavar="PLACE", help="账套文件或服务器地址 / a file or an address"
    )
    parser.add_argument("--language", choices=("zh", "en"), help="语言 / language")
    return parser.parse_args(arguments)


def _settings(path: Path) -> Settings:
    """Read the settings; damaged ones are told to the log and left as they are."""
    try:
        return read_settings(path)
    except SettingsError:
        _log.exception("the settings are not used")
        return Settings()


def _told_to(
    program: Program,
) -> Callable[[type[BaseException], BaseException, TracebackType | None], None]:
    """Return what is done with a fault that nobody caught: shown with an id, and logged."""

    def hook(kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
        if not isinstance(fault, Exception):
            sys.__excepthook__(kind, fault, trace)
            return
        _log.error("nobody caught it", exc_info=fault)
        program.runner.broke.emit(Broken(_fault_id(), fault))

    return hook


def _fault_id() -> str:
    return "E-" + uuid.uuid4().hex[:8].upper()
