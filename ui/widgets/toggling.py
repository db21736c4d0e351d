"""A button that stays down is pressed too when a screen reader toggles it."""

from typing import TYPE_CHECKING

from typing_extensions import override

if TYPE_CHECKING:
    from PySide6.QtWidgets import QAbstractButton as _Button
else:  # beside the toolkit's class, which brings all that is called here
    _Button = object


class Toggling(_Button):
    """Tells ``clicked`` when it was turned on or off by neither a hand nor the program.

    The toolkit lets a screen reader toggle what stays down, and tells of no click then. A class
    that is one calls ``hear_toggles`` when it is made.
    """

    _is_told = False

    def hear_toggles(self) -> None:
        """Hear from now on."""
        self.toggled.connect(self._heard)

    @override
    def setChecked(self, is_on: bool) -> None:
        self._is_told = True
        super().setChecked(is_on)
        self._is_told = False

    @override
    def nextCheckState(self) -> None:
        self._is_told = True
        super().nextCheckState()
        self._is_told = False

    def _heard(self, is_on: bool) -> None:  # noqa: FBT001 - a signal's
        group = self.group()
        goes_for_another = not is_on and bool(group) and group.exclusive()
        if not self._is_told and not goes_for_another:
            self.clicked[bool].emit(is_on)  # type: ignore[index] # the one that says it
