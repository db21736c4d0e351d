"""The program with its window: ``python -m ui [--company PLACE]``."""

import argparse
import logging
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from erpdesk import logs, paths
from erpdesk.settings import FILE_NAME, Settings, SettingsError, read_settings, set_aside
from ui.haste import make_haste

_log = logging.getLogger("ui")


def main(arguments: Sequence[str]) -> int:
    """Run the program until its last window is closed; return the exit code."""
    options = _options(arguments)
    with logs.logging_to(paths.log_folder()) as run_id:
        path = paths.config_folder() / FILE_NAME
        settings, is_lost = settings_at(path)
        if options.language:
            settings = replace(settings, language=options.language)
        return _run(settings, path, options.company, run_id, is_lost=is_lost)


def _run(settings: Settings, path: Path, place: str, run_id: str, *, is_lost: bool) -> int:
    make_haste()
    from PySide6.QtWidgets import QApplication

    from ui.app import Program
    from ui.look import STYLED
    from ui.work.faults import telling
    from ui.work.one_heap import share_one_heap
    from ui.work.tidying import Tidying

    application = QApplication([*sys.argv[:1], *STYLED])
    application.setApplicationName("erpdesk")
    application.setDesktopFileName("erpdesk")
    program = Program(application, settings, path)
    tidying = Tidying(application, program.quiet_s)
    tidying.begin()
    program.entered.connect(tidying.keep)
    program.left.connect(tidying.let_go)
    sys.excepthook = telling(program.runner)
    program.painted.connect(lambda: _log.info("run %s begins", run_id))
    program.painted.connect(share_one_heap)
    program.settings_lost = is_lost
    program.begin(place)
    return application.exec()


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m ui", description="erpdesk，带窗口 / with a window")
    parser.add_argument(
        "--company", default="", metavar="PLACE", help="账套文件或服务器地址 / a file or an address"
    )
    parser.add_argument("--language", choices=("zh", "en"), help="语言 / language")
    return parser.parse_args(arguments)


def settings_at(path: Path) -> tuple[Settings, bool]:
    """Read the settings, and say whether they were lost: what cannot be used is set aside."""
    try:
        return read_settings(path), False
    except SettingsError:
        _log.exception("the settings are not used")
        set_aside(path)
        return Settings(), True


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
