"""deploy/nginx.conf, run by nginx itself: HTTPS, HTTP/2, streams as they come."""

import contextlib
import datetime
import json
import os
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPSConnection
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from tests.web.live.serving import ROOT, LiveProcess, Prepared, serving

NAME = "summit.example.org"
NGINX = shutil.which("nginx") or "/usr/sbin/nginx"
pytestmark = pytest.mark.skipif(
    not Path(NGINX).exists() and os.environ.get("CI") != "true",
    reason="nginx is not installed; ./plenary test installs it",
)


def certificate(folder: Path) -> ssl.SSLContext:
    """Put a certificate of our own into *folder*; return a client that trusts it alone."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    today = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(today)
        .not_valid_after(today.replace(year=2199))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "fullchain.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "privkey.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return ssl.create_default_context(cafile=str(folder / "fullchain.pem"))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass
class Front:
    live: LiveProcess
    port: int
    plain: int
    trust: ssl.SSLContext

    @property
    def origin(self) -> str:
        return f"https://{NAME}:{self.port}"

    def line(self) -> HTTPSConnection:
        line = HTTPSConnection(NAME, self.port, timeout=10, context=self.trust)
        bare = socket.create_connection(("127.0.0.1", self.port), timeout=10)
        line.sock = self.trust.wrap_socket(bare, server_hostname=NAME)
        return line


@pytest.fixture
def front(prepared: Prepared, tmp_path: Path) -> Iterator[Front]:
    trust = certificate(tmp_path)
    port, plain = free_port(), free_port()
    with serving(prepared, PLENARY_ORIGIN=f"https://{NAME}:{port}") as live:
        text = (ROOT / "deploy/nginx.conf").read_text()
        for stands, put in {
            "127.0.0.1:8000": f"127.0.0.1:{live.port}",
            "listen 80;": f"listen 127.0.0.1:{plain};",
            "listen 443 ssl": f"listen 127.0.0.1:{port} ssl",
            "/etc/ssl/plenary": str(tmp_path),
        }.items():
            assert stands in text
            text = text.replace(stands, put)
        (tmp_path / "site.conf").write_text(text)
        (tmp_path / "nginx.conf").write_text(
            f"daemon off; pid {tmp_path}/pid; error_log stderr;\n"
            + ("user root;\n" if os.geteuid() == 0 else "")
            + "events { worker_connections 256; }\nhttp {\n"
            + "".join(
                f"{kind}_temp_path {tmp_path}/{kind};\n"
                for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
            )
            + f"access_log off;\ninclude {tmp_path}/site.conf;\n}}\n"
        )
        command = [NGINX, "-p", str(tmp_path), "-c", str(tmp_path / "nginx.conf")]
        tried = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
        assert tried.returncode == 0, tried.stderr
        process = subprocess.Popen(command)
        try:
            wait_for(port)
            yield Front(live, port, plain, trust)
        finally:
            process.terminate()
            process.wait(timeout=10)


def wait_for(port: int) -> None:
    until = time.monotonic() + 10
    while time.monotonic() < until:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    raise AssertionError("nginx did not start")


def test_a_browser_is_offered_http_2(front: Front) -> None:
    front.trust.set_alpn_protocols(["h2", "http/1.1"])
    with (
        socket.create_connection(("127.0.0.1", front.port), timeout=10) as bare,
        front.trust.wrap_socket(bare, server_hostname=NAME) as line,
    ):
        assert line.selected_alpn_protocol() == "h2"


def test_an_act_over_https_reaches_a_stream_at_once(front: Front) -> None:
    live = front.live
    path = live.path(f"feed?after={live.prepared.size - 1}")
    host = {"Host": f"{NAME}:{front.port}"}
    stream = front.line()
    stream.request("GET", path, headers=host)
    answer = stream.getresponse()
    assert answer.status == 200
    lines = iter(answer.readline, b"")
    assert b"retry: 1000\n" in lines
    assert any(line.startswith(b"event: hello") for line in lines)
    act = {"act": "signal_ready", "ready": True}
    said = {"key": "12345678", "seen": 0, "seat": "operator", "act": act}
    headers = {
        **host,
        "Content-Type": "application/json",
        "X-Plenary": "1",
        **live.cookie("head-operator"),
    }
    for origin, status in ((front.origin, 200), (live.url, 403), (f"http://{NAME}", 403)):
        post = front.line()
        began = time.perf_counter()
        body = json.dumps(said).encode()
        post.request("POST", live.path("acts"), body, {**headers, "Origin": origin})
        assert post.getresponse().status == status
        post.close()
        if status == 200:
            assert any(line.startswith(b"event: entry") for line in lines)
            assert time.perf_counter() - began < 1
    answer.close()
    stream.close()


def test_plain_http_is_sent_to_https(front: Front) -> None:
    line = HTTPConnection("127.0.0.1", front.plain, timeout=10)
    line.request("GET", "/x?y=1", headers={"Host": NAME})
    answer = line.getresponse()
    assert (answer.status, answer.getheader("Location")) == (301, f"https://{NAME}/x?y=1")
    line.close()
