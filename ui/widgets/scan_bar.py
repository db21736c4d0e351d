"""What was scanned, what it was, and that every scan is stored."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QStyle, QWidget
from typing_extensions import override

from ui.look import TONE_ICONS, Ink, Tone, scaled
from ui.widgets.announcing import announce
from ui.widgets.parts import STRETCH, ElidedLabel, Icon, Label, Panel, column, row, set_property

FLASH_MS: Final = 150
_HEIGHT_PX: Final = 58
_COMPACT_PX: Final = 46
_CONTROLS: Final = [
    "NUL",
    "SOH",
    "STX",
    "ETX",
    "EOT",
    "ENQ",
    "ACK",
    "BEL",
    "BS",
    "HT",
    "LF",
    "VT",
    "FF",
    "CR",
    "SO",
    "SI",
    "DLE",
    "DC1",
    "DC2",
    "DC3",
    "DC4",
    "NAK",
    "SYN",
    "ETB",
    "CAN",
    "EM",
    "SUB",
    "ESC",
    "FS",
    "GS",
    "RS",
    "US",
]


@dataclass(frozen=True, slots=True)
class Scan:
    """The newest scan: its code as received, where from and what it is, in a tone."""

    code: str
    said: str
    tone: Tone
    icon: str = ""


@dataclass(frozen=True, slots=True)
class ScanWords:
    """What a scan bar says besides the scan."""

    field: str = "扫码或输入客户"
    scanned: str = "扫码"
    stored: str = "已存"
    pending: str = "待存"
    unequal: str = "{scanned} 扫码，{stored} 已存，{pending} 待存，差 {missing}"


def readable(code: str) -> str:
    """Return a code with what cannot be seen by name or number: ``KH0098[GS]12``, ``[U+202E]``."""
    return "".join(c if c.isprintable() else f"[{_name_of(ord(c))}]" for c in code)


def _name_of(number: int) -> str:
    return _CONTROLS[number] if number < len(_CONTROLS) else f"U+{number:04X}"


class ScanBar(Panel):
    """``entered`` carries what somebody typed and confirmed: the same as a scan of it."""

    entered = Signal(str)

    def __init__(self, words: ScanWords | None = None) -> None:
        self._icon = Icon("scan-barcode", "text2", 26)
        self._block = Panel(
            row(STRETCH, self._icon, STRETCH), ground="neutral", gap=0, margins=(0, 0, 0, 0)
        )
        self.code = QLineEdit()
        self._said = ElidedLabel("", "small", "text2")
        self._said.setIndent(2)  # as far in as the text of the field above
        self._said.hide()
        self._counts = Counts(words or ScanWords())
        middle = column(STRETCH, self.code, self._said, STRETCH, gap=0)
        super().__init__(
            row(self._block, 12, (middle, 1), 12, self._counts, gap=0),
            gap=0,
            margins=(1, 1, 14, 1),
        )
        self._height_px = _HEIGHT_PX
        self._flash = QTimer(self, singleShot=True, interval=FLASH_MS)
        self._flash.timeout.connect(self._fade)
        self._tone: Tone = "neutral"
        self._icon_name = "scan-barcode"
        self._dress()
        self.code.returnPressed.connect(lambda: self.entered.emit(self.code.text().strip()))
        self.use_words(words or ScanWords())

    def begin(self) -> None:
        """Take what is typed next, in the place of the code that was read last."""
        self.code.setFocus()
        self.code.selectAll()

    def use_words(self, words: ScanWords) -> None:
        """Say everything in these words."""
        self.code.setPlaceholderText(words.field)
        self.code.setAccessibleName(words.field)
        self._counts.use_words(words)

    def show_scan(self, scan: Scan) -> None:
        """Show the newest scan, flash its tone and say it."""
        self._tone, self._icon_name = scan.tone, scan.icon or TONE_ICONS[scan.tone]
        self.code.setText(readable(scan.code))
        self.code.selectAll()
        self._said.setText(scan.said)
        self._said.setVisible(bool(scan.said))
        self._said.set_ink(scan.tone)
        self._fade()
        if self._may_flash():
            self._block.set_ground(f"{scan.tone}-full")
            self._icon.show_icon(self._icon_name, "on_accent")
            self._flash.start()
        announce(self, scan.said, is_urgent=scan.tone not in {"ok", "info"})

    def show_counts(self, *, scanned: int, stored: int, pending: int, note: str = "") -> None:
        """Show that scanned is stored and pending; where it is not, by how much."""
        self._counts.show_counts(scanned=scanned, stored=stored, pending=pending, note=note)

    def set_compact(self, *, is_compact: bool) -> None:
        """Be lower, for a low window."""
        self._height_px = _COMPACT_PX if is_compact else _HEIGHT_PX
        self._dress()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._dress()

    def _dress(self) -> None:
        set_property(self.code, "bare", "true")
        set_property(self.code, "type", "code")
        height = scaled(self._height_px)
        self.setMinimumHeight(height)
        self._block.setFixedSize(QSize(scaled(56), height - 2))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def _fade(self) -> None:
        self._block.set_ground(self._tone)
        self._icon.show_icon(self._icon_name, self._tone)

    def _may_flash(self) -> bool:
        """Say whether the system has not asked for less motion."""
        hint = QStyle.StyleHint.SH_Widget_Animation_Duration
        return self.style().styleHint(hint, None, self) > 0


class Counts(QWidget):
    """Scanned = stored · pending; unequal is attention and gives the number."""

    def __init__(self, words: ScanWords) -> None:
        super().__init__()
        self._words = words
        self._numbers = [Label("0", "strip") for _ in range(3)]
        self._names = [Label("", "small", "text2") for _ in range(3)]
        self._equals = Label("=", "small", "text2")
        self._note = Label("", "small", "text3", align=Qt.AlignmentFlag.AlignRight)
        scanned, stored, pending = zip(self._numbers, self._names, strict=True)
        line = row(STRETCH, *scanned, self._equals, *stored, Label("·", "small"), *pending, gap=5)
        self.setLayout(column(STRETCH, line, self._note, STRETCH, gap=0))

    def use_words(self, words: ScanWords) -> None:
        """Say everything in these words."""
        self._words = words
        names = (words.scanned, words.stored, words.pending)
        for label, word in zip(self._names, names, strict=True):
            label.setText(word)

    def show_counts(self, *, scanned: int, stored: int, pending: int, note: str) -> None:
        """Show the equation, and a note under it."""
        for label, count in zip(self._numbers, (scanned, stored, pending), strict=True):
            label.setText(f"{count:,}")
        missing = scanned - stored - pending
        ink: Ink = "text" if not missing else "attention"
        self._equals.setText("=" if not missing else f"≠ {missing:+d}")
        self._equals.set_ink("text2" if not missing else "attention")
        for label in self._numbers:
            label.set_ink(ink)
        self._note.setText(note)
        self._note.setVisible(bool(note))
        said = self._words.unequal.format(
            scanned=scanned, stored=stored, pending=pending, missing=missing
        )
        self.setToolTip(said if missing else "")
        self.setAccessibleName(said)
