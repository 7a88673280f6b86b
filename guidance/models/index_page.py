from pages.models import ListingPage


class GuidanceIndexPage(ListingPage):
    """Policies, guides, programmes, handbooks, the deal and careers, in one list that can be narrowed by kind."""

    kind = "Guidance"
    template = "guidance/guidance_index_page.html"
    empty_title = "No guidance yet"
    subpage_types = [
        "guidance.PolicyPage",
        "guidance.GuidePage",
        "guidance.HandbookPage",
        "guidance.ProgrammePage",
        "guidance.DealPage",
        "guidance.CareerPage",
        "guidance.VacancyPage",
        "guidance.PracticeChangePage",
        "guidance.ProjectPage",
    ]

    class Meta:
        verbose_name = "guidance index"
