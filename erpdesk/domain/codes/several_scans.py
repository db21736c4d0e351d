"""Several scans in one raw input: each keeps its reading, and one reading stands for all."""

from erpdesk.domain.codes.reading import NO_SCAN, Action, Kind, Reading
from erpdesk.domain.codes.scan_reasons import Why


def together(readings: tuple[Reading, ...]) -> Reading:
    """Return the reading of all scans; one bad one does not take the others with it."""
    if not readings:
        return NO_SCAN
    if len(readings) == 1:
        return readings[0]
    taken = [one.value for one in readings if one.value is not None]
    proposed = [one.propose for one in readings if one.propose is not None]
    kinds = {one.kind for one in readings}
    why, facts = _why_together(readings)
    return Reading(
        _action_together(readings, why),
        kinds.pop() if len(kinds) == 1 else Kind.SEVERAL,
        " ".join(dict.fromkeys(taken)) or None,
        why,
        facts,
        propose=None if taken else " ".join(dict.fromkeys(proposed)) or None,
        scans=sum(one.scans for one in readings),
        codes=readings,
    )


def _why_together(readings: tuple[Reading, ...]) -> tuple[Why, tuple[tuple[str, str], ...]]:
    count, lost = len(readings), sum(not one.is_taken for one in readings)
    facts = (("value", str(count)), ("rest", str(lost)))
    if lost:
        return Why.SEVERAL_MIXED, facts
    if len({one.value for one in readings}) == 1:
        return Why.SEVERAL_SAME, facts
    return Why.SEVERAL, facts


def _action_together(readings: tuple[Reading, ...], why: Why) -> Action:
    actions = {one.action for one in readings}
    if actions == {Action.ACCEPT} and why is Why.SEVERAL:
        return Action.ACCEPT
    if any(one.is_taken for one in readings):
        return Action.NOTE
    return Action.ASK if Action.ASK in actions else Action.REFUSE
