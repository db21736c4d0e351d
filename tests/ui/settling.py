"""The small firm of the services' tests, at its desks, for the pages that settle."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QTextEdit,
    QWidget,
)

from erpdesk.services.approving import Shown
from erpdesk.services.looking import Looking
from erpdesk.storage.documents import Document
from tests.services.builders import CUSTOMERS, Office, make_company
from ui.widgets.button import Button
from ui.work.runner import Runner

NAMES = {"maker": "陈静", "chief": "林涛"}


@contextmanager
def open_office(factory: pytest.TempPathFactory, folder: Path) -> Iterator[Office]:
    """Open a copy of a firm that is made once a run."""
    template = factory.getbasetemp() / "settling-firm.db"
    if not template.exists():
        _make(template, factory.mktemp("settling"))
    place = folder / "firm.db"
    shutil.copy(template, place)
    with closing(Office(str(place), folder)) as office:
        yield office
        drop_parts()


def drop_parts() -> None:
    """Destroy what a test left to be deleted later: a change of look would dress it again."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def _make(place: Path, folder: Path) -> None:
    make_company(str(place))
    office = Office(str(place), folder)
    office.add_customers(*CUSTOMERS)
    office.close()


def looking(office: Office, name: str) -> Looking:
    return Looking(office.desk(name).company, office.clock)


def shown_to(office: Office, name: str, document: Document) -> Shown:
    return office.desk(name).approving.show(document.id)


def until_idle(runner: Runner) -> Callable[[], bool]:
    return lambda: runner.is_idle


def silent_controls(part: QWidget) -> list[str]:
    """Return whatever could be pressed, typed into or chosen from, is off, and does not say why."""
    return [
        f"{type(one).__name__} {one.accessibleName()}"
        for kind in (QAbstractButton, QLineEdit, QComboBox, QTextEdit, QAbstractSpinBox)
        for one in part.findChildren(kind)
        if one.testAttribute(Qt.WidgetAttribute.WA_ForceDisabled)
        and one.isVisibleTo(part)
        and not (one.toolTip() or one.accessibleDescription())
    ]


def silent_buttons(part: QWidget) -> list[str]:
    """Return the buttons that are off and do not say why."""
    return [
        button.text()
        for button in part.findChildren(Button)
        if not button.isEnabled() and button.isVisibleTo(part) and not button.why_not
    ]
