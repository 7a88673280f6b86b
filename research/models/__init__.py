from research.models.index_page import ResearchIndexPage
from research.models.research_page import ResearchPage

__all__ = ["ResearchIndexPage", "ResearchPage"]
