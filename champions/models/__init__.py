from champions.models.champion_page import ChampionPage
from champions.models.index_page import ChampionIndexPage

__all__ = ["ChampionIndexPage", "ChampionPage"]
