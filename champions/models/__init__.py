from champions.models.champion_page import ChampionPage
from champions.models.index_page import ChampionIndexPage
from champions.models.question import ChampionQuestion, Tip

__all__ = ["ChampionIndexPage", "ChampionPage", "ChampionQuestion", "Tip"]
