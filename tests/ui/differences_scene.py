"""A campaign in review, in which three customers differ, and the page that shows it."""

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from erpdesk.domain.stocktake.variance import Cause
from erpdesk.services.stocktake.reviewing import Said
from erpdesk.storage.documents import Document
from tests.services.builders import Office, yuan
from tests.ui.settling import NAMES, drop_parts, looking, open_office, until_idle
from ui.pages.differences.facts import DifferencesParts
from ui.pages.differences.page import DifferencesPage
from ui.work.runner import Runner
from ui.work.wording import Wording

WHY = "数抄错了一位"


@dataclass
class Scene:
    """A firm in whose campaign three customers differ: one more, one less, one in silence."""

    office: Office
    campaign: Document

    def look(self) -> Document:
        return self.office.look(self.campaign)

    def key(self, code: str) -> tuple[str, str]:
        return self.office.customer(code).id, "CNY"


@contextmanager
def open_scene(factory: pytest.TempPathFactory, folder: Path) -> Iterator[Scene]:
    """Open a copy of a firm that is counted once a run."""
    template = factory.getbasetemp() / "differences-firm.db"
    if not template.exists():
        _count(factory, factory.mktemp("differences"), template)
    place = folder / "firm.db"
    shutil.copy(template, place)
    with closing(Office(str(place), folder)) as office:
        [campaign] = office.desk("maker").reviewing.campaigns()
        yield Scene(office, office.desk("maker").document(campaign.id))
        drop_parts()


def _count(factory: pytest.TempPathFactory, folder: Path, template: Path) -> None:
    with open_office(factory, folder) as office:
        office.posted("服务1", "113.00")
        office.delivered(("SH7", "K2", "30.00"))
        campaign = office.campaign("K1", "K2", "K3")
        office.state(campaign, "K1", "100.00")
        office.state(campaign, "K2", "30.00")
        office.state(campaign, "K3", None, "name")
        office.desk("chief").campaigns.review(office.look(campaign))
    shutil.copy(folder / "firm.db", template)


def page_of(
    qtbot: QtBot, runner: Runner, scene: Scene, by: str = "maker", language: str = "zh"
) -> DifferencesPage:
    office, desk = scene.office, scene.office.desk(by)
    now = office.clock.now_us()
    parts = DifferencesParts(
        desk.reviewing, desk.reviewing_children, desk.exporting, desk.reporting, desk.evidence,
        looking(office, by), desk.document, lambda: (("maker", "陈静"), ("helper", "helper")),
        NAMES, next(one.roles(at=now) for one in desk.signing_in.everybody() if one.name == by),
    )  # fmt: skip
    page = DifferencesPage(parts, runner, Wording("en" if language == "en" else "zh"))
    qtbot.addWidget(page)
    runner.changed.connect(page.look_again)
    page.resize(1202, 670)
    page.show()
    page.entered()
    qtbot.waitUntil(until_idle(runner))
    return page


def go_to(qtbot: QtBot, runner: Runner, page: DifferencesPage, name: str) -> None:
    place = next(n for n, one in enumerate(page.model.rows) if one.name == name)
    page.table.table.go_to(place)
    qtbot.waitUntil(until_idle(runner))


def choose(page: DifferencesPage, cause: str, treatment: str, *, part: int = 0) -> None:
    editor = page.side.editor.editors[part]
    editor.cause.setCurrentIndex(editor.cause.findData(cause))
    editor.cause.activated.emit(editor.cause.currentIndex())
    editor.treatment.setCurrentIndex(editor.treatment.findData(treatment))
    editor.treatment.activated.emit(editor.treatment.currentIndex())


def press(qtbot: QtBot, runner: Runner, button: object) -> None:
    button.click()  # type: ignore[attr-defined]
    qtbot.waitUntil(until_idle(runner))


def outcomes(page: DifferencesPage) -> dict[str, str]:
    return {one.name: one.standing.value for one in page.model.rows}


def explained(scene: Scene) -> None:
    """Say why every line differs."""
    words = (
        ("K1", Cause("timing", yuan("-13"), action="carry")),
        ("K2", Cause("not_booked", yuan("30"), action="voucher")),
        ("K3", Cause("unanswered", yuan("0"), action="later")),
    )
    reviewing = scene.office.desk("maker").reviewing
    rows = reviewing.rows(scene.look(), [scene.key(code) for code, _ in words])
    said = tuple(Said(row, (part,)) for row, (_, part) in zip(rows, words, strict=True))
    reviewing.say(scene.look(), said)
