"""What this computer's person chose: one place, kept in the settings file, told when it changes."""

import logging
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from erpdesk import paths
from erpdesk.settings import Settings, SettingsError, write_settings

_log = logging.getLogger(__name__)


class Preferences(QObject):
    """Holds the settings of now; ``changed`` carries the name of one that is another now.

    Without a path they are kept until the program ends.
    """

    changed = Signal(str)

    def __init__(
        self, settings: Settings | None = None, path: Path | None = None,
        parent: QObject | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.settings, self.path = settings or Settings(), path

    @property
    def backup_folder(self) -> Path:
        """Return where backups go: the folder that was chosen, else one among the data."""
        chosen = self.settings.backup_folder
        return Path(chosen) if chosen else paths.data_folder() / "backups"

    def keep(self, **chosen: object) -> None:
        """Keep what was chosen; what cannot be written still holds until the program ends."""
        before, self.settings = self.settings, replace(self.settings, **chosen)  # type: ignore[arg-type]
        if before == self.settings:
            return
        self._write()
        for name in chosen:
            if getattr(before, name) != getattr(self.settings, name):
                self.changed.emit(name)

    def _write(self) -> None:
        if self.path is None:
            return
        try:
            write_settings(self.path, self.settings)
        except (OSError, SettingsError):
            _log.exception("the settings were not written")
