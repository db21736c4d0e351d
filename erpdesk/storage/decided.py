"""What somebody decided: approvals, endorsements and refusals, the newest first."""

from dataclasses import dataclass

from sqlalchemy import Connection, select, text

from erpdesk.domain.invoice import PART
from erpdesk.storage import tables as t


@dataclass(frozen=True, slots=True)
class DecidedRow:
    """One decision: on which document, what, why, when, over how much (base minor units).

    ``state`` is that of the document now; ``step_id`` names the decision itself.
    """

    step_id: str
    id: str
    kind: str
    number: str | None
    state: str
    customer_id: str | None
    customer_name: str | None
    verb: str
    reason: str | None
    made_at: int
    risk_minor: int


def decided(connection: Connection, person: str, *, most: int) -> tuple[DecidedRow, ...]:
    """Return the last decisions of a person."""
    step, document = t.step.c, t.document.c
    rows = connection.execute(
        select(
            step.id.label("step_id"), document.id, document.kind, document.number, document.state,
            document.customer_id, t.customer.c.name.label("customer_name"), step.verb,
            step.reason, step.made_at, step.risk.label("risk_minor"),
        )
        .join(t.document, document.id == step.document_id)
        .outerjoin(t.customer, t.customer.c.id == document.customer_id)
        .where(text(t.DECIDES), step.made_by == person, document.kind != PART)
        .order_by(step.made_at.desc(), step.id.desc())
        .limit(most)
    )  # fmt: skip
    return tuple(DecidedRow(**row._mapping) for row in rows)  # noqa: SLF001 - its public view
