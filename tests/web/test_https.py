"""Where the origin is https: cookies that no other host can set, no script can read, no plain line carries."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ORIGIN = "https://summit.example.org"
SIGNING_IN = """
import json
import django
django.setup()
from django.core.management import call_command
from django.test import Client
from tests.web.meetings import PASSWORD, account
call_command("migrate", interactive=False, verbosity=0)
account("somebody")
client = Client(headers={"host": "summit.example.org"}, enforce_csrf_checks=True)
line = {"headers": {"X-Forwarded-Proto": "https", "referer": "https://summit.example.org/"}}
page = client.get("/accounts/login/?language=ru", **line)
token = page.content.decode().split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
said = {"login": "somebody", "password": PASSWORD, "csrfmiddlewaretoken": token}
answer = client.post("/accounts/login/", said, **line)
cookies = [morsel.OutputString() for each in (page, answer) for morsel in each.cookies.values()]
print(json.dumps({"status": answer.status_code, "cookies": cookies, "headers": dict(answer.headers)}))
"""


@pytest.mark.slow
def test_cookies_over_https_are_bound_to_this_host_and_out_of_reach(tmp_path: Path) -> None:
    environment = {
        **{key: value for key, value in os.environ.items() if key != "DATABASE_URL"},
        "DJANGO_SETTINGS_MODULE": "plenary.web.settings",
        "PLENARY_DATA": str(tmp_path),
        "PLENARY_ORIGIN": ORIGIN,
        "PYTHONPATH": f"{ROOT}:{ROOT / 'src'}",
    }
    made = subprocess.run(
        [sys.executable, "-c", SIGNING_IN],
        env=environment,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr
    said = json.loads(made.stdout.splitlines()[-1])
    assert said["status"] == 302
    assert "max-age=31536000" in said["headers"]["Strict-Transport-Security"]
    names = {cookie.split("=", 1)[0] for cookie in said["cookies"]}
    assert names >= {"__Host-plenary_session", "__Host-plenary_csrf", "plenary_language"}
    for cookie in said["cookies"]:
        assert "; Secure" in cookie
        assert "SameSite=Lax" in cookie
        assert "Domain" not in cookie
        if cookie.startswith("__Host-"):
            assert "; HttpOnly" in cookie
            assert "; Path=/" in cookie
