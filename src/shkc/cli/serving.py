"""The command that serves agents."""

from shkc.cli.command import Settings, command


@command(
    "为智能体服务：模型上下文协议（MCP），标准输入输出（需要 extra mcp）。",
    "Serve the fact base to agents: Model Context Protocol, standard input and output (needs the extra mcp).",
    ["claude mcp add shkc -- shkc mcp", "shkc mcp --facts reports/"],
    formats=(),
)
def mcp(settings: Settings) -> None:
    """Serve until standard input ends."""
    from shkc import mcp as server

    server.serve(settings.open, settings.language)
