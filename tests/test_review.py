"""`review`: a draft gone through with a person, driven in a terminal of its own."""

from __future__ import annotations

import errno
import os
import re
import select
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from conftest import Golden
from support import DATA, ROOT, process, shkc

from shkc.draft import review
from shkc.draft.session import Session
from shkc.errors import UsageError
from shkc.facts.load import parse
from shkc.output.terminal import cells_of

pty = pytest.importorskip("pty", reason="a terminal of its own needs POSIX")

EXAMPLES = ROOT / "examples"
REPORT = EXAMPLES / "report-2024.txt"
LAST_KEY = {"zh": "q 停止", "en": "q quit"}
HANDS = 30
"""Seconds that a test waits for the terminal before it gives up."""


@pytest.fixture(scope="module")
def drafted() -> str:
    """A draft of the sample report, as `draft --base` once made it: other rules for drafts are no other review."""
    return (DATA / "review" / "draft.toml").read_text(encoding="utf-8")


@pytest.fixture
def draft(drafted: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """That draft in a file, beside the report, in the working directory."""
    monkeypatch.chdir(tmp_path)
    shutil.copy(REPORT, tmp_path / "report.txt")
    path = tmp_path / "draft.toml"
    path.write_text(drafted, encoding="utf-8")
    return path


def session(keys: str, *more: str, columns: int = 80, lang: str = "zh", editor: str = "true") -> tuple[int, str]:
    """The exit status and the screen of a review in which *keys* are pressed, each when it is asked for."""
    master, slave = pty.openpty()
    environment = {**os.environ, "NO_COLOR": "1", "COLUMNS": str(columns), "VISUAL": editor, "SHKC_LANG": lang}
    words = [sys.executable, "-m", "shkc", "review", "draft.toml", "report.txt", *more]
    with subprocess.Popen(words, stdin=slave, stdout=slave, stderr=slave, env=environment) as running:
        os.close(slave)
        screen, waiting = "", list(keys)
        while piece := _read(master):
            screen += piece.decode()
            if screen.rstrip().endswith(LAST_KEY[lang]):
                if not waiting:
                    break  # it asks for more than the test presses
                time.sleep(0.05)  # the keyboard is read once the screen is drawn
                os.write(master, waiting.pop(0).encode())
        running.kill()
    os.close(master)
    return running.returncode, screen.replace("\r\n", "\n")


def _read(master: int) -> bytes:
    if not select.select([master], [], [], HANDS)[0]:
        return b""
    try:
        return os.read(master, 1 << 16)
    except OSError as error:
        if error.errno != errno.EIO:  # the other end is closed
            raise
        return b""


# ── On the screen ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("columns", [40, 80, 120])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_screen(draft: Path, golden: Golden, columns: int, lang: str) -> None:
    """The most doubtful first, the sentence with the figure marked, the proposal, the keys, at the end what is left."""
    status, screen = session("ksdssssssksduq", columns=columns, lang=lang)
    assert status == 0
    cards = screen.rpartition(LAST_KEY[lang])[0]
    told = [line for line in cards.splitlines() if not re.match("[a-z0-9-]+$|shkc: ", line)]  # ids are never split
    assert max(map(cells_of, told)) <= columns
    golden.check(f"review.{columns}.{lang}.txt", screen)


def test_a_decision_is_saved_at_once_and_nothing_else_changes(draft: Path) -> None:
    """Only the mark of the title goes; comments, order and every other line stay."""
    before = draft.read_text(encoding="utf-8")
    assert session("kq")[0] == 0
    after = draft.read_text(encoding="utf-8")
    assert after == before.replace("  # review: 取自文首", "", 1)


def test_a_review_goes_on_where_it_stopped(draft: Path) -> None:
    """What was decided is not asked again; what was skipped is."""
    first = session("ksq")[1]
    second = session("q")[1]
    assert "标题  2024青山市科技进步报告" in first
    assert "标题  2024青山市科技进步报告" not in second
    assert "英文标题  To be translated" in second


def test_what_an_editor_has_left_is_taken_while_no_other_review_writes(
    draft: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A decision that another one saves between reading and writing would be lost."""
    going = Session(draft, ["2024青山市科技进步报告"])
    read: list[bytes] = []

    def noted(path: str) -> bytes:
        read.append(Path(path).read_bytes())
        return read[-1]

    @contextmanager
    def held(folder: Path) -> Iterator[None]:
        with monkeypatch.context() as patched:
            patched.setattr("shkc.draft.session.read", noted)
            yield

    monkeypatch.setattr("shkc.files.locked", held)
    going.reread()
    assert read == [draft.read_bytes()]


def test_an_editor_with_half_a_quote_is_told(draft: Path) -> None:
    """And the review goes on."""
    status, out = session("eq", editor="vi 'x", lang="en")
    assert (status, "did not end well; set EDITOR" in out) == (0, True)


def test_the_editor_opens_at_the_line(draft: Path, tmp_path: Path) -> None:
    """The file is taken as the editor has left it; an editor that knows +LINE is told the line."""
    editor = tmp_path / "vim"
    editor.write_text(
        '#!/bin/sh\necho "$@" > asked\nsed -i "s/青山市科技进步报告\\"  # review.*/改过的标题\\"/" "$2"\n'
    )
    editor.chmod(0o755)
    session("eq", editor=str(editor))
    assert (tmp_path / "asked").read_text() == "+7 draft.toml\n"
    assert 'title = "2024改过的标题"\n' in draft.read_text(encoding="utf-8")


def test_an_edit_that_breaks_the_file_is_kept_told_and_undone(draft: Path) -> None:
    """Nothing that was typed is lost, nothing is decided on a broken file, and u takes the edit back."""
    before = draft.read_bytes()
    _, screen = session("ekuq", editor="sed -i s/^year.*/year=/")
    assert "draft.toml:" in screen
    assert "文件有误：请按 e 改正，或按 u 撤销" in screen
    assert draft.read_bytes() == before


def test_all_asks_about_sure_facts_too(draft: Path) -> None:
    """Twenty-four facts and seven fields of the head."""
    assert "还有 31 项" in session("q", "--all")[1]


def test_when_all_is_decided_the_next_command_is_named(draft: Path) -> None:
    """The file is still right, proven, and without a doubt."""
    fill = 's/"To be [a-z ]*"/"Something"/;s/"待填"/"某局"/'
    status, screen = session("e" + "k" * 40, editor=f"sed -i '{fill}'")
    assert status == 0
    assert "还有 0 项待核" in screen
    assert "shkc verify report.txt --facts draft.toml" in screen
    assert "# 起草：待核" not in draft.read_text(encoding="utf-8")


# ── Without a terminal ──────────────────────────────────────────────────────────────────────────────


def test_without_a_terminal_it_says_what_to_do(draft: Path) -> None:
    """One line, status 2, and the file stays."""
    before = draft.read_bytes()
    answer = process("review", "draft.toml", "report.txt", environment={"SHKC_LANG": "en"})
    assert (answer.status, answer.out) == (2, "")
    assert answer.err.count("\n") == 1
    assert "grep -n '# review:' draft.toml" in answer.err
    assert draft.read_bytes() == before


# ── What a decision makes of the file ───────────────────────────────────────────────────────────────


def opened(path: Path) -> Session:
    """A session on the draft at *path*."""
    return Session(path, REPORT.read_text(encoding="utf-8").replace("    ", "").split("\n\n"))


def item_of(running: Session, key: str) -> review.Item:
    """The open item *key*."""
    return next(item for item in running.open if item.key == key)


def test_a_fact_that_is_dropped_leaves_exceptions(draft: Path) -> None:
    """Every numeral stays accounted for, and no relation leads to what is gone."""
    assert 'part-of = ["high-tech-enterprises"]' in draft.read_text(encoding="utf-8")
    running = opened(draft)
    running.drop(item_of(running, "high-tech-enterprises"))
    left = draft.read_text(encoding="utf-8")
    assert 'id = "high-tech-enterprises"' not in left
    assert "relations = {" not in left
    assert 'reason = "核对时删去，不是数据"' in left
    answer = shkc("verify", str(REPORT), "--facts", str(draft), "--json").json[0]
    assert (answer["covered"], answer["findings"]) == (answer["numerals"], [])


def test_a_milestone_that_is_dropped_leaves_its_name(draft: Path) -> None:
    """For the draft of the next report; it is undone like anything else."""
    before = draft.read_bytes()
    running = opened(draft)
    item = next(each for each in running.open if each.kind == "milestone")
    assert item.fact is not None
    running.drop(item)
    assert draft.read_text(encoding="utf-8").rstrip().endswith(f"# 核对时删去的大事：{item.fact.name}")
    running.undo()
    assert draft.read_bytes() == before


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_a_name_that_is_edited_leaves_the_drafted_one(draft: Path, ends: str) -> None:
    """Above the figure, and only once, whatever else is edited."""
    draft.write_bytes(draft.read_bytes().replace(b"\n", ends.encode()))
    before = draft.read_bytes()
    running = opened(draft)
    item = next(each for each in running.open if each.kind == "metric")
    assert item.fact is not None
    name = item.fact.name
    for new in ("甲类数", "乙类数"):
        text = draft.read_bytes().decode()
        draft.write_bytes(re.sub(f'(id = "{item.key}"\\s+name = )"[^"]*"', f'\\1"{new}"', text).encode())
        running.reread()
    assert draft.read_bytes().decode().count(f"# 起草名称：{name}{ends}[[metric]]") == 1
    assert draft.read_bytes().decode().count("# 起草名称：") == 1
    running.undo()
    running.undo()
    assert draft.read_bytes() == before


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_undo_gives_back_every_byte(draft: Path, ends: str) -> None:
    """Of any number of decisions, byte-order mark and line ends included."""
    draft.write_bytes(b"\xef\xbb\xbf" + draft.read_bytes().replace(b"\n", ends.encode()))
    before = draft.read_bytes()
    running = opened(draft)
    for decide in (running.keep, running.skip, running.keep, running.drop):
        item = next(each for each in running.open if each.kind != "report")
        decide(item)
    assert draft.read_bytes().startswith(b"\xef\xbb\xbf")
    for _ in range(4):
        running.undo()
    assert draft.read_bytes() == before
    with pytest.raises(UsageError, match="nothing to undo"):
        running.undo()


def test_what_is_not_filled_in_is_not_kept(draft: Path) -> None:
    """待填 is no publisher."""
    running = opened(draft)
    with pytest.raises(UsageError, match="not filled in"):
        running.keep(item_of(running, "publisher"))


def test_a_file_that_somebody_else_has_changed_is_read_anew(draft: Path) -> None:
    """The decision is asked for again, and the change of the other is kept."""
    running = opened(draft)
    item = item_of(running, "title")
    draft.write_text(draft.read_text(encoding="utf-8") + "# mine\n", encoding="utf-8")
    with pytest.raises(UsageError, match="read anew"):
        running.keep(item)
    running.keep(item_of(running, "title"))
    assert draft.read_text(encoding="utf-8").endswith("# mine\n")


def test_undo_loses_nothing_that_somebody_else_has_written(draft: Path) -> None:
    """It is asked for again, too: then it takes back what the other wrote, and again, the decision."""
    before = draft.read_bytes()
    running = opened(draft)
    running.keep(item_of(running, "title"))
    kept = draft.read_bytes()
    draft.write_bytes(kept + b"# mine\n")
    with pytest.raises(UsageError, match="read anew"):
        running.undo()
    assert draft.read_bytes() == kept + b"# mine\n"
    running.undo()
    assert draft.read_bytes() == kept
    running.undo()
    assert draft.read_bytes() == before


def test_two_reviews_at_once_lose_no_decision(draft: Path) -> None:
    """What one decides the other reads, also in the moment in which it decides itself."""
    keys = [item.key for item in opened(draft).open if item.kind != "report"]

    def decide(running: Session, mine: Sequence[str]) -> None:
        for key in mine:
            while key in {item.key for item in running.open}:
                with suppress(UsageError):  # the other was faster
                    running.keep(item_of(running, key))

    threads = [threading.Thread(target=decide, args=(opened(draft), keys[at::2])) for at in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [item.key for item in opened(draft).open if item.kind != "report"] == []


# ── Milestones that are sure ────────────────────────────────────────────────────────────────────────

EVENTS = "青山大桥合龙，东湖水库开工建设，临江机场投用，启动西山行动。"


@pytest.fixture
def events(tmp_path: Path) -> Path:
    """A draft of a paragraph with three sure milestones and a doubtful one."""
    report, target = tmp_path / "report.txt", tmp_path / "draft.toml"
    report.write_text(f"2024青山市科技进步报告\n{EVENTS}\n", encoding="utf-8")
    assert shkc("draft", str(report), "-o", str(target)).status == 0
    return target


def several(events: Path) -> tuple[Session, review.Item]:
    """A session on *events*, and what is decided together in it."""
    running = Session(events, ["2024青山市科技进步报告", EVENTS])
    return running, next(item for item in running.open if item.kind == "milestones")


def test_sure_milestones_of_a_paragraph_are_decided_together(events: Path) -> None:
    """With one key; the doubtful one is asked about apart, and before them."""
    running, item = several(events)
    assert [each.fact.name for each in item.members if each.fact] == [
        "青山大桥合龙",
        "东湖水库开工建设",
        "临江机场投用",
    ]
    assert [each.kind for each in running.open][-2:] == ["milestone", "milestones"]
    before = events.read_bytes()
    running.keep(item)
    assert events.read_text(encoding="utf-8").count("# 已核\n[[milestone]]") == 3
    assert [each.kind for each in running.open][-1:] == ["milestone"]
    running.undo()
    assert events.read_bytes() == before


def test_they_are_dropped_together_too(events: Path) -> None:
    """Each name stays for the draft of the next report."""
    running, item = several(events)
    running.drop(item)
    left = events.read_text(encoding="utf-8")
    assert (left.count("# 核对时删去的大事："), left.count("[[milestone]]")) == (3, 1)


def test_they_can_be_taken_one_by_one(events: Path) -> None:
    """And back again; what is one already cannot."""
    running, item = several(events)
    running.take_apart(item)
    assert [each.kind for each in running.open][-4:] == ["milestone"] * 4
    with pytest.raises(UsageError, match="only one"):
        running.take_apart(running.open[-1])
    running.undo()
    assert running.open[-1].kind == "milestones"


def test_the_card_of_several(events: Path, monkeypatch: pytest.MonkeyPatch, golden: Golden) -> None:
    """Their words in the report, what each is called, and a key of its own; o shows each of them."""
    monkeypatch.chdir(events.parent)
    golden.check("review.several.txt", session("s" * 8 + "okkkq")[1])


def test_of_an_event_the_sentence_is_shown_near_it() -> None:
    """A sentence of many events is not read for each of them."""
    far = "甲" * 30
    assert review.nearby((far, "大桥合龙", far)) == (f"…{'甲' * 20}", "大桥合龙", f"{'甲' * 20}…")
    assert review.nearby(("前，", "大桥合龙", "。")) == ("前，", "大桥合龙", "。")


def test_doubt_orders_the_review(drafted: str) -> None:
    """The head, on which all rests; then figures by their doubt; a number that the draft states counts."""
    stated = drafted.replace("# review: 名称取自上文，请核对", "# review: 名称取自上文，存疑 0.9，请核对", 1)
    found = review.items(parse(stated, "draft.toml"))
    assert [item.doubt for item in found] == sorted((item.doubt for item in found), reverse=True)
    assert [item.kind for item in found[:8]] == ["report"] * 7 + ["metric"]
    assert found[7].doubt == 0.9


def test_coverage_counts_each_apart(tmp_path: Path) -> None:
    """Figures, names, what is no figure, what may be one, and tables that nobody reads."""
    report = tmp_path / "report.txt"
    report.write_text("2024青山市科技进步报告\n研发投入96.5亿元。《青山2030规划》发布。\n地区\t甲\t乙\n投入\t3\t5\n")
    target = tmp_path / "draft.toml"
    assert shkc("draft", str(report), "-o", str(target)).status == 0
    out = shkc("verify", str(report), "--facts", str(target)).out
    counted = re.search(r"在数字里的 (\d+)、在名称里的 (\d+)、不是数据的 (\d+)、存疑的 (\d+)、未读的表格 (\d+) 行", out)
    assert counted is not None, out
    assert counted.groups() == ("1", "1", "1", "2", "1")
