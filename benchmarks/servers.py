"""Servers of this machine that are measured: started for it, and looked at from outside."""

from __future__ import annotations

import contextlib
import http.client
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def memory_mb(pids: Sequence[int]) -> float | None:
    """Memory that processes have to themselves in RAM."""
    if not pids or not Path("/proc").exists():
        return None
    rollups = "".join(Path(f"/proc/{pid}/smaps_rollup").read_text() for pid in pids)
    return sum(int(kb) for kb in re.findall(r"^Private_\w+: +(\d+)", rollups, re.M)) / 1024


def cpu_s(pids: Sequence[int]) -> float | None:
    """Seconds of processor time that processes have spent."""
    if not pids or not Path("/proc").exists():
        return None
    stats = [Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split() for pid in pids]
    return sum(int(stat[11]) + int(stat[12]) for stat in stats) / os.sysconf("SC_CLK_TCK")


def healthy(host: str, port: int, base: str) -> bool:
    connection = http.client.HTTPConnection(host, port, timeout=2)
    with contextlib.suppress(OSError), contextlib.closing(connection):
        connection.request("GET", f"{base}/_stcore/health")
        return connection.getresponse().status == 200
    return False


@contextlib.contextmanager
def own_server(app: Path) -> Iterator[tuple[int, list[int]]]:
    """Start the app on a free port of this machine; yield port and process id."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = {"port": port, "address": "127.0.0.1", "headless": "true", "fileWatcherType": "none"}
    flags = [f"--server.{name}={value}" for name, value in options.items()]
    server = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", app.name, *flags],
        cwd=app.parent, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    try:
        for _ in range(300):
            if healthy("127.0.0.1", port, ""):
                break
            if server.poll() is not None:
                raise SystemExit("the server ended at its start")
            time.sleep(0.1)
        else:
            raise SystemExit("the server does not answer")
        yield port, [server.pid]
    finally:
        server.terminate()
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            server.kill()
