"""A campaign in review, looked at again and again: of what is not new nothing is made again."""

from functools import partial

from erpdesk.services.stocktake.campaign_status import status_of
from erpdesk.services.stocktake.campaign_watch import CampaignWatch, Tell
from erpdesk.services.stocktake.campaigns import Look
from erpdesk.services.stocktake.reviewing_board import Review, Rows, review_of
from erpdesk.services.stocktake.said import SaidWatch
from erpdesk.storage import review_facts
from erpdesk.storage.documents import Document
from erpdesk.storage.unit_of_work import Company


class ReviewWatch:
    """Looks at one campaign in review again and again; one look at a time."""

    def __init__(self, company: Company, campaign: Document) -> None:
        self._company, self._watch = company, CampaignWatch(company, campaign)
        self._said, self._rows = SaidWatch(), Rows()

    def known(self, tell: Tell | None = None) -> Look:
        """Return what tells a step how the campaign stands, by what is known of it."""
        return partial(self._watch.status, tell=tell)

    def look(self, campaign: Document, tell: Tell | None = None) -> Review:
        """Return how it stands now, the ``campaign`` as it is now.

        Raises:
            NotReviewedError: its figures are not to be seen yet.
        """
        status = self._watch.status(campaign, tell)
        with self._company.database.reading() as connection:
            if status.untouched and status.untouched.lines:
                status = status_of(connection, campaign)
            children = review_facts.children_of(connection, campaign.id)
            said = self._said.look(connection, campaign)
        return review_of(status, children, said, self._rows, tell)
