"""The pages there are, in the order of the sidebar: one line a page."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

from erpdesk.words import Sentence
from ui.main_window.room import Room
from ui.pages import Page
from ui.pages.counting import CountingPage
from ui.pages.counting_facts import CountingParts
from ui.pages.home import HomePage
from ui.pages.home_facts import HomeParts

Group = Literal["", "count", "settle", "customers", "books", "below"]
Menu = Literal["view", "count", "settle", "tools"]

GROUPS: Final[dict[Group, Sentence]] = {
    "": Sentence("", ""),
    "count": Sentence("盘点", "Counting"),
    "settle": Sentence("结算", "Settling"),
    "customers": Sentence("往来", "Customers"),
    "books": Sentence("账套", "Books"),
    "below": Sentence("", ""),
}


@dataclass(frozen=True, slots=True)
class PageEntry:
    """One page: its name, word, icon, group in the sidebar, menu of its actions, and its making."""

    name: str
    word: Sentence
    icon: str
    group: Group
    menu: Menu
    make: Callable[[Room], Page]


def _home(room: Room) -> Page:
    desk = room.desk
    return HomePage(
        HomeParts(
            desk.approving, desk.campaigns, desk.counting, desk.verifying, desk.balances,
            desk.clock, desk.company.person, room.names, room.roles,
        ),
        room.runner, room.wording,
    )  # fmt: skip


def _counting(room: Room) -> Page:
    desk = room.desk
    parts = CountingParts(
        counting=desk.counting,
        campaigns=desk.campaigns,
        evidence=desk.evidence,
        document=desk.document,
        customer=desk.customer,
        find_customers=lambda words: desk.find_customers(words, most=20),
        person=desk.company.person,
        names=room.names,
        roles=room.roles,
    )
    return CountingPage(parts, room.runner, room.wording, room.sounds)


PAGES: Final[tuple[PageEntry, ...]] = (
    PageEntry("home", Sentence("首页", "Home"), "house", "", "view", _home),
    PageEntry("counting", Sentence("盘点", "Count"), "scan-barcode", "count", "count", _counting),
)
