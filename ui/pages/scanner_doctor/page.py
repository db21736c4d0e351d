"""The scanner doctor 扫码枪体检: what a scanner really sends, and the profile that follows."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QWidget
from typing_extensions import override

from erpdesk.domain.codes.reading import Channel
from erpdesk.domain.codes.scanner_check import GOOD, Remedy
from erpdesk.domain.codes.scanner_session import (
    INPUT_METHOD,
    SLOWEST_MS,
    SOUND,
    STEPS,
    Arrived,
    Ending,
    Session,
    is_slow_run,
    last_run,
)
from erpdesk.domain.stocktake.counting import Source
from erpdesk.words import Language
from ui.pages import Page
from ui.pages.scanner_doctor import words as w
from ui.pages.scanner_doctor.findings import HOW
from ui.pages.scanner_doctor.panels import DevicePanel, FindingPanel, RawPanel
from ui.pages.scanner_doctor.shown import checks_of, device_of, keys_of, profile_of, steps_of
from ui.widgets.button import Button
from ui.widgets.code_view import CodeView
from ui.widgets.columns import Columns
from ui.widgets.gap_histogram import GapHistogram
from ui.widgets.parts import STRETCH, ElidedLabel, Label, Panel, column, row
from ui.work.key_run import DeviceProfile, RawKey
from ui.work.paper_opener import PaperOpener
from ui.work.runner import Report, Runner
from ui.work.scanner_profile import ScannerProfile
from ui.work.sounds import SOUNDS, Sound, Sounds
from ui.work.wording import Wording, literal

NOTHING_AFTER_MS: Final = 15_000
SOUND_EVERY_MS: Final = 700
_KEYS_MAX: Final = 400
_ENDINGS: Final[dict[str, Ending]] = {"\r": "enter", "\n": "enter", "\t": "tab"}


@dataclass(frozen=True, slots=True)
class DoctorParts:
    """What the page stands on: the scanner of this computer, the card as a PDF, the sounds."""

    scanner: ScannerProfile
    card: Callable[[Language], bytes]
    sounds: Sounds


class ScannerDoctor(Page):
    """Seven test codes; every scan while the page is shown goes to the test and nowhere else."""

    def __init__(self, parts: DoctorParts, runner: Runner, wording: Wording) -> None:
        super().__init__(wording, w.TITLE)
        self._parts, self._runner = parts, runner
        self.session = Session()
        self._keys: list[RawKey] = []
        self._run: tuple[RawKey, ...] = ()
        self._papers = PaperOpener()
        self._silence = QTimer(self, singleShot=True, interval=NOTHING_AFTER_MS)
        self._playing = QTimer(self, interval=SOUND_EVERY_MS)
        self._to_play: list[Sound] = []
        self._shows_checks, self._slow_at_ms = False, -SLOWEST_MS - 1
        self._make_parts()
        self._lay_out()
        self._connect()
        self._show()

    def _make_parts(self) -> None:
        put = self.wording.put
        self.device = DevicePanel(self.wording, STEPS)
        self.raw = RawPanel(self.wording)
        self.finding = FindingPanel(self.wording)
        self.code = CodeView()
        put(self.code, "setAccessibleName", w.AIM)
        self._aim, self._of_all = Label("", "section"), Label("", "small", "text2")
        self._newest = ElidedLabel("", "small", "text2")
        self.histogram = GapHistogram("")
        put(self.histogram, "setAccessibleName", w.GAPS_NAME)
        self._gaps, self._pace = Label("", "section"), Label("", "small", "text2")
        self.other, self.out = Button("", icon="refresh-cw"), Button("", key="Esc")
        self.silent = Button("", "quiet", key="F5", height_px=26)
        for button, word in (
            (self.other, w.OTHER_GUN), (self.out, w.LEAVE), (self.silent, w.NOTHING),
        ):  # fmt: skip
            put(button, "setText", word)

    def _lay_out(self) -> None:
        about = ElidedLabel("", "small", "text2")
        self.wording.put(about, "setText", w.HEAD)
        test = Panel(
            row(self._aim, STRETCH, self.silent, self._of_all), (self.code, 1), gap=8,
            margins=(14, 8, 14, 10),
        )  # fmt: skip
        gaps = Panel(row(self._gaps, STRETCH, self._pace), (self.histogram, 1), gap=4)
        middle = column((test, 5), (self.finding, 0), (gaps, 4), gap=10)
        tested = Columns((self.device, 0), (middle, 1), least_px=0)
        self.build(
            (Columns((tested, 1), (self.raw, 0)), 1),
            facts=(about,), buttons=(self.other, self.out),
        )  # fmt: skip

    def _connect(self) -> None:
        scanner, take = self._parts.scanner, self.finding.take
        scanner.key_seen.connect(self._key)
        self.code.composed.connect(self._composed)
        self.finding.chosen.connect(self._mend)
        self.device.steps.chosen.connect(lambda n: self._use(self.session.going_to(n)))
        self.device.line_chosen.connect(self._use_line)
        self._silence.timeout.connect(self._nothing_came)
        self._playing.timeout.connect(self._play_next)
        self.wording.when_switched(self._show)
        for button, word, key, act in (
            (self.device.card, w.CARD, "Ctrl+P", self.print_card),
            (self.raw.copy_button, w.COPY, "Ctrl+C", self._copy),
            (self.raw.keep, w.KEEP, "Ctrl+S", self.keep),
            (self.silent, w.NOTHING, "F5", self._nothing_came),
            (self.other, w.OTHER_GUN, "Ctrl+N", self._begin_again),
        ):
            button.clicked.connect(act)
            self.action(word, key, button.click)
        self.action(w.FIRST, "F8", lambda: take(0))
        self.action(w.SECOND, "F7", lambda: take(1))
        self.out.clicked.connect(self.finished)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._parts.scanner.learn(is_learning=True)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():
            self._silence.stop()
            self._playing.stop()
            self._parts.scanner.learn(is_learning=False)

    @override
    def entered(self) -> None:
        self._show_ports()
        if self.session.last is None:
            self._silence.start()
        self.code.setFocus()

    @override
    def panes(self) -> tuple[QWidget, ...]:
        return (self.device, self.code, self.finding, self.raw)

    @override
    def scan(self, raw: bytes, source: Source, *, cut: bool = False) -> bool:
        """Take whatever comes: nothing is stored."""
        text = raw.decode("utf-8", "replace")
        if source is Source.SERIAL:
            self._run = ()
            self._arrived(Arrived(text, Channel.SERIAL))
            return True
        self._run = self._newest_keys() if source is Source.WEDGE else ()
        ending = _ENDINGS.get(self._run[-1].text, "none") if self._run else "none"
        times = tuple(key.at_ms for key in self._run)
        self._keys.clear()
        self._arrived(Arrived(text, Channel.WEDGE, times, ending))
        return True

    def _newest_keys(self) -> tuple[RawKey, ...]:
        count = last_run([key.at_ms for key in self._keys])
        keys = self._keys[-count:] if count else []
        while keys and keys[0].text in _ENDINGS:
            keys = keys[1:]  # the rest of the terminator before
        return tuple(keys)

    def _key(self, key: RawKey) -> None:
        if not self.isVisible():
            return
        self._keys.append(key)
        del self._keys[:-_KEYS_MAX]
        is_rest = 0 <= key.at_ms - self._slow_at_ms <= SLOWEST_MS
        if is_rest or is_slow_run([one.at_ms for one in self._keys if one.text > " "]):
            self._slow_at_ms = key.at_ms
            if not is_rest:
                self._slow()

    def _slow(self) -> None:
        """Say of keys that they came too slowly to be a code."""
        self._run = tuple(self._keys)
        text = "".join(key.text for key in self._keys if key.text > " ")
        times = tuple(key.at_ms for key in self._keys)
        self._keys.clear()
        self._arrived(Arrived(text, Channel.WEDGE, times, slow=True))

    def _composed(self, text: str) -> None:
        self._run = ()
        self._arrived(Arrived(text, Channel.WEDGE, composed=True))

    def _arrived(self, arrived: Arrived) -> None:
        self._silence.stop()
        self._use(self.session.after(arrived))
        found = self.session.last
        is_good = found is not None and found.finding in GOOD
        if is_good and self.session.last_step == SOUND:
            self._play_all()
        else:
            self._parts.sounds.play("ok" if is_good else "unexpected")
        if self.session.is_mixed:
            self.notify("attention", w.MIXED)

    def _use(self, session: Session) -> None:
        self.session, self._shows_checks = session, False
        self._show()

    def _begin_again(self) -> None:
        self._keys.clear()
        self._run = ()
        self.solved()
        self._use(Session())
        self.entered()

    def _mend(self, remedy: Remedy) -> None:
        """Do what mends it, or say how it is done at the scanner."""
        if remedy is Remedy.CONVERT:
            self._use(self.session.converting())
        elif remedy is Remedy.GO_ON:
            self._use(self.session.going_on())
        else:
            self.finding.say_how(self.wording.say(HOW[remedy]))
            if remedy is Remedy.SERIAL:
                self.device.port.setFocus()

    def keep(self) -> None:
        """Judge the scanner that types by what was learnt, from now on."""
        learnt = self.session.learnt
        if learnt.gap_ms is None:
            return
        before = self._parts.scanner.profile
        self._parts.scanner.keep(
            DeviceProfile(
                gap_ms=learnt.gap_ms,
                suffixes=learnt.endings or before.suffixes,
                length_min=learnt.length_min,
                layout=before.layout if learnt.layout is None else learnt.layout,
            )
        )
        self.notify("ok", w.KEPT)

    def print_card(self) -> None:
        """Draw the test card and show it, to be printed."""
        card, language, papers = self._parts.card, self.wording.language, self._papers

        def work(report: Report) -> Path:
            report(0)
            return papers.keep("erpdesk-scanner-card.pdf", card(language))

        self._runner.produce(self, work, done=self._show_card)

    def _show_card(self, kept: Path) -> None:
        path = self._papers.show(kept)
        if path is not None:
            self.notify("attention", w.CARD, literal(self.wording.say(w.CARD_AT, path=path)))

    def _copy(self) -> None:
        self.raw.copy()
        self.notify("ok", w.COPIED)

    def _use_line(self, port: str, baud: int) -> None:
        self._parts.scanner.keep_line(port, baud)
        self._show_ports()

    def _play_all(self) -> None:
        self._to_play = list(SOUNDS)
        self._play_next()
        self._playing.start()

    def _play_next(self) -> None:
        if self._to_play:
            self._parts.sounds.play(self._to_play.pop(0))
        if not self._to_play:
            self._playing.stop()

    def _nothing_came(self) -> None:
        self._shows_checks = True
        self._show()

    def _show_ports(self) -> None:
        settings = self._parts.scanner.preferences.settings
        self.device.show_ports(
            self._parts.scanner.ports(), settings.scanner_port, settings.scanner_speed_baud
        )

    def _show(self) -> None:
        """Show where the check stands."""
        session, put = self.session, self.wording.put
        self.code.show_code(session.printed)
        self.code.offer_input_method(is_on=session.step == INPUT_METHOD)
        put(self._aim, "setText", w.IN_CHINESE if session.step == INPUT_METHOD else w.AIM)
        put(self._of_all, "setText", w.OF_ALL, n=session.step + 1, all=STEPS)
        self._show_device()
        self._show_finding()
        self._show_pace()
        self.raw.model.use_language(self.wording.language)
        self.raw.model.show(keys_of(session, self._run))
        self.raw.show_facts(profile_of(session, self.wording))
        is_known = session.learnt.gap_ms is not None
        put(self.raw.keep, "forbid", w.S("", "") if is_known else w.NOT_KEYED)

    def _show_device(self) -> None:
        session = self.session
        self.device.show_device(device_of(session))
        self.device.steps.show_steps(steps_of(session, self.wording), session.step)

    def _show_finding(self) -> None:
        session = self.session
        if self._shows_checks:
            self.finding.show_checks(
                checks_of(
                    self.wording,
                    self._parts.scanner.ports(),
                    is_in_front=QApplication.activeWindow() is self.window(),
                    has_keys=bool(self._keys or self._run),
                )
            )
        elif session.last is None:
            self.finding.show_waiting()
        elif session.is_done:
            self.finding.show_done(session.last)
        else:
            self.finding.show_found(session.last, longest=session.pace.longest)

    def _show_pace(self) -> None:
        say, put, pace = self.wording.say, self.wording.put, self.session.pace
        put(self._gaps, "setText", w.GAPS, n=len(pace.gaps))
        said = w.GAPS_SAY if pace.gaps else w.S("", "")
        put(self._pace, "setText", said, median=pace.median, longest=pace.longest)
        line = pace.line if pace.gaps else 0
        self.histogram.show_gaps(pace.gaps, line, (say(w.LINE_AT, ms=line), say(w.FINGERS)))
