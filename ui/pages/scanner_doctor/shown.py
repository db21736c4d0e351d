"""A check of a scanner as the page shows it: steps, keys, profile, and what to look at."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtGui import QGuiApplication

from erpdesk.domain.codes.characters import shown
from erpdesk.domain.codes.keyboard_layouts import layout_name
from erpdesk.domain.codes.reading import Channel
from erpdesk.domain.codes.scanner_check import GOOD, Checked, Finding
from erpdesk.domain.codes.scanner_session import (
    DEVICE,
    ENDING,
    LAYOUT,
    PREFIX,
    SPEED,
    STEPS,
    Session,
)
from erpdesk.words import Sentence
from ui.look import Ink, Tone
from ui.pages.scanner_doctor import words as w
from ui.pages.scanner_doctor.findings import FOUND
from ui.pages.scanner_doctor.panels import KeyRow
from ui.pages.scanner_doctor.parts import Step
from ui.work.key_run import RawKey
from ui.work.scanner_profile import SerialPort
from ui.work.wording import Wording

_PLAIN: Final = frozenset({Finding.FITS, Finding.MARKED})


def device_of(session: Session) -> Sentence:
    """Return which kind of scanner sends."""
    if not session.channels:
        return w.UNKNOWN_GUN
    return w.LINE if Channel.SERIAL in session.channels else w.KEYBOARD


def steps_of(session: Session, wording: Wording) -> list[Step]:
    """Return every step as it stands."""
    return [_step(n, session, wording) for n in range(STEPS)]


def _step(n: int, session: Session, wording: Wording) -> Step:
    say, result = wording.say, session.results[n]
    name = f"{n + 1} {say(w.STEPS[n])}"
    if result is None:
        if n == session.step:
            return Step(name, say(w.ABOUT[n]), "circle-dot", "accent")
        return Step(name, say(w.ABOUT[n]), "circle-dashed", "text3")
    said = _short(n, result, session, wording)
    if result.finding in GOOD:
        return Step(name, said, "circle-check", "ok")
    return Step(name, said, "triangle-alert", "attention")


def _short(n: int, result: Checked, session: Session, wording: Wording) -> str:
    """Return what came of a step in a few words."""
    say = wording.say
    if result.finding not in GOOD and result.different:
        return say(w.IS_WRONG, n=result.different)
    if result.finding not in _PLAIN:
        return say(FOUND[result.finding][1], layout="", mark="")
    if n == SPEED and session.gaps:
        return say(w.PACE, median=session.pace.median, longest=session.pace.longest)
    said: dict[int, str] = {
        DEVICE: say(device_of(session)),
        PREFIX: say(w.MARK_ON if result.mark else w.MARK_OFF, mark=result.mark),
        ENDING: _endings(session, wording),
    }
    return said.get(n) or say(w.DONE)


def _endings(session: Session, wording: Wording) -> str:
    return "、".join(wording.say(w.ENDS[one]) for one in w.ENDS if one in session.endings)


def keys_of(session: Session, run: Sequence[RawKey]) -> list[KeyRow]:
    """Return the keys of the newest code; where another character was printed it is marked."""
    found = session.last
    pairs = found.pairs if found is not None else ()
    is_whole = len(run) in {len(pairs), len(pairs) + 1}
    wrong = {n for n, pair in enumerate(pairs) if is_whole and not pair.is_same}
    return [
        KeyRow(
            n,
            f"{(key.at_ms - run[0].at_ms) / 1000:.3f}",
            shown(key.text) or "—",
            str(key.at_ms - run[n - 1].at_ms if n else 0),
            f"0x{key.scan_code:02X}",
            n in wrong,
        )
        for n, key in enumerate(run)
    ]


def profile_of(session: Session, wording: Wording) -> list[tuple[str, str, Ink]]:
    """Return the profile as far as it is known: name, value, ink."""
    say, learnt = wording.say, session.learnt
    to_test: tuple[str, Ink] = (say(w.TO_TEST), "text3")
    line, layout, ending = to_test, to_test, to_test
    if learnt.gap_ms is not None:
        line = (f"{learnt.gap_ms} ms", "text")
    if learnt.layout is not None:
        layout = (layout_name(learnt.layout) or say(w.AS_SENT), "text")
    elif session.results[LAYOUT] is not None:
        layout = (say(w.TO_DECIDE), "attention")
    if learnt.endings:
        ending = (_endings(session, wording), "text")
    return [
        (say(w.PROFILE_LINE), *line),
        (say(w.PROFILE_LENGTH), str(learnt.length_min), "text"),
        (say(w.PROFILE_LAYOUT), *layout),
        (say(w.PROFILE_ENDING), *ending),
    ]


def checks_of(
    wording: Wording, ports: Sequence[SerialPort], *, is_in_front: bool, has_keys: bool
) -> list[tuple[Tone, str, str]]:
    """Return what to look at when nothing arrives: focus, input method, cable, rights."""
    say = wording.say
    language = QGuiApplication.inputMethod().locale().language()
    is_chinese = language is language.Chinese
    shut = [one.path for one in ports if not one.may_open]
    named = "、".join((shut or [one.path for one in ports])[:2])
    cable = w.CABLE_KEYS if has_keys else w.CABLE_PORTS if ports else w.CABLE_NONE
    rights = w.RIGHTS_NO if shut else w.RIGHTS_YES if ports else w.RIGHTS_NONE
    lines = (
        (w.CHECK_FOCUS, is_in_front, w.FOCUS_YES if is_in_front else w.FOCUS_NO),
        (w.CHECK_IME, not is_chinese, w.IME_CHINESE if is_chinese else w.IME_PLAIN),
        (w.CHECK_CABLE, cable is not w.CABLE_NONE, cable),
        (w.CHECK_RIGHTS, not shut, rights),
    )
    return [
        ("ok" if is_well else "attention", say(name), say(value, ports=named))
        for name, is_well, value in lines
    ]
