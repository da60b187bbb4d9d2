"""A warehouse written by a Dask cluster, and one in an object store: the same answers as from fact files."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3  # noqa: TID251 # to change what is kept
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from support import BOTH, SMALL, YEARS, Answer, indexes, shkc

from benchmarks.generate import BROADEST, SELECTIVE, generate

LOOKUPS = (
    ("list", "--json"),
    ("metric", "全社会研发投入", "--json"),
    ("metric", "青山研发投入是多少", "--json"),
    ("show", "rd-expenditure", "--json"),
    ("sections", "--json"),
)


def agrees(target: str, facts: str) -> None:
    """The warehouse at *target* answers as *facts* do."""
    for words in LOOKUPS:
        assert shkc(*words, "--facts", target) == shkc(*words, "--facts", facts)


# ── A Dask cluster ──────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """A scheduler with two workers, each a process."""
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as started:  # type: ignore[no-untyped-call] # no types
        yield started


@pytest.mark.filterwarnings("ignore")  # Dask's own
def test_a_cluster_writes_the_same_warehouse(cluster: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """File for file, but for the names of those that each export writes once."""
    from shkc.store.warehouse import export

    monkeypatch.setattr(export, "PART", 1)  # a file in each part
    for name, words in (("here", ()), ("there", ("--cluster", cluster.scheduler_address))):
        target = str(tmp_path / name)
        call = ("export", "--to", "parquet", target, "--facts", YEARS, "--lang", "en", *words)
        assert shkc(*call) == Answer(0, "", f"written: {target}\n")
    here, there = (
        {path.name: path.read_bytes() for path in (tmp_path / name).rglob("*.parquet")} for name in ("here", "there")
    )
    assert here == there
    assert len(here) > 1
    agrees(str(tmp_path / "there"), YEARS)


@pytest.mark.filterwarnings("ignore")
def test_workers_with_another_shkc_write_nothing(cluster: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One line, exit status 3, and no warehouse."""
    from shkc.store.warehouse import export

    monkeypatch.setattr(export, "software", lambda: "0.0.1-other")
    target = str(tmp_path / "warehouse")
    call = ("export", "--to", "parquet", target, "--facts", SMALL, "--cluster", cluster.scheduler_address)
    answer = shkc(*call, "--lang", "en")
    assert answer == Answer(
        3, "", "shkc: the workers of the cluster have another shkc; install the same one on all machines\n"
    )
    assert not Path(target, "shkc-warehouse.json").exists()


@pytest.mark.filterwarnings("ignore")
def test_a_cluster_that_is_not_there_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One line, exit status 3."""
    from shkc.store.warehouse import run

    monkeypatch.setattr(run, "PATIENCE", 1)
    call = ("export", "--to", "parquet", str(tmp_path / "w"), "--facts", SMALL, "--cluster", "tcp://127.0.0.1:9")
    answer = shkc(*call, "--lang", "en")
    assert (answer.status, answer.out, answer.err.count("\n")) == (3, "", 1)
    assert answer.err.startswith("shkc: tcp://127.0.0.1:9: the cluster fails: ")


@pytest.mark.filterwarnings("ignore")
def test_a_killed_worker_costs_its_own_parts(cluster: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another worker writes them again; the warehouse is the same."""
    from distributed import Client

    from shkc.base import write_warehouse
    from shkc.store.warehouse import export

    monkeypatch.setattr(export, "PART", 1)
    facts, target = tmp_path / "facts", tmp_path / "warehouse"
    generate(facts, 40, 40)
    with Client(cluster.scheduler_address, set_as_default=False) as client:  # type: ignore[no-untyped-call] # no types
        workers = list(client.run(os.getpid).values())
    told: list[tuple[int, int]] = []

    def kill_one(done: int, total: int) -> None:
        if not told:
            os.kill(workers[0], signal.SIGKILL)
        told.append((done, total))

    left_out = write_warehouse([str(facts)], str(target), cluster=cluster.scheduler_address, progress=kill_one)
    assert (list(left_out), told[-1], len(told)) == ([], (40, 40), 40)
    assert len(list((target / "facts").iterdir())) == 40
    for words in (("list", "--json"), ("metric", SELECTIVE, "--json"), ("metric", BROADEST, "--json")):
        assert shkc(*words, "--facts", str(target)) == shkc(*words, "--facts", str(facts))


# ── An object store ─────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def bucket() -> Iterator[str]:
    """A bucket of an S3 server in this process: its address, and how to reach it."""
    import boto3  # type: ignore[import-untyped] # has no types
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    before = dict(os.environ)
    os.environ.update(AWS_ACCESS_KEY_ID="testing", AWS_SECRET_ACCESS_KEY="testing", AWS_DEFAULT_REGION="us-east-1")
    boto3.client("s3", endpoint_url=f"http://{host}:{port}").create_bucket(Bucket="facts")
    yield f"s3://facts/{{}}?endpoint_override={host}:{port}&scheme=http&allow_bucket_creation=false"
    os.environ.clear()
    os.environ.update(before)
    server.stop()


@pytest.mark.filterwarnings("ignore")  # boto3's own
def test_an_object_store_holds_a_warehouse(bucket: str, tmp_path: Path, cache: Path) -> None:
    """It is written, read, changed and read again there; the names are fetched once."""
    address, facts = bucket.format("all"), tmp_path / "facts"
    shutil.copytree(BOTH, facts)
    call = ("export", "--to", "parquet", address, "--facts", str(facts), "--lang", "en")
    assert shkc(*call) == Answer(0, "", f"written: {address}\n")
    agrees(address, str(facts))
    assert len(indexes(cache)) == 2  # that of the fact files is the other
    assert shkc(*call).status == 2
    (facts / "small.toml").unlink()
    assert shkc(*call, "--force").status == 0
    agrees(address, str(facts))
    assert len(indexes(cache)) == 2


@pytest.mark.filterwarnings("ignore")
def test_what_is_fetched_is_kept_as_an_index_is(bucket: str, tmp_path: Path, cache: Path) -> None:
    """It is listed, cleared, and not believed when it was changed."""
    address = bucket.format("kept")
    assert shkc("export", "--to", "parquet", address, "--facts", SMALL).status == 0
    words = ("metric", "孵化器数", "-f", "value", "--facts", address)
    assert shkc(*words) == Answer(0, "96\n", "")
    (kept,) = indexes(cache)
    assert shkc("cache", "--json").json[0]["indexes"][0]["of"] == [address]
    other = tmp_path / "other.sqlite"
    shutil.copy(kept, other)
    with closing(sqlite3.connect(other)) as connection, connection:
        connection.execute("DELETE FROM exact")
    shutil.copy(other, kept)
    assert shkc(*words) == Answer(0, "96\n", "")
    assert shkc("cache", "--clear").status == 0
    assert not cache.exists()


@pytest.mark.filterwarnings("ignore")
def test_what_can_be_kept_nowhere_is_fetched_for_once(
    bucket: str, tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And nothing of it stays."""
    address = bucket.format("once")
    assert shkc("export", "--to", "parquet", address, "--facts", SMALL).status == 0
    cache.touch()
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    assert shkc("metric", "孵化器数", "-f", "value", "--facts", address) == Answer(0, "96\n", "")
    assert list(temporary.iterdir()) == []


@pytest.mark.filterwarnings("ignore")
def test_a_store_without_a_warehouse_is_told(bucket: str) -> None:
    """Nothing there, no bucket, nobody who answers: one line, exit status 3."""
    for address in (bucket.format("nothing"), bucket.format("x").replace("facts/x", "nobody/x")):
        answer = shkc("list", "--facts", address, "--lang", "en")
        assert (answer.status, answer.out, answer.err.count("\n")) == (3, "", 1)
