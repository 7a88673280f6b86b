from pages.models.brand import BrandSettings
from pages.models.evidence import EvidenceBasis
from pages.models.hub_page import Audience, HubPage, PageTag
from pages.models.listing_page import ListingPage
from pages.models.plain_page import PlainPage
from pages.models.practice_pages import PracticeIndexPage, PracticeModelPage
from pages.models.public import PublicApproval, PublicFile
from pages.models.taking_out import TakingOut

__all__ = [
    "Audience",
    "BrandSettings",
    "EvidenceBasis",
    "HubPage",
    "ListingPage",
    "PageTag",
    "PlainPage",
    "PracticeIndexPage",
    "PracticeModelPage",
    "PublicApproval",
    "PublicFile",
    "TakingOut",
]
