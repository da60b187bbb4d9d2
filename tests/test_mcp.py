"""The server for agents, asked over a real pipe by the client of the official SDK."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import anyio
import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped] # has no types
from mcp import Client, StdioServerParameters
from mcp.shared.exceptions import MCPError
from mcp.types import CallToolResult, TextContent, TextResourceContents
from support import BOTH, SMALL, shkc

from shkc import open as shkc_open
from shkc.agents import ARGUMENTS, TOOLS, Toolbox
from shkc.errors import UsageError
from shkc.language import Language
from shkc.paths import WAREHOUSE

Answer = TypeVar("Answer")


def asked(*words: str, questions: Callable[[Client], Awaitable[Answer]], mode: str = "auto") -> Answer:
    """What *questions* finds out from ``shkc mcp`` with the options *words*."""
    parameters = StdioServerParameters(command=sys.executable, args=["-m", "shkc", "mcp", *words], env=dict(os.environ))

    async def run() -> Answer:
        async with Client(parameters, mode=mode) as client:
            return await questions(client)

    return anyio.run(run)


def text(result: CallToolResult) -> str:
    """The text of *result*."""
    (content,) = result.content
    assert isinstance(content, TextContent)
    return content.text


def found(tool: str, facts: str = SMALL, language: Language = Language.zh, **arguments: object) -> Any:
    """The answer of *tool* to a call that is right, without a server in between."""
    return json.loads(Toolbox(partial(shkc_open, facts), language).call(tool, arguments))


# ── What the tools answer ───────────────────────────────────────────────────────────────────────────


def test_search_finds_facts_with_score_and_reason() -> None:
    """A fact is as in the JSON contract, with why it was found; the answer says which reports the base covers."""
    answer = found("search_facts", query="研发经费")
    (fact,) = answer["facts"]
    assert (answer["found"], answer["more"], answer["near"], answer["report_count"]) == (True, False, [], 1)
    assert (fact.pop("score"), fact.pop("reason")) == (0.9, "别名或正式名称相同")
    assert fact == shkc("metric", "研发经费", "--json", "--facts", SMALL).json[0]
    assert [(report["id"], report["metrics"], report["milestones"]) for report in answer["reports"]] == [
        ("qingshan-2031", 15, 5)
    ]


def test_digits_survive() -> None:
    """What is printed with a zero at its end has it in the answer."""
    answer = Toolbox(partial(shkc_open, SMALL), Language.zh).call("search_facts", {"query": "研发经费"})
    assert b'"change":{"value":8.0,' in answer


def test_a_miss_is_no_error() -> None:
    """It says what the base covers, that nothing is to be made up, and what comes near, which is no answer."""
    answer = found("search_facts", query="月球基地", lang="en")
    assert (answer["found"], answer["facts"]) == (False, [])
    assert answer["message"] == (
        "Not in the fact base: “月球基地”. It covers Qingshan Science and Technology Report 2031 (Qingshan: 15 "
        "figures, 5 milestones). Try once with a shorter name; where there is still none, say that the fact base has "
        "none, and make nothing up."
    )
    near = found("search_facts", query="研发投入的税收优惠")
    assert (near["found"], bool(near["near"])) == (False, True)
    assert all(fact["score"] < 1 and fact["reason"] for fact in near["near"])
    assert near["message"].endswith(
        "near 中只是相近的事实，不是答案；其中的词可用来再查。"
        "先用更短的名称再查一次；仍没有，请照实说事实库中没有，不要编造。"
    )


def test_what_follows_is_no_contradiction() -> None:
    """Where a value follows for a year that no report states, the agent may give it, and is not told to be silent."""
    answer = json.loads(Toolbox(shkc_open, Language.en).call("search_facts", {"query": "2022年技术合同成交额"}))
    assert (answer["found"], answer["computed"]["period"]) == (False, "2022")
    assert "say that it is computed" in answer["message"]
    assert "has none" not in answer["message"]


def test_a_message_says_of_which_year_the_facts_are() -> None:
    """Whoever asks for last year sees which one the report has."""
    assert found("search_facts", query="研发经费", lang="en")["message"].startswith("1 fact of 2031. ")


def test_a_note_has_its_english_beside_it() -> None:
    """In a search, too, where the details of a fact are left out."""
    answer = json.loads(Toolbox(shkc_open, Language.en).call("search_facts", {"query": "valid-high-tech-enterprises"}))
    (fact,) = answer["facts"]
    assert fact["note_en"].startswith("The day is not stated")


def test_a_long_list_comes_in_short_pieces() -> None:
    """`compact` has the figure of each fact and no more, `offset` goes on; behind the end there is none."""
    whole = found("list_facts", limit=1000)["facts"]
    pieces = [found("list_facts", limit=8, offset=offset, compact=True) for offset in (0, 8, 16)]
    assert [piece["more"] for piece in pieces] == [True, True, False]
    listed = [fact for piece in pieces for fact in piece["facts"]]
    assert [fact["id"] for fact in listed] == [fact["id"] for fact in whole]
    assert len(json.dumps(listed)) < len(json.dumps(whole)) / 3
    for piece in pieces:
        Draft202012Validator(TOOLS["list_facts"].output_schema()).validate(piece)
    behind = found("list_facts", offset=20, lang="en")
    assert (behind["found"], behind["message"].partition(".")[0]) == (
        False,
        "Not in the fact base: a fact that meets these conditions, after the first 20",
    )


def test_kind_and_limit_narrow_a_search() -> None:
    """`more` says that there are others."""
    both = found("search_facts", query="青山", limit=1)
    assert (len(both["facts"]), both["more"]) == (1, True)
    kinds = {fact["kind"] for fact in found("search_facts", query="青山", kind="milestone")["facts"]}
    assert kinds == {"milestone"}


def test_get_fact_tells_all() -> None:
    """By id or exact name: what `show` tells, of each report that has it."""
    shown = shkc("show", "rd-expenditure", "--json", "--facts", BOTH).json
    for name in ("rd-expenditure", "全社会研发投入"):
        answer = found("get_fact", BOTH, id=name)
        assert [{**fact, "score": None, "reason": None} for fact in shown] == answer["facts"]


def test_list_facts_browses() -> None:
    """By section, kind and unit, in the order asked for."""
    answer = found("list_facts", section="企业人才", kind="metric", sort="value", limit=3)
    listed = shkc(
        "list", "--section", "企业人才", "--kind", "metric", "--sort", "value", "--json", "--facts", SMALL
    ).json
    assert [fact["id"] for fact in answer["facts"]] == [fact["id"] for fact in listed[:3]]
    assert answer["more"]
    assert {fact["unit"] for fact in found("list_facts", unit="亿元")["facts"]} == {"亿元"}
    more = found("list_facts", has=["growth"], min="1亿元", max="1000亿元", measure="flow", sort="growth")
    words = ("--has", "growth", "--min", "1亿元", "--max", "1000亿元", "--measure", "flow", "--sort", "growth")
    assert [fact["id"] for fact in more["facts"]] == [
        fact["id"] for fact in shkc("list", *words, "--json", "--facts", SMALL).json
    ]
    assert {fact["category"] for fact in found("list_facts", category="政策")["facts"]} == {"policy"}
    nothing = found("list_facts", unit="光年")
    assert not nothing["found"]
    assert nothing["message"].startswith("事实库中没有符合这些条件的事实。没有单位是“光年”的数字；有：")


def test_cite_fact_cites() -> None:
    """The citation is that of `shkc cite`."""
    answer = found("cite_fact", id="rd-expenditure", style="apa", lang="en")
    cited = shkc("cite", "rd-expenditure", "--style", "apa", "--lang", "en", "--json", "--facts", SMALL).json
    assert [fact["citation"] for fact in answer["facts"]] == cited


def test_every_fact_says_which_report_it_is_of() -> None:
    """In a base of several reports, a search finds the fact in each, and the answer names all reports."""
    answer = found("search_facts", BOTH, query="全社会研发投入")
    assert {fact["source"]["report"] for fact in answer["facts"]} == {"2031青山科技报告", "2030白沙科技报告"}
    assert (answer["report_count"], [report["year"] for report in answer["reports"]]) == (2, [2031, 2030])


def test_an_agent_is_answered_in_its_language() -> None:
    """`--lang` is the language of a server, `lang` that of a call."""
    (fact,) = found("search_facts", language=Language.en, query="GERD")["facts"]
    assert fact["reason"] == "the same alias or official name"
    assert "条事实" in found("search_facts", language=Language.en, query="GERD", lang="zh")["message"]


def test_a_wrong_file_of_several_is_left_out(tmp_path: Path) -> None:
    """Each answer names it, and is of the others."""
    shutil.copy(SMALL, tmp_path / "a.toml")
    (tmp_path / "b.toml").write_text("x = 1", encoding="utf-8")
    answer = found("search_facts", str(tmp_path), Language.en, query="GERD")
    assert (answer["found"], answer["left_out_count"], answer["report_count"]) == (True, 1, 1)
    (file,) = answer["left_out"]
    assert file.keys() == {"path", "line", "message", "problems"}
    assert file["path"].endswith("b.toml")


def test_what_follows_is_told_where_no_report_states_it() -> None:
    """The figure of the year before, by the growth that is printed, marked as computed."""
    answer = found("search_facts", query="2030年全社会研发投入", lang="en")
    assert (answer["found"], answer["computed"]["computed"], answer["computed"]["period"]) == (False, True, "2030")
    assert "No report states it, but it follows: " in answer["message"]
    assert found("search_facts", query="月球基地")["computed"] is None


# ── Calls that are wrong ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("tool", "arguments", "message"),
    [
        (
            "get_fact",
            {"id": "rd-expenditur"},
            "no fact in the fact base has the id or name “rd-expenditur”; ids near it: rd-expenditure; "
            "find ids with search_facts",
        ),
        (
            "cite_fact",
            {"id": "moon"},
            "no fact in the fact base has the id or name “moon”; find ids with search_facts",
        ),
        (
            "search_facts",
            {"question": "x"},
            "wrong argument of search_facts: there is no argument question. "
            "It takes: lang (en, zh); query (required); kind (metric, milestone); limit (1–1000)",
        ),
        ("search_facts", {"query": " "}, "wrong argument of search_facts: query is empty"),
        (
            "search_facts",
            {"query": "x", "limit": 0},
            "wrong argument of search_facts: limit must be 1–1000, not 0. It takes: ",
        ),
        (
            "list_facts",
            {"kind": "figure"},
            "wrong argument of list_facts: kind cannot be “figure”; it may be metric, milestone",
        ),
        ("list_facts", {"section": "火星"}, "no section “火星”"),
        ("list_facts", {"category": "party"}, "no category “party”; there are policy, institution, "),
        ("list_facts", {"min": "many"}, "“many” is no amount; write 100, 2.4万 or 10亿元"),
        (
            "list_facts",
            {"min": "1亿元", "max": "5家"},
            "the least value is in CNY and the greatest in 家; use one unit",
        ),
        (
            "cite_fact",
            {"id": "rd-expenditure", "style": "mla"},
            "wrong argument of cite_fact: style cannot be “mla”; it may be gb7714, apa, ",
        ),
    ],
)
def test_a_wrong_call_says_how_to_mend_it(tool: str, arguments: dict[str, Any], message: str) -> None:
    """It names what is wrong, and what would be right."""
    with pytest.raises(UsageError) as error:
        found(tool, **arguments)
    assert str(error.value).startswith(message)


def test_a_wrong_call_is_an_error_of_the_tool() -> None:
    """An agent reads it, in the language that it asked for, and the server goes on."""

    async def questions(client: Client) -> tuple[CallToolResult, CallToolResult]:
        wrong = await client.call_tool("get_fact", {"id": "moon", "lang": "en"})
        return wrong, await client.call_tool("search_facts", {"query": "GERD"})

    wrong, after = asked("--facts", SMALL, questions=questions)
    assert (wrong.is_error, after.is_error) == (True, False)
    assert text(wrong) == "shkc: no fact in the fact base has the id or name “moon”; find ids with search_facts"
    assert json.loads(text(after)) == after.structured_content


def test_there_is_no_other_tool_or_resource() -> None:
    """An unknown one is an error of the protocol that says which there are."""

    async def questions(client: Client) -> None:
        with pytest.raises(
            MCPError, match="no tool 'delete_facts'; there are search_facts, get_fact, list_facts, cite"
        ):
            await client.call_tool("delete_facts", {})
        with pytest.raises(MCPError, match="no resource shkc://reports/moon; resources/list has those that there are"):
            await client.read_resource("shkc://reports/moon")

    asked("--facts", SMALL, questions=questions)


# ── The protocol ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("language", ["zh", "en"])
def test_tools_describe_arguments_and_results(language: str) -> None:
    """Each tool has schemas of both, each argument a description in the language of the server, and changes nothing."""

    async def questions(client: Client) -> Any:
        return (await client.list_tools()).tools, client.instructions

    tools, instructions = asked("--facts", SMALL, "--lang", language, questions=questions)
    assert [tool.name for tool in tools] == ["search_facts", "get_fact", "list_facts", "cite_fact"]
    assert instructions and instructions.isascii() == (language == "en")
    for tool in tools:
        Draft202012Validator.check_schema(tool.input_schema)
        Draft202012Validator.check_schema(tool.output_schema)
        assert all(argument["description"] for argument in tool.input_schema["properties"].values())
        assert tool.input_schema["additionalProperties"] is False
        assert tool.annotations.read_only_hint
    assert tools[0].input_schema["required"] == ["query"]


def test_no_argument_is_described_for_nothing() -> None:
    """Each description is of an argument of some tool."""
    assert ARGUMENTS.keys() == {name for tool in TOOLS.values() for name in tool.arguments.__struct_encode_fields__}


def test_answers_are_as_the_schemas_say() -> None:
    """The answers of every tool, hits and misses, of both kinds, validate."""
    calls: list[tuple[str, dict[str, object]]] = [
        ("search_facts", {"query": "全社会研发投入"}),
        ("search_facts", {"query": "月球基地"}),
        ("search_facts", {"query": "研发投入的税收优惠"}),
        ("list_facts", {}),
        ("get_fact", {"id": "rd-expenditure"}),
        ("get_fact", {"id": "synergy-plan"}),
        ("cite_fact", {"id": "synergy-plan", "style": "csl-json"}),
    ]

    async def questions(client: Client) -> list[tuple[str, Any]]:
        return [(tool, (await client.call_tool(tool, given)).structured_content) for tool, given in calls]

    for tool, answer in asked("--facts", BOTH, questions=questions):
        assert list(Draft202012Validator(TOOLS[tool].output_schema()).iter_errors(answer)) == [], tool


@pytest.mark.parametrize("mode", ["legacy", "auto"])
def test_reports_are_resources(mode: str) -> None:
    """Each report, with its sections and its facts in short, for clients of the older and the newer protocol."""

    async def questions(client: Client) -> tuple[list[str], Any]:
        resources = (await client.list_resources()).resources
        (content,) = (await client.read_resource(resources[0].uri)).contents
        assert isinstance(content, TextResourceContents)
        return [resource.uri for resource in resources], json.loads(content.text)

    uris, report = asked("--facts", BOTH, questions=questions, mode=mode)
    assert uris == ["shkc://reports/qingshan-2031", "shkc://reports/baisha-2030"]
    assert report["report"]["title"] == "2031青山科技报告"
    assert [section["id"] for section in report["sections"]][:2] == ["overview", "companies-and-talent"]
    assert len(report["facts"]) == 20
    assert report["facts"][0].keys() >= {"id", "name", "name_en"}


def test_many_calls_at_once() -> None:
    """A hundred calls on the way at the same time get each its own answer."""
    names = ["研发经费", "月球基地", "研发经费占比", "rd-intensity"] * 25

    async def questions(client: Client) -> list[str]:
        answers = dict[int, str]()

        async def ask(number: int, name: str) -> None:
            answers[number] = text(await client.call_tool("search_facts", {"query": name}))

        await client.list_tools()  # so that not every call asks for the schemas first
        async with anyio.create_task_group() as tasks:
            for number, name in enumerate(names):
                tasks.start_soon(ask, number, name)
        return [answers[number] for number in range(len(names))]

    answers = asked("--facts", SMALL, questions=questions)
    assert answers == answers[:4] * 25
    assert len(set(answers)) == 4


def test_a_changed_fact_file_is_read_again(tmp_path: Path) -> None:
    """A server that runs for days answers from the files as they are; a wrong one is told, and mended is used."""
    path = tmp_path / "facts.toml"
    shutil.copy(SMALL, path)
    right = path.read_text(encoding="utf-8")

    async def questions(client: Client) -> list[CallToolResult]:
        results: list[CallToolResult] = []
        for content in (
            right,
            right.replace("全社会研发投入约320.5亿元", "全社会研发投入约320.6亿元").replace(
                "value = 320.5", "value = 320.6"
            ),
            right.replace("value = 320.5", 'value = "x"'),
            right,
        ):
            path.write_text(content, encoding="utf-8")
            os.utime(path, ns=(len(results), len(results)))
            results.append(await client.call_tool("search_facts", {"query": "研发经费", "lang": "en"}))
        return results

    first, changed, wrong, mended = asked("--facts", str(path), questions=questions)
    assert [json.loads(text(each))["facts"][0]["value"] for each in (first, changed, mended)] == [320.5, 320.6, 320.5]
    assert wrong.is_error
    assert text(wrong).startswith(f"{path}:")


# ── The process ─────────────────────────────────────────────────────────────────────────────────────


def test_a_wrong_base_is_told_to_the_client() -> None:
    """The server answers, and each call is an error with the problem: of a server that ends, a client shows nothing."""

    async def questions(client: Client) -> CallToolResult:
        assert (await client.list_tools()).tools
        return await client.call_tool("search_facts", {"query": "x", "lang": "en"})

    answer = asked("--facts", "nowhere.toml", questions=questions)
    assert (answer.is_error, text(answer)) == (True, "nowhere.toml: no such file; check the path")


def test_a_base_that_is_wrong_to_the_end_is_status_3() -> None:
    """With the problem, as for other commands."""
    answer = shkc("mcp", "--facts", "nowhere.toml", "--lang", "en")
    assert (answer.status, answer.out, answer.err) == (3, "", "nowhere.toml: no such file; check the path\n")


def test_without_the_sdk_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """The extra is named."""
    monkeypatch.setitem(sys.modules, "mcp.server.stdio", None)
    answer = shkc("mcp", "--facts", SMALL, "--lang", "en")
    assert (answer.status, answer.err) == (2, "shkc: shkc mcp needs the MCP SDK: pip install 'shkc[mcp]'\n")


def test_a_base_that_goes_wrong_is_told_for_resources_too(tmp_path: Path) -> None:
    """An error of the protocol with the problem, and not that shkc has a bug."""
    path = tmp_path / "facts.toml"
    shutil.copy(SMALL, path)

    async def questions(client: Client) -> None:
        (resource,) = (await client.list_resources()).resources
        path.write_text("x = 1", encoding="utf-8")
        with pytest.raises(MCPError, match="no fact file"):
            await client.read_resource(resource.uri)
        with pytest.raises(MCPError, match="no fact file"):
            await client.list_resources()

    asked("--facts", str(path), "--lang", "en", questions=questions)


def test_a_warehouse_that_is_mended_is_used(tmp_path: Path) -> None:
    """One that is broken is told as fact files are: of a server that ends, a client shows nothing."""
    whole, there = tmp_path / "whole", tmp_path / "there"
    assert shkc("export", str(whole), "--to", "parquet", "--facts", SMALL).status == 0
    shutil.copytree(whole, there)
    (there / WAREHOUSE).unlink()

    async def questions(client: Client) -> tuple[CallToolResult, CallToolResult]:
        broken = await client.call_tool("search_facts", {"query": "GERD", "lang": "en"})
        shutil.copy(whole / WAREHOUSE, there)
        return broken, await client.call_tool("search_facts", {"query": "GERD", "lang": "en"})

    broken, mended = asked("--facts", str(there), questions=questions)
    assert (broken.is_error, mended.is_error) == (True, False)
    assert f"{WAREHOUSE} is missing" in text(broken)


INITIALIZE = b'{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"test","version":"1"}}}\n'  # noqa: E501
LIST = b'{"jsonrpc":"2.0","id":%d,"method":"tools/call","params":{"name":"list_facts","arguments":{"limit":1000}}}\n'


@pytest.mark.parametrize("reads", [True, False], ids=["at the first answer", "without reading"])
def test_a_client_that_has_gone_ends_the_server_quietly(reads: bool) -> None:
    """In the middle of its answers, as any reader of a pipe."""
    command = [sys.executable, "-m", "shkc", "mcp"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as server:
        assert server.stdin and server.stdout and server.stderr
        server.stdin.write(INITIALIZE + b"".join(LIST % number for number in range(1, 10)))
        server.stdin.flush()
        assert not reads or server.stdout.readline()
        server.stdout.close()
        assert (server.wait(30), server.stderr.read()) == (0, b"")


def test_a_server_that_cannot_write_says_so() -> None:
    """A full disk in the place of the client is a stream that fails, as for other commands."""
    line = f"{sys.executable} -m shkc mcp --lang en > /dev/full"
    done = subprocess.run(["sh", "-c", line], input=INITIALIZE, capture_output=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (
        70,
        b"shkc: standard input or output fails: No space left on device\n",
    )


def test_an_interrupt_ends_the_server() -> None:
    """Ctrl-C in a terminal: exit status 130, although standard input is still open."""
    command = [sys.executable, "-m", "shkc", "mcp", "--facts", SMALL]
    request = {
        "jsonrpc": "2.0",
        "id": 1,
        "method": "initialize",
        "params": {
            "protocolVersion": "2025-06-18",
            "capabilities": {},
            "clientInfo": {"name": "test", "version": "1"},
        },
    }
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as server:
        assert server.stdin and server.stdout and server.stderr
        server.stdin.write(json.dumps(request).encode() + b"\n")
        server.stdin.flush()
        assert b'"serverInfo"' in server.stdout.readline()
        server.send_signal(signal.SIGINT)
        assert server.wait(30) == 130
        assert server.stderr.read() == b""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_the_server_at_once(number: signal.Signals) -> None:
    """Although standard input is still open."""
    code = "import signal as s; s.signal(s.SIGHUP, s.SIG_DFL); from shkc.__main__ import main; main()"
    command = [sys.executable, "-c", code, "mcp", "--facts", SMALL]  # the tests may run under nohup
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as server:
        assert server.stdin and server.stdout and server.stderr
        server.stdin.write(INITIALIZE)
        server.stdin.flush()
        assert server.stdout.readline()
        server.send_signal(number)
        assert (server.wait(30), server.stderr.read()) == (-number, b"")
