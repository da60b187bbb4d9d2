"""The server for agents: `shkc.agents` over the Model Context Protocol, on standard input and output.

The official SDK speaks the protocol. Its low-level server runs handlers in the one thread of its event loop, which is
the one that SQLite's connection belongs to.
"""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from json import loads
from typing import TYPE_CHECKING, Any, NoReturn

from shkc.errors import ShkcError, UsageError
from shkc.language import Language, Text

if TYPE_CHECKING:
    from mcp.server.lowlevel import Server
    from mcp.types import (
        CallToolRequestParams,
        CallToolResult,
        ListResourcesResult,
        ListToolsResult,
        PaginatedRequestParams,
        ReadResourceRequestParams,
        ReadResourceResult,
    )

    from shkc.agents import Toolbox
    from shkc.base import FactBase

RESOURCE = "shkc://reports/"
"""What the address of a report begins with; its id follows."""

_JSON = "application/json"

_INTERRUPTED = 130
"""Exit status after Ctrl-C."""


def serve(opened: Callable[[], FactBase], language: Language) -> None:
    """Serve the fact base that *opened* gives until standard input ends.

    Raises `UsageError` without the SDK, in the end what *opened* raises, of which a client is told first, and
    `OSError` when a stream fails: `BrokenPipeError` when the client has gone.
    """
    gc.disable()  # looking for circles among the classes of the SDK takes a tenth of the start
    try:
        import anyio
        from mcp.server.stdio import stdio_server
    except ImportError:
        raise UsageError(
            "shkc mcp 需要 MCP SDK：pip install 'shkc[mcp]'", "shkc mcp needs the MCP SDK: pip install 'shkc[mcp]'"
        ) from None
    from shkc.agents import Toolbox

    toolbox = Toolbox(opened, language)
    served = server(toolbox)
    gc.freeze()
    gc.enable()

    async def run() -> None:
        async with stdio_server() as (incoming, outgoing):
            await served.run(incoming, outgoing, served.create_initialization_options())

    signal.signal(signal.SIGINT, _leave)
    for name in ("SIGTERM", "SIGHUP"):  # Windows has no SIGHUP; under nohup it is ignored
        if callable(signal.getsignal(number := getattr(signal, name, signal.SIGTERM))):
            signal.signal(number, signal.SIG_DFL)
    try:
        anyio.run(run)
    except Exception as error:
        raise _cause(error) from None
    toolbox.base()  # a base that is wrong to the end is an error of the command, too


def _cause(error: Exception) -> Exception:
    """What went wrong, as a client that has gone: the SDK's tasks wrap it in groups."""
    while isinstance(inside := getattr(error, "exceptions", None), tuple) and inside:
        error = inside[0]
    return error


def _leave(*_: object) -> NoReturn:
    """End the process: the thread that reads standard input would go on waiting. Nothing is half written."""
    os._exit(_INTERRUPTED)


def server(toolbox: Toolbox) -> Server[Any]:
    """The server of *toolbox*."""
    from mcp.server.lowlevel import Server

    from shkc.agents import INSTRUCTIONS

    handlers = _Handlers(toolbox)
    return Server(
        "shkc",
        version=version("shkc"),
        instructions=INSTRUCTIONS.to(toolbox.language),
        on_list_tools=handlers.list_tools,
        on_call_tool=handlers.call_tool,
        on_list_resources=handlers.list_resources,
        on_read_resource=handlers.read_resource,
    )


class _Handlers:
    """What the server answers to each request of the protocol; a *context* holds nothing that shkc needs."""

    def __init__(self, toolbox: Toolbox) -> None:
        self._toolbox = toolbox

    async def list_tools(self, context: Any, params: PaginatedRequestParams | None) -> ListToolsResult:
        from mcp import types

        from shkc.agents import TOOLS

        language = self._toolbox.language
        readers = types.ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)
        tools = [
            types.Tool(
                name=name,
                description=tool.does.to(language),
                input_schema=tool.input_schema(language),
                output_schema=tool.output_schema(),
                annotations=readers,
            )
            for name, tool in TOOLS.items()
        ]
        return types.ListToolsResult(tools=tools)

    async def call_tool(self, context: Any, params: CallToolRequestParams) -> CallToolResult:
        from mcp import types
        from mcp.shared.exceptions import MCPError

        from shkc.agents import TOOLS

        if params.name not in TOOLS:
            raise MCPError(types.INVALID_PARAMS, f"no tool {params.name!r}; there are {', '.join(TOOLS)}")
        arguments = params.arguments or {}
        try:
            answer = self._toolbox.call(params.name, arguments).decode()
        except ShkcError as error:
            lines = error.lines(self._toolbox.language_of(arguments))
            told = types.TextContent(type="text", text="\n".join(lines))
            return types.CallToolResult(content=[told], is_error=True)
        # The text has every digit as printed; a number of the structure is what JSON makes of it.
        content = types.TextContent(type="text", text=answer)
        return types.CallToolResult(content=[content], structured_content=loads(answer))

    async def list_resources(self, context: Any, params: PaginatedRequestParams | None) -> ListResourcesResult:
        from mcp import types

        language = self._toolbox.language
        with self._told():
            reports = self._toolbox.reports()
        resources = [
            types.Resource(
                uri=RESOURCE + report.id,
                name=report.id,
                title=Text(report.title, report.title_en).to(language),
                description=Text(
                    f"{report.publisher}，{report.metrics} 个数字、{report.milestones} 个里程碑",
                    f"{report.publisher_en}: {report.metrics} figures, {report.milestones} milestones",
                ).to(language),
                mime_type=_JSON,
            )
            for report in reports
        ]
        return types.ListResourcesResult(resources=resources)

    async def read_resource(self, context: Any, params: ReadResourceRequestParams) -> ReadResourceResult:
        from mcp import types
        from mcp.shared.exceptions import MCPError

        with self._told():
            found = self._toolbox.report(params.uri.removeprefix(RESOURCE))
        if found is None:
            raise MCPError(types.INVALID_PARAMS, f"no resource {params.uri}; resources/list has those that there are")
        content = types.TextResourceContents(uri=params.uri, mime_type=_JSON, text=found.decode())
        return types.ReadResourceResult(contents=[content])

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Tell the client what is wrong with the base, as an error of the protocol."""
        from mcp import types
        from mcp.shared.exceptions import MCPError

        try:
            yield
        except ShkcError as error:
            raise MCPError(types.INTERNAL_ERROR, "\n".join(error.lines(self._toolbox.language))) from None
