"""Replicas of the app on this machine, behind the proxy as deploy/ configures it.

The names of deploy/nginx.conf become ports of loopback, and what it writes goes to a folder of its
own; the rest of the file is what runs.
"""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.servers import healthy
from tests.deploy.find_nginx import INSTRUCTIONS, find

ROOT = Path(__file__).resolve().parent.parent
CONF = ROOT / "deploy" / "nginx.conf"
NAMES = "123"
"""The replicas of deploy/nginx.conf."""
START_S, END_S = 90.0, 40.0


def free_ports(n: int) -> list[int]:
    """Ports of loopback that nobody uses."""
    with ExitStack() as stack:
        probes = [stack.enter_context(socket.socket()) for _ in range(n)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [int(probe.getsockname()[1]) for probe in probes]


@dataclass
class Replica:
    """One process of the app, which can be ended and started again on its port."""

    name: str
    port: int
    folder: Path
    env: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it; it answers when `ready` returns."""
        options = {"port": self.port, "address": "127.0.0.1", "fileWatcherType": "none"}
        flags = [f"--server.{name}={value}" for name, value in options.items()]
        env = {"UNROLLED_REPLICA": self.name, "UNROLLED_SESSIONS": "400", "UNROLLED_DRAIN_S": "1"}
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "streamlit", "run", "deploy/serve.py", *flags],
                cwd=ROOT, stdout=log, stderr=log, env={**os.environ, **env, **self.env},
            )  # fmt: skip

    @property
    def log(self) -> Path:
        """What it wrote."""
        return self.folder / f"replica-{self.name}.log"

    def ready(self) -> None:
        """Wait until it answers. Raises RuntimeError with its log."""
        until = time.monotonic() + START_S
        while not healthy("127.0.0.1", self.port, ""):
            if self.process is None or self.process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"replica {self.name} does not answer:\n{self.log.read_text()}")
            time.sleep(0.1)

    def end(self, sign: signal.Signals = signal.SIGTERM) -> None:
        """Send a signal, and wait for its end."""
        if self.process is None:
            return
        self.process.send_signal(sign)
        try:
            self.process.wait(END_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process = None


@dataclass
class Proxy:
    """nginx with deploy/nginx.conf. replicas : those behind it; none need run."""

    port: int
    replicas: list[Replica]
    process: subprocess.Popen[bytes]
    log: Path

    def reload(self) -> None:
        """Read the configuration anew; open connections go on."""
        self.process.send_signal(signal.SIGHUP)


def configuration(folder: Path, port: int, replicas: list[Replica]) -> str:
    """deploy/nginx.conf for this machine."""
    text = CONF.read_text()
    for replica in replicas:
        text = text.replace(f"app{replica.name}:8501", f"127.0.0.1:{replica.port}")
    text = text.replace(" /var/cache/nginx/", f" {folder}/").replace(
        "error_log stderr", f"error_log {folder}/error.log"
    )
    return re.sub(r"listen 8080;", f"listen 127.0.0.1:{port};", text)


@contextmanager
def proxied(run: str = NAMES, **env: str) -> Iterator[Proxy]:
    """Start replicas and the proxy before them. run : the names of those that are started.

    Raises RuntimeError where there is no nginx, with what to install.
    """
    nginx = find()
    if nginx is None:
        raise RuntimeError(INSTRUCTIONS)
    port, *ports = free_ports(1 + len(NAMES))
    with tempfile.TemporaryDirectory() as made, ExitStack() as stack:
        folder = Path(made)
        folder.chmod(0o755)  # its workers are nobody when it was started as root
        replicas = [Replica(*each, folder, env) for each in zip(NAMES, ports, strict=True)]
        (folder / "nginx.conf").write_text(configuration(folder, port, replicas))
        for replica in replicas:
            stack.callback(replica.end, signal.SIGKILL)
        asked = [replica for replica in replicas if replica.name in run]
        for replica in asked:
            replica.start()
        for replica in asked:
            replica.ready()
        log = folder / "error.log"
        process = subprocess.Popen(
            [
                nginx,
                "-c",
                str(folder / "nginx.conf"),
                "-p",
                made,
                "-e",
                str(log),
                "-g",
                "daemon off;",
            ]
        )
        stack.callback(process.wait)
        stack.callback(process.terminate)
        _listening(port, process, log)
        yield Proxy(port, replicas, process, log)


def _listening(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + START_S
    while True:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        if process.poll() is not None or time.monotonic() > until:
            raise RuntimeError(f"the proxy does not start:\n{log.read_text()}")
        time.sleep(0.05)


@contextmanager
def own_replicas() -> Iterator[tuple[int, list[int]]]:
    """Start three replicas behind the proxy; yield its port, and the replicas' process ids."""
    with proxied() as proxy:
        yield proxy.port, [one.process.pid for one in proxy.replicas if one.process]
