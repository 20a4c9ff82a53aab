"""The server behind the pages: one process, one open store, nothing that leaves the machine.

`serve(address)` opens the store, warms the slow imports and serves `app.py` on this machine only.
Everything Streamlit has to know is handed over from the packaged `.streamlit/config.toml`, so the
pages look the same from whatever folder they are started.
"""

import asyncio
import gc
import socket
import tomllib
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config

from dashboard import session
from pipeline.domain.errors import PipelineError

HERE = Path(__file__).parent
SCRIPT = HERE / "app.py"
SETTINGS = HERE / ".streamlit" / "config.toml"

_POLICY = {
    "default-src": "'self'",
    # Plotly and the tables decode their data with WebAssembly and workers.
    "script-src": "'self' 'wasm-unsafe-eval' blob:",
    "worker-src": "'self' blob:",
    # Streamlit writes its styles into the page.
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "connect-src": "'self' blob:",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
SECURITY_HEADERS = {
    "content-security-policy": "; ".join(f"{kind} {source}" for kind, source in _POLICY.items()),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
}
"""What every answer carries: load from here only, guess no file type, stand in nobody's frame."""

_LOOK_AGAIN_SECONDS = 0.05
_UNSERVED = ("/_stcore/metrics",)
"""Streamlit's own numbers about its sessions are for nobody on the network."""
_NOTHING_HERE = PlainTextResponse("Not found", status_code=404)


class PortTakenError(PipelineError):
    """Refused: something else already listens where the pages should be served."""

    def __init__(self, host: str, port: int) -> None:
        """Name the address and the two ways out."""
        super().__init__(
            f"Something else already answers on {host}:{port}. Stop it, "
            f"or serve on another port: pipeline dashboard --port {port + 1}"
        )


class Guarded:
    """ASGI middleware that adds the security headers and keeps Streamlit's metrics to itself."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap an application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; what is not HTTP passes through untouched."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        inner = _NOTHING_HERE if scope["path"] in _UNSERVED else self._app
        await inner(scope, receive, self._guarding(send))

    @staticmethod
    def _guarding(send: Send) -> Send:
        """Wrap the sender so that the first message of an answer carries the headers."""

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(SECURITY_HEADERS)
            await send(message)

        return guarded


def serve(address: str, *, host: str = "127.0.0.1", port: int = 8501) -> None:
    """Serve the pages of one store until stopped; port 0 takes any free one.

    Refuses with `PortTakenError` when the port is in use, and as `session.open_store` does when the
    store cannot be opened.
    """
    if port:
        refuse_taken_port(host, port)
    settings = streamlit_settings(host, port)
    for name, value in settings.items():
        config.set_option(name, value)
    # Opened here and not in the lifespan, so that the caller gets a refusal as the sentence it is.
    with session.open_store(address):
        application(address).run(config=settings)


def application(address: str) -> st.App:
    """The ASGI application: the pages, their headers, and a warm start."""

    @asynccontextmanager
    async def lifespan(_app: st.App) -> AsyncGenerator[dict[str, Any] | None, None]:
        _warm_up()
        announcing = asyncio.create_task(_announce(address))
        yield None
        announcing.cancel()

    return st.App(SCRIPT, lifespan=lifespan, middleware=[Middleware(Guarded)])


def streamlit_settings(host: str, port: int) -> dict[str, Any]:
    """The packaged options as Streamlit names them, with where to listen put in."""
    packaged = _flat(tomllib.loads(SETTINGS.read_text(encoding="utf-8")))
    return {
        **packaged,
        "server.address": host,
        "server.port": port,
        "browser.serverAddress": host,
    }


def _flat(options: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """Nested tables as dotted names; lists stay whole."""
    flat: dict[str, Any] = {}
    for name, value in options.items():
        if isinstance(value, Mapping):
            flat |= _flat(value, f"{prefix}{name}.")
        else:
            flat[f"{prefix}{name}"] = value
    return flat


def _warm_up() -> None:
    """Import what the first page would wait for, then let the collector forget all of it.

    Streamlit collects all generations after every script run; with pandas and Plotly loaded that is
    some 50 ms of everybody's time. Frozen objects are not looked at.
    """
    import pandas as pd
    import plotly.graph_objects as go
    import pyarrow as pa

    go.Figure(go.Bar(x=[1], y=[1])).to_json()
    pa.Table.from_pandas(pd.DataFrame({"ready": [True]}))
    gc.collect()
    gc.freeze()


async def _announce(address: str) -> None:
    """Say where the pages are once they are: listening begins after the lifespan has."""
    while not await _listening():  # noqa: ASYNC110  a socket has no event to wait for
        await asyncio.sleep(_LOOK_AGAIN_SECONDS)
    print(f"Serving {address} on {_url()} (Ctrl+C stops it)", flush=True)


async def _listening() -> bool:
    host, port = config.get_option("server.address"), config.get_option("server.port")
    try:
        _, writer = await asyncio.open_connection(host, port)
    except OSError:
        return False
    writer.close()
    return True


def _url() -> str:
    """Where a browser finds the pages."""
    return f"http://{config.get_option('server.address')}:{config.get_option('server.port')}"


def refuse_taken_port(host: str, port: int) -> None:
    """Try the port first, so that the refusal is a sentence of ours."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            raise PortTakenError(host, port) from None
