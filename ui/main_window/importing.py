"""Opens the import wizard, and carries out the import it asks for: stored whole, or not at all."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from erpdesk.errors import UserError
from erpdesk.services.importing.sorts import Sort, why_not_import
from ui.main_window import said
from ui.main_window.menus import Menus
from ui.main_window.room import Room
from ui.work.wording import refusal

if TYPE_CHECKING:  # loaded when something is imported
    from erpdesk.services.importing.files import DryRun, Plan
    from ui.dialogs.import_wizard import ImportWizard


class Importing(QObject):
    """One wizard at a time."""

    def __init__(self, room: Room, window: QWidget) -> None:
        super().__init__(window)
        self._room, self._window = room, window
        self._cancel: Callable[[], None] | None = None
        self.wizard: ImportWizard | None = None

    @property
    def why_not(self) -> UserError | None:
        """Return what stands against importing anything at all."""
        against = [why_not_import(sort, self._room.roles) for sort in Sort]
        return None if None in against else against[0]

    def put_into(self, menus: Menus) -> None:
        """Offer it in the menu of files; off with the reason for whoever may not import."""
        offered, why_not = menus.add("file", said.IMPORT, "Ctrl+Shift+O", self.begin), self.why_not
        if why_not is not None:
            offered.setEnabled(False)
            for setter in ("setStatusTip", "setToolTip"):
                self._room.wording.put(offered, setter, refusal(why_not))

    def begin(self, sort: Sort | None = None, paths: Sequence[str] = ()) -> None:
        """Open the wizard, with what is known already."""
        if self.wizard is not None or self.why_not is not None:
            return
        from ui.dialogs.import_wizard import Importers, ImportWizard

        room = self._room
        importers = Importers(room.desk.importing_files, room.names, room.roles)
        self.wizard = ImportWizard(importers, room.runner, room.wording, self._window)
        self.wizard.wanted.connect(self._load)
        self.wizard.stop_wanted.connect(self._stop)
        self.wizard.export_wanted.connect(self._export)
        self.wizard.finished.connect(lambda _: self._closed())
        self.wizard.choose(sort, paths)
        self.wizard.open()

    def _load(self, plan: "Plan") -> None:
        wizard, files = self.wizard, self._room.desk.importing_files
        if wizard is None:
            return
        job = self._room.runner.produce(
            wizard, lambda report: files.load(plan, report), done=wizard.show_done,
            progress=wizard.show_progress, refused=wizard.refuse,
        )  # fmt: skip
        self._cancel = job.cancel

    def _stop(self) -> None:
        if self._cancel is not None:
            self._cancel()

    def _export(self, dry: "DryRun", path: str) -> None:
        wizard, files = self.wizard, self._room.desk.importing_files
        if wizard is None:
            return
        self._room.runner.produce(
            wizard, lambda _: files.write_refused(dry, Path(path)),
            done=lambda count: wizard.show_exported(count, Path(path).name),
            refused=wizard.cannot_export,
        )  # fmt: skip

    def _closed(self) -> None:
        if self.wizard is not None:
            self.wizard.deleteLater()
        self.wizard = self._cancel = None
