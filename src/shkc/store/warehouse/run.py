"""Parts written by the processes of this machine, or by the workers of a Dask cluster."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator, Sequence

from shkc.errors import WarehouseError
from shkc.store.prepare import in_processes
from shkc.store.warehouse.part import Task, Written, other_software, write_part
from shkc.store.warehouse.places import MISSING

PATIENCE = 10
"""Seconds in which a cluster answers."""


def run(tasks: Sequence[Task], cluster: str | None) -> Iterator[Written]:
    """What each of *tasks* has written, as they come: on all cores, or on the *cluster* at this address.

    Raises `WarehouseError`.
    """
    if cluster is not None:
        return _on_cluster(tasks, cluster)
    cores = min(os.cpu_count() or 1, len(tasks))
    return in_processes(write_part, iter(tasks), cores) if cores > 1 else map(write_part, tasks)


def _on_cluster(tasks: Sequence[Task], address: str) -> Iterator[Written]:
    try:
        from distributed import Client, as_completed
    except ImportError:
        raise WarehouseError(*MISSING) from None
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what goes wrong is told in one line
    try:
        client = Client(address, timeout=PATIENCE, set_as_default=False)  # type: ignore[no-untyped-call] # no types
    except (OSError, ValueError, TimeoutError) as error:
        raise _failed(address, error) from None
    with client:
        if not client.scheduler_info()["workers"]:
            raise WarehouseError(f"{address}：集群没有工作进程", f"{address}: the cluster has no workers")
        futures = client.map(write_part, tasks, pure=False)
        for future in as_completed(futures, loop=client.loop):  # type: ignore[no-untyped-call] # as above
            yield _result(future, address)


def _result(future: object, address: str) -> Written:
    try:
        written: Written = future.result()  # type: ignore[attr-defined] # a future of Dask, which has no types
    except WarehouseError:
        raise
    except (ImportError, AttributeError, TypeError):  # it has no such function, or one that takes something else
        raise other_software() from None
    except Exception as error:  # whatever a worker raises, and what Dask makes of one that dies again and again
        raise _failed(address, error) from None
    return written


def _failed(address: str, error: Exception) -> WarehouseError:
    why = str(error).partition("\n")[0] or type(error).__name__
    return WarehouseError(f"{address}：集群出错：{why}", f"{address}: the cluster fails: {why}")
