"""A PostgreSQL server that belongs to one run: made for it, and gone with it.

Rule 1: it listens on 127.0.0.1 and on a socket in its own folder, under a password made for the run.
Rule 2: it writes as durably as a real one (fsync is on), for tests that kill it rest on that.
Rule 3: the server never outlives the run, on Linux not even a run that was killed; then only its
folder under the system's temporary folder stays behind.
"""

import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

START_SECONDS = 30.0


class NoPostgresError(RuntimeError):
    """The server could not be had; the text says what to do."""


@contextmanager
def private_postgres() -> Iterator[str]:
    """Yield the URL (``postgresql://user:password@127.0.0.1:port/postgres``) of an empty server."""
    with tempfile.TemporaryDirectory(prefix="plenary-", ignore_cleanup_errors=True) as name:
        folder, password = Path(name), secrets.token_hex(16)
        _make_cluster(folder, password)
        port = _free_port()
        server = _start(folder, port)
        try:
            url = f"postgresql://plenary:{password}@127.0.0.1:{port}/postgres"
            _wait_for(server, url, folder / "log")
            yield url
        finally:
            server.send_signal(signal.SIGINT)  # "fast": ends sessions, then itself
            try:
                server.wait(timeout=20)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def _make_cluster(folder: Path, password: str) -> None:
    secret = folder / "password"
    secret.write_text(password)
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        shutil.chown(folder, "postgres", "postgres")
        shutil.chown(secret, "postgres", "postgres")
    made = subprocess.run(
        [
            *_as_the_server(),
            _program("initdb"),
            f"--pgdata={folder / 'data'}",
            "--username=plenary",
            f"--pwfile={secret}",
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C",
            "--no-sync",  # the empty cluster need not survive a power cut; what is written later does
        ],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    secret.unlink()
    if made.returncode != 0:
        raise NoPostgresError(f"initdb failed: {made.stderr.strip()}")


def _start(folder: Path, port: int) -> subprocess.Popen[bytes]:
    settings = {
        "listen_addresses": "127.0.0.1",
        "port": str(port),
        "unix_socket_directories": str(folder),
    }
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(
            [
                *_as_the_server(),
                _program("postgres"),
                "-D",
                str(folder / "data"),
                *(word for key, value in settings.items() for word in ("-c", f"{key}={value}")),
            ],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,  # Ctrl-C reaches the tests first, and the server from us
        )


def _wait_for(server: subprocess.Popen[bytes], url: str, log: Path) -> None:
    give_up_at = time.monotonic() + START_SECONDS
    while True:
        try:
            psycopg.connect(url, connect_timeout=2).close()
        except psycopg.OperationalError as refusal:
            if server.poll() is not None or time.monotonic() > give_up_at:
                said = log.read_text(errors="replace")
                raise NoPostgresError(f"PostgreSQL did not start:\n{said}") from refusal
            time.sleep(0.05)
        else:
            return


def _as_the_server() -> list[str]:
    """The words before a command that make it die with us and, for root, run as ``postgres``."""
    setpriv = shutil.which("setpriv")
    if os.geteuid() == 0:
        if setpriv is None:
            raise NoPostgresError("as root, the tests need setpriv (package util-linux)")
        user = ["--reuid=postgres", "--regid=postgres", "--init-groups"]
        return [setpriv, *user, "--pdeathsig=INT", "--"]
    return [setpriv, "--pdeathsig=INT", "--"] if setpriv else []


def _program(name: str) -> str:
    """Debian keeps the server's programs off the PATH, one folder per version: take the newest."""
    debian = Path("/usr/lib/postgresql").glob(f"*/bin/{name}")
    newest = max(debian, key=lambda path: int(path.parts[4].split(".")[0]), default=None)
    found = str(newest) if newest else shutil.which(name)
    if found is None:
        raise NoPostgresError(
            f"{name} not found: install PostgreSQL (Debian's package: postgresql)"
        )
    return found


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
