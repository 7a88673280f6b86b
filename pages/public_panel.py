"""What an editor is told about the public while writing: before a change is published, not after."""

from wagtail.admin.panels import Panel


class PublicPanel(Panel):
    """Whether everybody can read the page, who approved it, and that a change closes it until it is approved again."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "pages/public_panel.html"

        def is_shown(self):
            return bool(self.instance.pk) and type(self.instance).may_be_public
