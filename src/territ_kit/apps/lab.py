"""JupyterLab beside Voilà: started when asked for, in French, on the person's folder, and stopped with us."""

from __future__ import annotations

import asyncio
import os
import secrets
import signal
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import quote

from tornado.netutil import bind_sockets

from territ_kit import web
from territ_kit.errors import ServerError

SETTINGS = Path(web.__file__).parent / "etc" / "jupyter"
WAIT_SECONDS = 60


class Lab:
    """The JupyterLab process: none until the first request, started again if it has died."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.process: subprocess.Popen[bytes] | None = None
        self.base = ""
        self.token = ""
        self.starting = asyncio.Lock()

    async def url(self, notebook: str) -> str:
        """Return the address of `notebook` (a path in the person's folder) in a running JupyterLab.

        Raises
        ------
        ServerError
            When JupyterLab does not answer within a minute.
        """
        async with self.starting:
            if self.process is None or self.process.poll() is not None:
                await self._start()
        page = f"lab/tree/{quote(notebook)}" if notebook else "lab"
        return f"{self.base}{page}?token={self.token}"

    async def _start(self) -> None:
        sockets = bind_sockets(0, "127.0.0.1")
        port = sockets[0].getsockname()[1]
        for socket in sockets:
            socket.close()
        self.token = secrets.token_urlsafe(24)
        self.base = f"http://127.0.0.1:{port}/"
        paths = os.pathsep.join(filter(None, (str(SETTINGS), os.environ.get("JUPYTER_CONFIG_PATH", ""))))
        self.process = subprocess.Popen(  # noqa: S603 # our own module, on arguments of ours
            [sys.executable, "-m", "territ_kit.apps.lab", str(self.root), str(port)],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "JUPYTER_CONFIG_PATH": paths, "JUPYTER_TOKEN": self.token},
        )
        for _ in range(WAIT_SECONDS * 5):
            await asyncio.sleep(0.2)
            if self.process.poll() is not None:
                break
            if await asyncio.to_thread(self._answers):
                return
        self.stop()
        raise ServerError(
            "JupyterLab n’a pas démarré. Vos réponses sont enregistrées. "
            "Réessayez, ou lancez « territ doctor » pour savoir ce qui manque."
        )

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.base}api", timeout=2):  # noqa: S310 # our own local address
                return True
        except urllib.error.HTTPError:
            return True
        except OSError:
            return False

    def stop(self) -> None:
        """Stop JupyterLab, if it runs."""
        if self.process is None:
            return
        if self.process.stdin:
            self.process.stdin.close()
        try:
            self.process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self.process.kill()
        self.process = None


def serve(root: str, port: str) -> None:
    """Run JupyterLab until the pipe from our parent closes, so that it never outlives it."""
    from jupyterlab.labapp import LabApp  # noqa: PLC0415 # heavy, and only this process needs it

    def follow_parent() -> None:
        sys.stdin.buffer.read()
        if os.name == "posix":
            os.kill(os.getpid(), signal.SIGTERM)  # Jupyter stops its kernels first
        else:
            os._exit(0)

    threading.Thread(target=follow_parent, daemon=True).start()
    options = [f"--ServerApp.root_dir={root}", f"--ServerApp.port={port}", "--ServerApp.port_retries=0"]
    try:
        LabApp.launch_instance(
            [*options, "--ServerApp.ip=127.0.0.1", "--ServerApp.open_browser=False", "--allow-root"]
        )
    finally:
        os._exit(0)  # a worker thread of the server, idle, would otherwise keep the process for ever


if __name__ == "__main__":
    serve(*sys.argv[1:])
