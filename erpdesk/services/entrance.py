"""The door of the books: what is known before anybody has signed in, and quickly."""

from typing import TypeAlias

from erpdesk.storage import door, versions

Entrant: TypeAlias = door.Entrant
OlderBooks: TypeAlias = versions.OlderCompanyError


def entrants(place: str) -> tuple[Entrant, ...] | None:
    """Return who may sign in; None where only opening the books can say, or why they cannot be.

    Nobody is named by a server before signing in.
    """
    return () if door.is_url(place) else door.entrants(place)
