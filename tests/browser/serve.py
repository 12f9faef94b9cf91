"""Serve the app as a process of its own: for the browser tests, and for who measures them."""

import http.client
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

START_TRIES = 300  # a tenth of a second each
CHROME_FLAGS = [
    "--no-sandbox",  # CI runs as root
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]

READY = """() => {
    const app = document.querySelector('[data-testid=stApp]');
    return app?.dataset.testConnectionState === 'CONNECTED'
        && app.dataset.testScriptState === 'notRunning'
        && document.querySelector('[data-testid=stElementContainer]')
        && !document.querySelector('[data-testid=stAppSkeleton], [data-testid=stSkeleton]');
}"""


def _healthy(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", "/_stcore/health")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


@contextmanager
def serve(folder: Path) -> Iterator[str]:
    """Start the app of this checkout and yield its address; RuntimeError tells its log."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = {"port": port, "address": "127.0.0.1", "headless": "true", "fileWatcherType": "none"}
    command = [sys.executable, "-m", "streamlit", "run", "app.py"]
    command += [f"--server.{name}={value}" for name, value in options.items()]
    with tempfile.TemporaryFile("w+b") as log:
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=subprocess.STDOUT)

        def fail(what: str) -> None:
            log.seek(0)
            said = log.read().decode(errors="replace")[-3000:]
            raise RuntimeError(f"The app {what}. Its log ends:\n{said}")

        try:
            for _ in range(START_TRIES):
                if _healthy(port):
                    break
                try:  # the pause between two looks, cut short if the server dies
                    process.wait(timeout=0.1)
                except subprocess.TimeoutExpired:
                    continue
                break
            if process.poll() is not None or not _healthy(port):
                fail("did not start")
            yield f"http://127.0.0.1:{port}"
            if process.poll() is not None:
                fail("died")
        finally:
            process.terminate()
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
