"""One application for the window's tests, in the theme and size that a test asks for."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from ui.look import apply
from ui.work.runner import Runner


@pytest.fixture
def app(qapp: QApplication) -> Iterator[QApplication]:
    """The application in the light theme; what a test changes is put back."""
    apply(qapp, "light")
    yield qapp
    apply(qapp, "light")


@pytest.fixture
def runner(qapp: QApplication) -> Iterator[Runner]:
    """The lanes, ended when the test is over."""
    made = Runner()
    yield made
    made.stop()
    made.deleteLater()
