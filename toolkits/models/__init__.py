from toolkits.models.index_page import ToolkitIndexPage
from toolkits.models.tool_page import RelatedTool, ToolDownload, ToolLanguage, ToolPage

__all__ = ["RelatedTool", "ToolDownload", "ToolLanguage", "ToolPage", "ToolkitIndexPage"]
