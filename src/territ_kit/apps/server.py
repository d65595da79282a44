"""The Voilà server: pages with a preheated kernel, pages without one, one token, no other door.

Voilà stands alone, so that only widget messages reach a kernel. What stock Voilà also serves (a file tree,
files, the contents API) is left out.
"""

from __future__ import annotations

import logging
import os
import secrets
import subprocess
import threading
import webbrowser
from collections.abc import Callable
from pathlib import Path
from typing import Any

import tornado.httpserver
import tornado.ioloop
import tornado.netutil
import tornado.web
from jupyter_server.auth.decorator import allow_unauthenticated
from jupyter_server.auth.identity import PasswordIdentityProvider
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from jupyter_server.utils import url_path_join
from traitlets.config import Config
from voila.app import Voila
from voila.handler import BaseVoilaHandler
from voila.static_file_handler import AllowListFileHandler
from voila.tornado.contentshandler import VoilaContentsHandler
from voila.tornado.handler import TornadoVoilaHandler
from voila.tornado.treehandler import TornadoVoilaTreeHandler

from territ_kit import web
from territ_kit.apps import home
from territ_kit.apps.lab import Lab
from territ_kit.apps.person import PERSON_HEADER, Person
from territ_kit.course import Progress, files, prepare
from territ_kit.errors import ServerError, TerritError
from territ_kit.workspace import Workspace

WEB = Path(web.__file__).parent
PORT = 8866
IDLE_SECONDS = 1200
WIDGET_EXTENSIONS = ["@voila-dashboards/widgets-manager8", "@jupyter-widgets/jupyterlab-manager", "anywidget"]


class Page(Person, BaseVoilaHandler):
    """A page without a kernel."""

    def initialize(self, **kwargs: Any) -> None:
        """Take the page's template and what gives its names."""
        self.template: str = kwargs.pop("template", "")
        self.context: Callable[[Workspace], dict[str, Any]] = kwargs.pop("context", lambda _: {})
        super().initialize(**kwargs)

    def show(self, template: str, **names: Any) -> None:
        """Write a French page; the XSRF cookie rides along."""
        _ = self.xsrf_token
        self.set_header("Cache-Control", "no-store")
        self.finish(self.render_template(template, base_url=self.base_url, **names))

    def write_error(self, status_code: int, **_: Any) -> None:
        """Answer every failure in French."""
        self.show({403: "403.html", 404: "404.html"}.get(status_code, "error.html"), status_code=status_code)

    @tornado.web.authenticated
    def get(self) -> None:
        """Show the page; the token leaves the address bar, which may be projected on a wall."""
        if self.get_argument("token", ""):
            self.redirect(self.request.path)
            return
        self.show(self.template, **self.context(self.workspace))


class Reopen(Page):
    """What a visitor without the token sees."""

    @allow_unauthenticated
    def get(self) -> None:
        """Say in French to reopen the address printed at the start."""
        self.set_status(403)
        self.show("403.html", status_code=403)


class NotFound(Page):
    """Any unknown address."""

    def prepare(self) -> None:
        """Answer before any other check: whoever the visitor is."""
        self.current_user = None
        self.set_status(404)
        self.show("404.html", status_code=404)


class App(Person, TornadoVoilaHandler):
    """A Voilà page: sets the XSRF cookie that its shutdown beacon needs, names the person to the kernel."""

    @tornado.web.authenticated
    async def get(self, path: str | None = None) -> None:
        """Render the notebook of the page, preheated when the pool has one."""
        notebook = f"{path}.ipynb"
        if not (Path(self.settings["territ_apps"]) / notebook).is_file():
            raise tornado.web.HTTPError(404)
        if self.get_argument("token", ""):
            self.redirect(self.request.path)
            return
        _ = self.xsrf_token
        self.name_to_kernel()
        exercise = self.get_argument("devoir", "")  # to come back to this one
        Progress(self.workspace).opened(f"page/{path}?devoir={exercise}" if exercise else f"page/{path}")
        await super().get(notebook)

    def write_error(self, status_code: int, **_: Any) -> None:
        """Answer every failure in French."""
        name = "404.html" if status_code == 404 else "error.html"
        self.finish(self.render_template(name, base_url=self.base_url, status_code=status_code))


class OpenLab(Page):
    """Starts JupyterLab when it is asked for, then sends the browser there."""

    @tornado.web.authenticated
    async def get(self) -> None:
        """Show a page that waits, whose script asks again with `ouvrir`; that answer is JupyterLab itself."""
        if not self.get_argument("ouvrir", ""):
            self.show("jupyterlab.html")
            return
        lab: Lab = self.settings["territ_lab"]
        try:
            prepare(self.workspace)
            url = await lab.url(self.get_argument("cahier", ""))
        except TerritError as error:
            self.set_status(503)
            self.show("message.html", titre="JupyterLab ne s’ouvre pas", message=str(error))
            return
        self.redirect(url)


class Identity(PasswordIdentityProvider):
    """The token of the printed address is the only way in."""

    def get_handlers(self) -> list[tuple[str, object]]:
        """Replace the English login form by the French page."""
        return []


class QuietKernels(AsyncMappingKernelManager):
    """Kernels whose English start-up notes stay out of the person's terminal; failures reach the page."""

    async def start_kernel(self, **options: Any) -> str:  # type: ignore[override] # as jupyter_client's own
        """Start a kernel with its standard error closed."""
        return str(await super().start_kernel(**{"stderr": subprocess.DEVNULL, **options}))


class Server(Voila):
    """The Voilà server of territ_kit."""

    def __init__(
        self, workspace: Workspace, *, port: int, browser: bool, pool: int = 1, shared: bool = False
    ) -> None:
        super().__init__()
        self.workspace = workspace
        self.shared = shared
        self.token = secrets.token_urlsafe(24)
        self.open_browser = browser
        self.ip = "127.0.0.1"
        self.root_dir = str(files() / "notebooks" / "apps")
        self.identity_provider_class = Identity
        self.sockets = bind(port)
        # Preheated kernels learn the port when they start: it must be known before them.
        self.port = self.sockets[0].getsockname()[1]
        self.update_config(configuration(pool))
        self.lab = Lab(workspace.root)

    @property
    def address(self) -> str:
        """The one printed address."""
        return f"http://127.0.0.1:{self.port}{self.base_url}?token={self.token}"

    def init_settings(self) -> Any:
        """Add what our handlers need."""
        settings = super().init_settings()
        settings["territ_apps"] = self.root_dir
        settings["territ_lab"] = self.lab
        settings["territ_workspace"] = self.workspace
        settings["territ_shared"] = self.shared
        settings["default_handler_class"] = NotFound
        settings["default_handler_args"] = {"voila_configuration": self.voila_configuration}
        return settings

    def init_handlers(self) -> list[Any]:
        """Keep Voilà's kernel and static doors; replace the rest by our pages."""
        closed = (TornadoVoilaTreeHandler, VoilaContentsHandler, AllowListFileHandler, TornadoVoilaHandler)
        kept = [
            rule
            for rule in super().init_handlers()
            if not (isinstance(rule[1], type) and issubclass(rule[1], closed))
        ]
        voila = {"voila_configuration": self.voila_configuration}
        rendering = {**voila, "template_paths": self.template_paths, "config": self.config}

        def at(path: str) -> str:
            return url_path_join(self.server_url, path)

        return [
            (at("/"), Page, {**voila, "template": "accueil.html", "context": home.context}),
            *(
                (at(f"/{name}"), Page, {**voila, "template": f"{name}.html"})
                for name in ("aide", "accessibilite", "sources")
            ),
            (at("/login"), Reopen, voila),
            *(
                [] if self.shared else [(at("/jupyterlab"), OpenLab, voila)]
            ),  # it would open everyone's folder
            (at(r"/page/([a-z0-9-]+)"), App, rendering),
            *kept,
        ]

    def listen(self) -> None:
        """Print the address, open the browser and serve until stopped."""
        server = tornado.httpserver.HTTPServer(self.app)
        server.add_sockets(self.sockets)
        print(f"Ouvert : {self.address}", flush=True)
        if self.open_browser:
            threading.Thread(target=webbrowser.open, args=(self.address,), daemon=True).start()
        self.ioloop = tornado.ioloop.IOLoop.current()
        try:
            self.ioloop.start()
        except KeyboardInterrupt:
            pass
        finally:
            self.lab.stop()
            self.stop()


def bind(port: int) -> list[Any]:
    """Listen on `port` of this machine only, or on the next free one.

    Raises
    ------
    ServerError
        When no port is free.
    """
    for candidate in (*range(port, port + 20), 0):
        try:
            return tornado.netutil.bind_sockets(candidate, "127.0.0.1")
        except OSError:
            continue
    raise ServerError(
        "Aucun port libre sur cet ordinateur. Un port entre 1024 et 65535 est attendu. "
        "Fermez d’autres programmes, ou relancez avec « --port 9000 »."
    )


def configuration(pool: int) -> Config:
    """Return Voilà's settings: our template, preheated kernels, idle kernels stopped."""
    config = Config()
    config.VoilaConfiguration.template = "territ"
    config.VoilaConfiguration.allow_template_override = (
        "NO"  # not by the address: stock pages call the Internet
    )
    config.VoilaConfiguration.allow_theme_override = "NO"
    config.VoilaConfiguration.preheat_kernel = pool > 0
    config.VoilaConfiguration.default_pool_size = pool
    config.VoilaConfiguration.multi_kernel_manager_class = QuietKernels
    config.VoilaConfiguration.http_header_envs = [PERSON_HEADER]
    config.VoilaConfiguration.extension_allowlist = WIDGET_EXTENSIONS
    config.MappingKernelManager.cull_idle_timeout = IDLE_SECONDS
    config.MappingKernelManager.cull_interval = 60
    config.Application.log_level = "ERROR"
    return config


def run(server: Server) -> None:
    """Serve until the person stops the program."""
    before = os.environ.get("JUPYTER_PATH", "")
    os.environ["JUPYTER_PATH"] = os.pathsep.join(filter(None, (str(WEB / "share" / "jupyter"), before)))
    os.environ["TERRIT_ESPACE"] = str(server.workspace.root)
    os.environ["JUPYTER_WIDGETS_ECHO"] = "0"  # one view of each control: nothing to tell the others
    failures = logging.StreamHandler()  # the terminal is the person's: only what stops a page is told there
    failures.setLevel(logging.ERROR)
    logging.getLogger().addHandler(failures)
    server.initialize([])
    server.start()
