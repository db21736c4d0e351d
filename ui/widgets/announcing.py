"""What a screen reader says at once, without the focus moving."""

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget


def announce(part: QWidget, sentence: str, *, is_urgent: bool = False) -> None:
    """Say one sentence, result first; an urgent one interrupts."""
    event = QAccessibleAnnouncementEvent(part, sentence)
    politeness = QAccessible.AnnouncementPoliteness
    event.setPoliteness(politeness.Assertive if is_urgent else politeness.Polite)
    QAccessible.updateAccessibility(event)
