"""Counting: every scan is stored before it is judged, once, and nothing of the books is told."""

import dataclasses
from dataclasses import replace

import pytest

from erpdesk.domain.codes.own_code import customer_code, line_code, notice_code, sheet_code
from erpdesk.domain.money import Money
from erpdesk.domain.stocktake.campaign import CampaignClosedError
from erpdesk.domain.stocktake.counting import (
    CountEvent,
    Finding,
    NothingCountedError,
    RawTooLongError,
    Reply,
    Source,
    Verified,
)
from erpdesk.errors import RefusedError
from erpdesk.services.importing.tables import ImportSource
from erpdesk.services.stocktake.counting import Counted
from erpdesk.storage import counts
from erpdesk.storage.counting_views import NoSuchCampaignError
from erpdesk.storage.documents import Document
from tests.services.builders import CUSTOMERS, Office, yuan


def _events(office: Office, campaign: Document) -> tuple[CountEvent, ...]:
    with office.desk("maker").company.database.reading() as connection:
        return tuple(counts.events(connection, campaign.id))


def test_that_an_unknown_code_is_kept_as_it_came(both: Office) -> None:
    campaign = both.campaign("K1")
    raw = b"\x1d]C1\xff\x00 0815\t"

    counted = both.scan(campaign, raw)

    assert counted.judgement.finding in {Finding.UNKNOWN, Finding.UNREADABLE}
    [event] = _events(both, campaign)
    assert (event.raw, event.by, event.source) == (raw, "counter", Source.WEDGE)
    [unexpected] = both.desk("chief").campaigns.status(both.look(campaign)).unexpected
    assert unexpected.id == event.id


def test_that_the_same_code_again_says_who_was_first(both: Office) -> None:
    campaign = both.campaign("K1", "K2")
    first = both.scan(campaign, "K1")

    again = [both.scan(campaign, "K1", by=by) for by in ("counter", "second", "counter")]

    assert first.judgement.finding is Finding.COUNTED
    assert {one.judgement.finding for one in again} == {Finding.ALREADY_COUNTED}
    assert {one.judgement.by for one in again} == {"counter"}
    assert len(_events(both, campaign)) == 4
    assert len(both.desk("counter").counting.progress(campaign).uncounted) == 1


def test_that_a_scan_counts_in_the_books_exactly_when_it_is_judged_counted(both: Office) -> None:
    campaign = both.campaign("K1", "K2")

    judged = [both.scan(campaign, raw) for raw in ("K1", "K1", "K3", "NO-17", b"\xff\x00", "K2")]

    assert [one.judgement.finding for one in judged] == [
        Finding.COUNTED, Finding.ALREADY_COUNTED, Finding.NOT_IN_CAMPAIGN, Finding.UNKNOWN,
        Finding.UNREADABLE, Finding.COUNTED,
    ]  # fmt: skip
    stored = {one.id: one for one in _events(both, campaign)}
    for one in judged:
        assert stored[one.event.id].counts == (one.judgement.finding is Finding.COUNTED)
        assert stored[one.event.id].verified == one.event.verified
        assert stored[one.event.id].customer == one.event.customer


def test_that_the_same_event_id_twice_is_one_event(both: Office) -> None:
    campaign = both.campaign("K1")
    counting, company = both.desk("counter").counting, both.desk("counter").company
    name = company.new_id()

    first = counting.record_scan(campaign, b"K1", source=Source.WEDGE, event_id=name).value
    second = counting.record_scan(campaign, b"K1", source=Source.WEDGE, event_id=name).value

    assert second.judgement == first.judgement
    assert second.event.device_seq == first.event.device_seq
    assert len(_events(both, campaign)) == 1


def test_that_an_answer_lost_at_the_end_is_found_again_after_closing(office: Office) -> None:
    campaign = office.campaign("K1")
    desk = office.desk("counter")
    scan, said = desk.company.new_id(), desk.company.new_id()
    statement = office.statement(campaign, "K1", "0", "phone")
    desk.counting.record_scan(campaign, b"K1", source=Source.WEDGE, event_id=scan)
    desk.counting.record_statement(campaign, statement, event_id=said)
    office.desk("chief").campaigns.review(campaign)

    again = desk.counting.record_scan(campaign, b"K1", source=Source.WEDGE, event_id=scan).value
    once = desk.counting.record_statement(campaign, statement, event_id=said).value

    assert again.judgement.finding is Finding.COUNTED
    assert once.id == said
    assert len(_events(office, campaign)) == 2


def test_that_an_event_id_belongs_to_one_code(office: Office) -> None:
    campaign = office.campaign("K1", "K2")
    desk = office.desk("counter")
    name = desk.company.new_id()
    desk.counting.record_scan(campaign, b"K1", source=Source.WEDGE, event_id=name)

    with pytest.raises(RefusedError, match="G2 exists"):
        desk.counting.record_scan(campaign, b"K2", source=Source.WEDGE, event_id=name)


def test_that_a_closed_campaign_refuses_and_keeps_nothing(both: Office) -> None:
    campaign = both.campaign("K1")
    both.state(campaign, "K1", "0", "phone")
    both.desk("chief").campaigns.review(campaign)

    with pytest.raises(CampaignClosedError):
        both.scan(campaign, "K1")
    with pytest.raises(CampaignClosedError):
        both.state(campaign, "K1", "5.00")

    assert len(_events(both, campaign)) == 1


def test_that_a_draft_is_no_campaign_to_count_in(both: Office) -> None:
    draft = both.desk("chief").campaigns.plan(both.plan("K1")).value

    with pytest.raises(NoSuchCampaignError):
        both.scan(draft, "K1")


def test_that_only_counters_count(both: Office) -> None:
    campaign = both.campaign("K1")

    with pytest.raises(RefusedError):
        both.scan(campaign, "K1", by="chief")

    assert _events(both, campaign) == ()


def test_that_our_own_labels_are_found(both: Office) -> None:
    campaign = both.campaign("K1", "K2")
    number = int((campaign.number or "").rpartition("-")[2])

    by_label = both.scan(campaign, customer_code(1))
    by_line = both.scan(campaign, line_code(number, 2))

    assert [_code(one) for one in (by_label, by_line)] == ["K1", "K2"]


def test_that_a_line_of_another_campaign_is_nobodys(both: Office) -> None:
    one, other = both.campaign("K1"), both.campaign("K2")
    number = int((other.number or "").rpartition("-")[2])

    counted = both.scan(one, line_code(number, 1))

    assert (_code(counted), counted.judgement.finding) == ("", Finding.UNKNOWN)
    assert _code(both.scan(one, line_code(99, 1))) == ""


def test_that_the_code_of_a_page_or_a_paper_is_no_customers(both: Office) -> None:
    campaign = both.campaign("K1")
    number = int((campaign.number or "").rpartition("-")[2])

    for code in (sheet_code(number, 1), notice_code("202611", 1)):
        counted = both.scan(campaign, code)
        assert (_code(counted), counted.judgement.finding) == ("", Finding.UNKNOWN)


def test_that_further_codes_lead_to_the_same_line(office: Office) -> None:
    path = office.written("x.csv", "编码,名称,barcodes\nK9,金海建材,6901234567892|OLD-9\n")
    office.desk("maker").importing_customers.load(ImportSource(path))
    campaign = office.campaign("K9")

    found = [office.scan(campaign, code) for code in ("K9", "6901234567892", "OLD-9")]

    assert [_code(one) for one in found] == ["K9"] * 3
    assert [one.judgement.finding for one in found] == [
        Finding.COUNTED, Finding.ALREADY_COUNTED, Finding.ALREADY_COUNTED,
    ]  # fmt: skip
    assert len(office.desk("chief").campaigns.status(campaign).lines) == 1


def test_that_a_half_decoded_code_is_nobodys(office: Office) -> None:
    office.add_customers(("QC-157", "甲"), ("QC157", "乙"))
    campaign = office.campaign()

    assert _code(office.scan(campaign, "QC½157")) == ""


def test_that_a_cut_code_is_kept_and_never_taken(office: Office) -> None:
    campaign = office.campaign("K1")
    counting = office.desk("counter").counting

    counted = counting.record_scan(campaign, b"K1", source=Source.SERIAL, cut=True).value

    assert counted.judgement.finding is Finding.UNREADABLE
    assert _events(office, campaign)[0].raw == b"K1"


def test_that_of_a_scan_without_end_the_beginning_is_kept(office: Office) -> None:
    campaign = office.campaign("K1")

    counted = office.scan(campaign, b"K1" + b"x" * 5000)

    assert counted.customer is None
    assert len(_events(office, campaign)[0].raw) == 4096


def test_that_fast_scans_are_all_stored_in_order(both: Office) -> None:
    campaign = both.campaign("K1")
    sent = [f"0815-{n}".encode() for n in range(30)]

    for raw in sent:
        both.scan(campaign, raw)

    assert [event.raw for event in _events(both, campaign)] == sent
    assert [event.device_seq for event in _events(both, campaign)] == list(range(1, 31))


def test_that_no_answer_is_not_zero(office: Office) -> None:
    campaign = office.campaign("K1", "K2")
    office.state(campaign, "K1", None, "phone")
    office.state(campaign, "K2", "0")

    lines = office.desk("chief").campaigns.status(campaign).lines

    assert [line.judged.stated for line in lines] == [None, Money(0, "CNY")]


def test_that_zero_against_a_balance_is_a_difference(office: Office) -> None:
    office.posted("服务1", "113.00")
    campaign = office.campaign("K1", tolerance=office.tolerance("50.00"))
    office.state(campaign, "K1", "0")

    [line] = office.desk("chief").campaigns.status(campaign).lines

    assert line.judged.difference == yuan("-113.00")
    assert line.judged.state == "variance"


def test_that_ones_own_later_word_stands_and_keeps_the_rest(both: Office) -> None:
    campaign = both.campaign("K1")
    both.scan(campaign, "K1")
    first = both.state(campaign, "K1", "100.00", "phone")

    later = both.state(campaign, "K1", "90.00", "address")

    assert later.supersedes == first.id
    assert {one.field for one in later.verified} == {"code", "phone", "address"}
    assert len(_events(both, campaign)) == 3
    line = both.desk("chief").campaigns.status(campaign).lines[0]
    assert line.judged.stated == yuan("90.00")


def test_that_a_balance_once_said_stands_when_only_a_field_is_added(office: Office) -> None:
    campaign = office.campaign("K1")
    office.state(campaign, "K1", "100.00")

    later = office.state(campaign, "K1", None, "phone")

    assert later.stated == yuan("100.00")


def test_that_two_counters_who_differ_are_in_conflict(both: Office) -> None:
    campaign = both.campaign("K1")
    both.state(campaign, "K1", "100.00")
    both.state(campaign, "K1", "90.00", by="second")

    [line] = both.desk("chief").campaigns.status(campaign).lines

    assert line.judged.state == "conflict"
    assert line.counted.counters == {"counter", "second"}


def test_that_a_count_says_something(office: Office) -> None:
    campaign = office.campaign("K1")

    with pytest.raises(NothingCountedError):
        office.state(campaign, "K1", None)

    assert _events(office, campaign) == ()


def test_that_a_statement_has_room_for_a_code_and_no_more(office: Office) -> None:
    campaign = office.campaign("K1")
    long = replace(office.statement(campaign, "K1", "1.00"), raw=b"x" * 5000)

    with pytest.raises(RawTooLongError):
        office.desk("counter").counting.record_statement(campaign, long)


def test_that_what_was_answered_is_read_back_whole(both: Office) -> None:
    campaign = both.campaign("K1")
    said = replace(
        both.statement(campaign, "K1", "100.00"),
        as_of=both.ago(3),
        verified=(Verified("phone", "13900000000"),),
        reply=Reply("电话", "王敏"),
        evidence=(both.proof("reply").hash,),
    )

    stored = both.desk("counter").counting.record_statement(campaign, said).value

    [read] = _events(both, campaign)
    shown = {f.name for f in dataclasses.fields(read)} - {"received_at", "by_seq"}
    assert {name: getattr(read, name) for name in shown} == {
        name: getattr(stored, name) for name in shown
    }


def test_that_a_statement_about_nobody_replaces_no_other(office: Office) -> None:
    campaign = office.campaign("K1")
    office.state(campaign, "K1", "100.00")
    nobody = replace(office.statement(campaign, "K1", "5.00"), customer=None, raw=b"0815")

    stored = office.desk("counter").counting.record_statement(campaign, nobody).value

    assert stored.supersedes is None
    assert office.desk("chief").campaigns.status(campaign).unexpected[0].raw == b"0815"


def test_that_a_counter_sees_no_figure_of_a_blind_campaign(both: Office) -> None:
    both.posted("服务1", "98,765.43")
    campaign = both.campaign("K1", "K2", blind=True)
    desk = both.desk("counter")
    both.state(campaign, "K1", "1.00", by="second")

    shown = [
        desk.counting.record_scan(campaign, b"K1", source=Source.WEDGE).value,
        desk.counting.progress(campaign),
        desk.campaign(campaign.number or ""),
        desk.scanned_customer("K1"),
    ]

    told = repr(shown)
    assert not [figure for figure in ("Money(", "9876543", "book", "variance") if figure in told]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["counter", "second"])
def test_that_on_a_server_a_counter_cannot_even_ask_for_figures(
    on_server: Office, name: str
) -> None:
    on_server.posted("服务1", "98,765.43")
    campaign = on_server.campaign("K1", blind=True)
    desk = on_server.desk(name)

    for ask in (
        lambda: desk.campaigns.status(campaign),
        lambda: desk.balances("K1"),
        lambda: desk.customer("K1"),
        lambda: desk.document(campaign.id),
        lambda: desk.exporting.journal(on_server.folder / "journal.csv"),
    ):
        with pytest.raises(RefusedError):
            ask()


def test_that_what_is_stated_against_an_empty_book_is_the_whole_difference(office: Office) -> None:
    campaign = office.campaign("K1", tolerance=office.tolerance("10.00"))
    office.state(campaign, "K1", "8,000.00")

    [line] = office.desk("chief").campaigns.status(campaign).lines

    assert (line.judged.book, line.judged.difference) == (yuan("0.00"), yuan("8,000.00"))
    assert line.judged.state == "variance"


def _code(counted: Counted) -> str:
    return counted.customer.code if counted.customer else ""


def test_that_the_made_up_firm_is_the_one_that_is_counted(office: Office) -> None:
    campaign = office.campaign()

    progress = office.desk("counter").counting.progress(campaign)

    assert [one.code for one in progress.uncounted] == [row[0] for row in CUSTOMERS]
    assert progress.customers == 3
