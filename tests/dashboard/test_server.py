"""The server: where it listens, what its answers carry, and that it names no other host."""

import re
import socket
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest

import dashboard
from dashboard.server import PortTakenError, serve, streamlit_settings
from tests.serving import serving

PACKAGE = Path(dashboard.__file__).parent
WORDS = {".py", ".toml", ".js", ".css", ".html", ".svg"}
ELSEWHERE = re.compile(r"https?://(?!127\.0\.0\.1|www\.w3\.org/|[\w.]+\.example\b)\w")
LOADED = re.compile(r"""(?:src|href)=["']?(?:https?:)?//""")

pytestmark = pytest.mark.server


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An empty store, served."""
    with serving(tmp_path_factory.mktemp("served") / "pipeline.duckdb") as url:
        yield url


def test_it_answers_on_the_loopback_address(url: str) -> None:
    """Nobody on the network reaches the pages unless somebody asks for that."""
    assert urlsplit(url).hostname == "127.0.0.1"
    assert _get(url, "/").status == 200
    assert _get(url, "/_stcore/health").status == 200


@pytest.mark.parametrize("path", ["/", "/_stcore/health", "/app/static/fonts/inter-OFL.txt", "/x"])
def test_every_answer_is_guarded(url: str, path: str) -> None:
    """Whatever is asked for: loaded from here only, no guessing of types, no frame around it."""
    answer = _get(url, path)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_the_fonts_are_served_from_here(url: str) -> None:
    """Every face the theme names is a file this server has."""
    faces = streamlit_settings("127.0.0.1", 0)["theme.fontFaces"]
    assert faces
    assert all(_get(url, f"/{face['url']}").status == 200 for face in faces)


def test_streamlits_own_numbers_are_not_served(url: str) -> None:
    """How many sessions there are is nobody's business."""
    assert _get(url, "/_stcore/metrics").status == 404


def test_nothing_of_ours_names_another_host() -> None:
    """No script, style, page or setting of the dashboard points outside.

    Only the licences of the fonts do.
    """
    files = (path for path in PACKAGE.rglob("*") if path.suffix in WORDS)
    naming = [path for path in files if ELSEWHERE.search(path.read_text(encoding="utf-8"))]
    assert not naming


def test_the_page_itself_names_no_other_host(url: str) -> None:
    """The HTML that a browser is given first loads from here alone."""
    assert not LOADED.search(_get(url, "/").text)


def test_a_taken_port_is_refused_in_a_sentence(tmp_path: Path) -> None:
    """Somebody else listens: the address is named, and the store is not even touched."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(PortTakenError, match=f"127.0.0.1:{port}"):
            serve(str(tmp_path / "pipeline.duckdb"), port=port)
    assert not any(tmp_path.iterdir())


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: Message
    text: str


def _get(url: str, path: str) -> Answer:
    """Ask for one path and read all of the answer."""
    parts = urlsplit(url)
    with closing(HTTPConnection(parts.hostname or "", parts.port, timeout=30)) as connection:
        connection.request("GET", path)
        answer = connection.getresponse()
        return Answer(answer.status, answer.headers, answer.read().decode(errors="replace"))
