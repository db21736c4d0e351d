"""Acts that the database has to refuse, each for its own reason and without effect."""

from collections.abc import Callable
from dataclasses import dataclass

import psycopg
import pytest

from tests.storage.postgres.firm import Doc, Firm, Hand, fingerprint
from tests.storage.postgres.world import World

SQLSTATES = {"G3 stale": "EDS01", "G9 item-changed": "EDS02"}


@dataclass(slots=True)
class Scene:
    """Who tries it, on what; ``doc`` is what was prepared honestly beforehand."""

    firm: Firm
    world: World
    hand: Hand
    doc: Doc


@dataclass(frozen=True, slots=True)
class Attack:
    """An act by a person, and the refusal that has to come: a guard's code, or an SQLSTATE."""

    name: str
    person: str
    act: Callable[[Scene], object]
    refusal: str
    before: Callable[[Firm, World], Doc] | None = None


def said(error: psycopg.Error) -> str:
    """Return the guard's code, or the SQLSTATE with the first line of the message."""
    message = error.diag.message_primary or str(error).splitlines()[0]
    if message.startswith("G") and message[1].isdigit():
        assert error.sqlstate == SQLSTATES.get(message, "42501"), message
        return message
    return f"{error.sqlstate} {message}"


def prove_denied(firm: Firm, world: World, attack: Attack) -> None:
    """Try it, and see that it is refused for the reason given and that nothing changed."""
    doc = attack.before(firm, world) if attack.before else world.docs["waiting"]
    then = fingerprint(firm)
    with firm.hand(attack.person) as hand:
        with pytest.raises(psycopg.Error) as refused:
            attempt(Scene(firm, world, hand, doc), attack)
        assert (words := said(refused.value)).startswith(attack.refusal), words
    assert fingerprint(firm) == then


def attempt(scene: Scene, attack: Attack) -> None:
    """Do what the attacker does, up to the commit."""
    attack.act(scene)
    scene.hand.commit()


def names(attack: Attack) -> str:
    return attack.name.replace(" ", "-")


def posting(
    content: Callable[[World], tuple[str, dict[str, object]]], *, maker: str = "alice"
) -> Callable[[Firm, World], Doc]:
    """Prepare a submitted document whose text is the attack; a second person will post it."""

    def prepare(firm: Firm, world: World) -> Doc:
        kind, text = content(world)
        return firm.made(maker, kind, text, "submit")

    return prepare


def approve_and_post(scene: Scene) -> None:
    scene.hand.does(scene.doc, "approve", "post")
