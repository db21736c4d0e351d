"""Kinds of documents: what a text may carry, which steps are legal, and who may take them.

Everything here is data that a new company's database receives; a further kind is a further row
(domain.md 2, storage.md 3). The database judges each step by these rows.
"""

from dataclasses import dataclass

OFFICE = ("supervisor", "director")
FOLLOWERS = "collector accountant supervisor"
NEVER = ""
"""The number verb of a kind that is never numbered."""
NOBODY = ""
"""The deciders of what stands as it was written down: what is written later counts."""


@dataclass(frozen=True, slots=True)
class Transition:
    """One legal step: from a state by a verb, for a role, to a state.

    ``four_eyes``: not by whoever worked on it. ``limited``: within the person's limits.
    ``reason``: at least five visible characters. ``decides``: posting may follow directly.
    """

    kind: str
    from_state: str
    verb: str
    role: str
    to_state: str
    four_eyes: bool = False
    limited: bool = False
    reason: bool = False
    decides: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of document: its mark in numbers, the verb that numbers it, its sections and steps."""

    name: str
    mark: str
    number_verb: str
    sections: tuple[str, ...]
    transitions: tuple[Transition, ...]
    monthly: bool = True


def _drafting(kind: str, makers: str) -> list[Transition]:
    rows = [("none", "draft", "draft"), ("draft", "edit", "draft"), ("rejected", "edit", "draft")]
    rows += [("draft", "submit", "submitted"), ("submitted", "withdraw", "draft")]
    made = [
        Transition(kind, start, verb, role, end)
        for start, verb, end in rows
        for role in makers.split()
    ]
    voiders = dict.fromkeys([*makers.split(), "supervisor"])
    return made + [
        Transition(kind, start, "void", role, "voided", reason=True)
        for start in ("draft", "rejected")
        for role in voiders
    ]


def _deciding(
    kind: str, deciders: tuple[str, ...] = OFFICE, *, limited: bool = True
) -> list[Transition]:
    rows = []
    for role in deciders:
        rows.append(Transition(kind, "submitted", "endorse", role, "in_review", four_eyes=True))
        rows.append(
            Transition(kind, "approved", "reject", role, "rejected", four_eyes=True, reason=True)
        )
        rows.append(Transition(kind, "approved", "post", role, "posted"))
        for start in ("submitted", "in_review"):
            rows += [
                Transition(
                    kind,
                    start,
                    "approve",
                    role,
                    "approved",
                    four_eyes=True,
                    limited=limited,
                    decides=True,
                ),
                Transition(kind, start, "reject", role, "rejected", four_eyes=True, reason=True),
                Transition(kind, start, "return", role, "draft", four_eyes=True, reason=True),
            ]
    return rows


def _alone(kind: str, verb: str, roles: str) -> list[Transition]:
    """What one person decides alone (storage.md 5.5): submitted, decided, posted at once."""
    return [
        row
        for role in roles.split()
        for row in (
            Transition(kind, "submitted", verb, role, "approved", decides=True),
            Transition(kind, "approved", "post", role, "posted"),
        )
    ]


def _campaign() -> list[Transition]:
    kind, chief = "campaign", "supervisor"
    plain = [
        ("none", "draft", "draft"), ("draft", "edit", "draft"), ("draft", "ready", "counting"),
        ("counting", "recount", "recount"), ("counting", "review", "review"),
        ("recount", "review", "review"), ("review", "edit", "review"),
        ("adjusting", "close", "closed"), ("counting", "expire", "expired"),
        ("expired", "resume", "counting"),
    ]  # fmt: skip
    rows = [Transition(kind, start, verb, chief, end) for start, verb, end in plain]
    rows += [
        Transition(kind, "review", "edit", "accountant", "review"),
        Transition(kind, "review", "submit", "accountant", "submitted"),
        Transition(kind, "approved", "adjust", "accountant", "adjusting"),
        Transition(kind, "review", "reopen", chief, "counting", reason=True),
        Transition(kind, "draft", "cancel", chief, "cancelled", reason=True),
    ]
    rows += [
        Transition(kind, start, "cancel", role, "cancelled", four_eyes=True, reason=True)
        for start in ("counting", "recount", "review")
        for role in OFFICE
    ]
    for role in OFFICE:
        rows.append(Transition(kind, "submitted", "endorse", role, "in_review", four_eyes=True))
        for start in ("submitted", "in_review"):
            rows += [
                Transition(kind, start, "approve", role, "approved", four_eyes=True, limited=True),
                Transition(kind, start, "reject", role, "review", four_eyes=True, reason=True),
            ]
    return rows


def _issued(kind: str) -> list[Transition]:
    """What is issued to a customer: its figures are frozen, and it is never edited."""
    rows = []
    for role in ("accountant", "collector"):
        for start, verb, end in (("none", "draft", "draft"), ("draft", "ready", "ready")):
            rows.append(Transition(kind, start, verb, role, end))
        rows += [
            Transition(kind, start, "cancel", role, "cancelled", reason=True)
            for start in ("draft", "ready", "approved")
        ]
    rows += [
        Transition(kind, "ready", "approve", role, "approved", four_eyes=True) for role in OFFICE
    ]
    return rows


def _fact(kind: str, verb: str, state: str, makers: str, deciders: str) -> list[Transition]:
    """What is written down once, and decided about later: ``resolve``, with a reason."""
    rows = [
        Transition(kind, start, step, role, end)
        for role in makers.split()
        for start, step, end in (("none", "draft", "draft"), ("draft", verb, state))
    ]
    return rows + [
        Transition(kind, state, "resolve", role, "resolved", reason=True)
        for role in deciders.split()
    ]


def _kind(name: str, mark: str, sections: str, transitions: list[Transition]) -> Kind:
    carried = ("document", "kind", *sections.split())
    return Kind(name, mark, "submit", carried, tuple(dict.fromkeys(transitions)))


KINDS: tuple[Kind, ...] = (
    _kind(
        "voucher", "临",
        "customer batch contract memo entry goods deliveries lines items evidence answers",
        _drafting("voucher", "accountant") + _deciding("voucher"),
    ),
    _kind(
        "receipt", "收", "customer batch memo entry lines items allocations evidence reason bank",
        _drafting("receipt", "cashier accountant") + _deciding("receipt"),
    ),
    _kind(
        "allocation", "核", "customer batch memo entry lines allocations evidence reason",
        _drafting("allocation", "accountant")
        + _deciding("allocation")
        + _alone("allocation", "allocate", "accountant"),
    ),
    _kind(
        "reversal", "冲", "customer batch memo entry lines allocations evidence reason",
        _drafting("reversal", "accountant") + _deciding("reversal"),
    ),
    _kind(
        "invoice", "票", "customer batch contract memo entry lines items evidence reason invoice",
        _drafting("invoice", "accountant") + _deciding("invoice"),
    ),
    _kind(
        "reverse_on_invoice", "回", "customer batch contract memo entry lines allocations reason",
        _drafting("reverse_on_invoice", "accountant") + _deciding("reverse_on_invoice"),
    ),
    _kind(
        "revaluation", "调", "customer batch memo entry lines reason",
        _drafting("revaluation", "accountant") + _deciding("revaluation"),
    ),
    _kind(
        "customer", "户", "customer record contact evidence memo",
        _drafting("customer", "accountant collector")
        + _deciding("customer", limited=False)
        + _alone("customer", "note", "accountant collector"),
    ),
    _kind(
        "authority", "权", "authority keys memo",
        _drafting("authority", "admin supervisor")
        + _deciding("authority", ("director",), limited=False),
    ),
    _kind(
        "import", "入", "entry list memo evidence",
        _drafting("import", "accountant admin")
        + _deciding("import")
        + _alone("import", "load", "accountant admin"),
    ),
    Kind(
        "campaign", "盘", "ready",
        ("document", "kind", "scope", "list", "variances", "memo", "evidence"),
        tuple(_campaign()), monthly=False,
    ),
    Kind(
        "notice", "通", "ready",
        ("document", "kind", "customer", "notice", "memo"), tuple(_issued("notice")),
    ),
    Kind(
        "statement", "账", "ready",
        ("document", "kind", "customer", "statement", "memo"), tuple(_issued("statement")),
    ),
    Kind(
        "reply", "函", "register", ("document", "kind", "customer", "reply", "evidence", "memo"),
        tuple(
            _fact("reply", "register", "registered", "collector accountant supervisor",
                  "accountant supervisor director")
        ),
    ),
    Kind(
        "promise", "诺", "promise", ("document", "kind", "customer", "promise", "memo"),
        tuple(_fact("promise", "promise", "promised", FOLLOWERS, f"{FOLLOWERS} director")),
    ),
    Kind(
        "dispute", "争", "raise", ("document", "kind", "customer", "dispute", "evidence", "memo"),
        tuple(_fact("dispute", "raise", "raised", FOLLOWERS, "accountant supervisor director")),
    ),
    Kind(
        "exchange_rate", "汇", "record", ("document", "kind", "rate", "memo"),
        tuple(_fact("exchange_rate", "record", "recorded", "accountant supervisor", NOBODY)),
    ),
)  # fmt: skip
"""Every kind of document there is."""

WAITING = frozenset({"submitted", "in_review"})
"""The states in which somebody else has to decide."""

JOURNAL_SERIES = {
    "receipt": "收",
    "allocation": "转",
    "voucher": "记",
    "reversal": "记",
    "revaluation": "转",
    "invoice": "记",
    "reverse_on_invoice": "记",
    "import": "记",
}
"""Series of the journal voucher number (凭证字) by kind."""


def kind_of(name: str) -> Kind:
    """Return the kind with this name."""
    return next(kind for kind in KINDS if kind.name == name)
