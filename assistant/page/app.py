"""The web application: the page in FastAPI, its security headers, and how it is served. Loopback only."""

import asyncio
import os
import re
import shutil
import socket
import tempfile
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import uvicorn
from fastapi import FastAPI
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.page.desk import Desk
from index.errors import BriefingError

if TYPE_CHECKING:
    import gradio as gr

_LOOPBACK = ("127.0.0.1", "localhost", "::1")
# Read as text and not as a URL: taking one apart may fail, and skips what stands before an @.
_OUR_HOST = re.compile(rb"(?:127\.0\.0\.1|localhost|\[::1\])(?::[0-9]{1,5})?")
_MAX_FILE_SIZE = "20mb"
# Gradio's own scripts are inline and compile templates, hence the two 'unsafe' words; nothing may come from, or
# go to, any other host.
_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline';"
    " img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'self';"
    " frame-ancestors 'none'; object-src 'none'"
)
_HEADERS = (
    (b"content-security-policy", _POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
)


class PageError(BriefingError):
    """The page cannot be served as asked."""


def build_app(desk: Desk) -> FastAPI:
    """The application over one desk; the caller opens and closes the library. Not to be called in a running loop."""
    uploads = _prepare_gradio()
    app = FastAPI(title="Briefing", docs_url=None, redoc_url=None, openapi_url=None, lifespan=_lifespan(desk, uploads))
    app.add_api_route("/healthz", _healthz, methods=["GET", "HEAD"])
    app.add_middleware(_Guard)
    asyncio.run(_mount(app, desk))
    return app


async def _mount(app: FastAPI, desk: Desk) -> None:
    """Put the page into the application; in a loop because outside one Gradio opens loops that it never closes."""
    import gradio as gr

    from assistant.page.blocks import build

    gr.mount_gradio_app(
        app,
        build(desk),
        path="",
        footer_links=[],
        run_history=False,
        allowed_paths=[],
        show_error=False,
        max_file_size=_MAX_FILE_SIZE,
        ssr_mode=False,
        enable_monitoring=False,
        pwa=False,
        mcp_server=False,
        theme=_theme(gr),
        css=_asset("style.css"),
        head=f"<script>{_asset('page.js')}</script>",
    )


def serve(desk: Desk, host: str, port: int, *, on_ready: Callable[[str], None] | None = None) -> None:
    """Serve the page until interrupted. `on_ready` hears the address once the page answers; port 0 takes a free one.

    Raises PageError for a host that is not this machine, and for a port that is taken.
    """
    if host not in _LOOPBACK:
        raise PageError(
            f"The page cannot be served on {host}: serving to a network is not offered yet. Use --host 127.0.0.1."
        )
    listening = _listen(host, port)
    address = f"http://{f'[{host}]' if ':' in host else host}:{listening.getsockname()[1]}"
    server = _Server(build_app(desk), lambda: on_ready(address) if on_ready is not None else None)
    with listening, suppress(KeyboardInterrupt):  # Ctrl-C is how serving ends
        server.run(sockets=[listening])


class _Server(uvicorn.Server):
    """A quiet server that says when it has started."""

    def __init__(self, app: FastAPI, on_started: Callable[[], None]) -> None:
        # An open page keeps a connection for ever, so closing must not wait for it to end by itself.
        super().__init__(
            uvicorn.Config(app, log_level="critical", access_log=False, ws="none", timeout_graceful_shutdown=1)
        )
        self._on_started = on_started

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._on_started()


def _listen(host: str, port: int) -> socket.socket:
    listening = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        raise PageError(
            f"Port {port} of {host} cannot be used: {error.strerror or error}. Choose another with --port."
        ) from error
    return listening


def _prepare_gradio() -> str:
    """Set what Gradio reads when it is imported; returns the private folder for uploads."""
    uploads = tempfile.mkdtemp(prefix="briefing-uploads-")
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # without it the start looks up other hosts
    os.environ["GRADIO_TEMP_DIR"] = uploads
    return uploads


def _lifespan(desk: Desk, uploads: str) -> Callable[[FastAPI], Any]:
    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        threading.Thread(target=desk.warm_up, daemon=True).start()
        yield
        shutil.rmtree(uploads, ignore_errors=True)

    return lifespan


def _healthz() -> dict[str, str]:
    return {"status": "ok"}


def _asset(name: str) -> str:
    return (files("assistant.page") / name).read_text("utf-8")


def _theme(gradio: Any) -> "gr.themes.Base":
    """Base with the system's fonts; all else is in style.css. No web font is ever asked for."""
    theme: gr.themes.Base = gradio.themes.Base(
        font=["system-ui", "sans-serif"], font_mono=["ui-monospace", "monospace"], radius_size="none", text_size="md"
    )
    return theme


class _Guard:
    """Adds the headers to every response, and turns away requests that another site made.

    A page on loopback can be reached by any site the user visits: under a name that resolves here (so the Host
    must be ours) or by a cross-site form or fetch (so an Origin must be ours).
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), *_HEADERS]
            await send(message)

        if not _is_ours(dict(scope["headers"])):
            await send_with_headers({"type": "http.response.start", "status": 403, "headers": []})
            await send({"type": "http.response.body", "body": b"This page answers only to itself."})
            return
        await self._app(scope, receive, send_with_headers)


def _is_ours(headers: dict[bytes, bytes]) -> bool:
    host, origin = headers.get(b"host", b""), headers.get(b"origin")
    return bool(_OUR_HOST.fullmatch(host)) and origin in (None, b"http://" + host, b"https://" + host)
