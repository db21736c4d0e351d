"""A wizard on a company without customers, and files for it."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from erpdesk.services.importing.sorts import Sort
from tests.ui.rooms import Here
from ui.dialogs.import_wizard import ImportWizard
from ui.main_window.importing import Importing

CUSTOMERS = "编码,名称,信用额度\nK1,甲公司,100\nK2,乙公司,许多\nK3,丙公司,\n合计,,\n"


def opened(importing: Importing, sort: Sort | None = None, *paths: Path) -> ImportWizard:
    importing.begin(sort, [str(path) for path in paths])
    assert importing.wizard is not None
    return importing.wizard


def written(here: Here, text: str | bytes, name: str = "客户.csv") -> Path:
    path = here.place.with_name(name)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def go_on(wizard: ImportWizard, here: Here, qtbot: QtBot, *, steps: int = 1) -> None:
    for _ in range(steps):
        wizard.go_on()
        here.settle(qtbot)


def codes(here: Here) -> list[str]:
    return [one.code for one in here.desk.find_customers("公司", most=50)]


def listed(wizard: ImportWizard) -> list[tuple[str, str]]:
    return [(one.fate, one.subject) for one in wizard.rows.model.rows]
