"""Companies for benchmarks: customers by the seeded generator, in through the import."""

from pathlib import Path

from erpdesk import keys
from erpdesk.domain.campaign import CampaignPlan
from erpdesk.domain.ids import PersonName
from erpdesk.domain.variance import Tolerance
from erpdesk.files.safe_cells import write_rows
from erpdesk.services.campaigns import Campaigns
from erpdesk.services.companies import Companies, first_person
from erpdesk.services.importing_customers import ImportingCustomers
from erpdesk.services.ports import SystemClock
from erpdesk.services.sample_data import firms
from erpdesk.services.sampling import CUSTOMER_HEADER, customer_cells
from erpdesk.services.signing_in import SigningIn
from erpdesk.standards.numbers import with_check
from erpdesk.storage.database import open_database
from erpdesk.storage.documents import Document
from erpdesk.storage.unit_of_work import Company

BRANDS = 8000
"""How many different firms the generator can make of one seed."""


def customer_file(path: Path, size: int) -> list[str]:
    """Write a customer list of this size and return the codes."""
    made = firms(1, min(size, BRANDS), with_check=with_check)
    codes, rows = [], []
    for n in range(size):
        cells = list(customer_cells(made[n % len(made)]))
        cells[0], cells[1], cells[-1] = f"KH{n + 1:07d}", f"{cells[1]}{n // len(made) or ''}", ""
        codes.append(cells[0])
        rows.append(tuple(cells))
    write_rows(path, CUSTOMER_HEADER, rows)
    return codes


def a_company(folder: Path) -> tuple[Company, SystemClock]:
    """Make an empty company with one person."""
    clock = SystemClock()
    place = str(folder / "bench.erpdesk")
    Companies(clock, keys.CHEAP).make(place, (first_person("bench"),))
    return SigningIn(open_database(place), clock).sign_in("bench", None), clock


def a_company_counting(folder: Path, size: int) -> tuple[Company, SystemClock, Document, list[str]]:
    """Make a company with customers and a frozen campaign over all of them."""
    company, clock = a_company(folder)
    codes = customer_file(folder / "customers.csv", size)
    ImportingCustomers(company).load(folder / "customers.csv")
    plan = CampaignPlan(
        "bench", clock.today(), "CNY", blind=False, tolerance=Tolerance(0),
        counters=(PersonName("bench"),),
    )  # fmt: skip
    campaigns = Campaigns(company, clock)
    return company, clock, campaigns.freeze(campaigns.plan(plan).value).value, codes
