from toolkits.models.index_page import ToolkitIndexPage
from toolkits.models.parts import RelatedTool, ToolDownload, ToolLanguage
from toolkits.models.tool_page import ToolPage

__all__ = ["RelatedTool", "ToolDownload", "ToolLanguage", "ToolPage", "ToolkitIndexPage"]
