"""What every page of the window may be given: the desk, the lanes, the words, who is here."""

from collections.abc import Mapping
from dataclasses import dataclass

from erpdesk.bootstrap import Desk
from erpdesk.domain.people import Role
from ui.work.runner import Runner
from ui.work.sounds import Sounds
from ui.work.wording import Wording


@dataclass(frozen=True)
class Room:
    """One company opened by one person, and what works beside the window.

    ``names`` are the names people see, by login.
    """

    desk: Desk
    runner: Runner
    wording: Wording
    sounds: Sounds
    place: str
    firm: str
    names: Mapping[str, str]
    roles: frozenset[Role]

    @property
    def person(self) -> str:
        """Return the name people see of who is here."""
        login = self.desk.company.person
        return self.names.get(login, login)
