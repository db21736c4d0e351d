"""Labels for customers: whom a filter names, in its order; who took them is on record."""

import pytest
from sqlalchemy import select

from erpdesk.domain import labels as rules
from erpdesk.domain.labels import (
    LabelPlaceError,
    LabelsAsked,
    NoLabelsError,
    TooManyLabelsError,
    must_print,
)
from erpdesk.services import labelling as service
from erpdesk.services.customers import Asked
from erpdesk.storage import tables as t
from tests.papers.reading import texts
from tests.services.builders import Office

pytestmark = pytest.mark.slow


def test_that_those_of_a_filter_get_labels_without_balance_or_telephone(both: Office) -> None:
    both.opened("4321.09", "应-1")
    labelling = both.desk("maker").labelling

    ids = labelling.chosen(Asked(words="青禾"))
    [text] = texts(labelling.labels(ids, LabelsAsked(), language="zh"))

    assert ids == (both.customer("K1").id,)
    assert ("青禾包装" in text, "K1" in text, "明湖机电有限公司" in text) == (True, True, True)
    assert "4,321.09" not in text
    assert "13800000001" not in text
    with both.desk("maker").company.database.reading() as connection:
        who = select(t.audit_event).where(t.audit_event.c.what == "print labels")
        assert [row.detail for row in connection.execute(who)] == ["1"]


@pytest.mark.parametrize(
    ("asked", "count", "refusal"),
    [
        (LabelsAsked(first=0), 1, LabelPlaceError), (LabelsAsked(first=25), 1, LabelPlaceError),
        (LabelsAsked(right_tenths=-51), 1, LabelPlaceError), (LabelsAsked(), 0, NoLabelsError),
        (LabelsAsked(), rules.MOST + 1, TooManyLabelsError),
    ],
)  # fmt: skip
def test_that_what_no_sheet_has_is_refused(
    asked: LabelsAsked, count: int, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        must_print(asked, count)


def test_that_more_than_are_ever_printed_are_not_even_read(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "MOST", 2)

    with pytest.raises(TooManyLabelsError):
        office.desk("maker").labelling.chosen(Asked())
