from erpdesk.domain.accounts import ACCOUNTS, CHART, DIFFERENCE_ACCOUNTS, PARTS, Part
from erpdesk.domain.posting import RULES


def test_that_every_account_has_one_code_and_two_names() -> None:
    assert len(CHART) == len(ACCOUNTS)
    assert all(account.name_zh and account.name_en for account in ACCOUNTS)


def test_that_every_part_of_a_balance_is_made_of_open_items() -> None:
    assert all(CHART[code].by_item for code in PARTS)
    assert set(PARTS.values()) == set(Part)


def test_that_a_contract_asset_is_kept_by_item_and_is_no_claim_yet() -> None:
    assert CHART["1141"].by_item
    assert "1141" not in PARTS


def test_that_small_differences_are_losses_and_never_bad_debts() -> None:
    assert all(CHART[code].is_loss for code in DIFFERENCE_ACCOUNTS)
    assert not {"1231", "6702"} & set(DIFFERENCE_ACCOUNTS)


def test_that_every_rule_books_on_accounts_of_the_chart() -> None:
    named = {template.account for rule in RULES for template in rule.templates}

    assert named - {""} <= CHART.keys()
