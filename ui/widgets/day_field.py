"""A field for a day, as people write days: 1125, 11-25, 20261125, 2026-11-25, +30."""

import re
from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from ui.look import scaled
from ui.widgets.parts import set_property

_WHOLE: Final = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})")
_SHORT: Final = re.compile(r"(\d{1,2})-(\d{1,2})|(\d{2})(\d{2})")


class DayField(QLineEdit):
    """``changed`` comes with every change; what is no day is marked and has no value."""

    changed = Signal()

    def __init__(self, today: date) -> None:
        super().__init__()
        self._today = today
        self.setMinimumHeight(30)
        self.setMinimumWidth(scaled(104))
        self.setMaxLength(12)
        self.textChanged.connect(lambda _: self._judge())
        self.editingFinished.connect(self._write_out)

    @property
    def day(self) -> date | None:
        """Return the day that is written; None for an empty field and for what is no day."""
        return day_of(self.text(), self._today)

    @property
    def is_wrong(self) -> bool:
        """Say whether something is written that is no day."""
        return bool(self.text().strip()) and self.day is None

    def put_day(self, day: date | None) -> None:
        """Write a day, or nothing."""
        self.setText(day.isoformat() if day else "")

    def _judge(self) -> None:
        set_property(self, "wrong", "true" if self.is_wrong else "false")
        self.changed.emit()

    def _write_out(self) -> None:
        if self.day is not None and self.text() != self.day.isoformat():
            self.put_day(self.day)


def day_of(text: str, today: date) -> date | None:
    """Return the day somebody wrote, None for what is none; without a year it is this year."""
    said = text.strip().translate(str.maketrans("０１２３４５６７８９／/.", "0123456789---"))
    if said == "今天":
        return today
    if re.fullmatch(r"\+\d{1,4}", said):
        return today + timedelta(days=int(said))
    whole, short = _WHOLE.fullmatch(said), _SHORT.fullmatch(said)
    try:
        if whole:
            return date(*(int(part) for part in whole.groups()))
        if short:
            month, day = (int(part) for part in short.groups() if part is not None)
            return date(today.year, month, day)
    except ValueError:
        return None
    return None
