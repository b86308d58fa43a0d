"""Pages for tests of the router: they answer what they were asked."""

import json
import time
from collections.abc import Iterable
from typing import Any


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    body = environ["wsgi.input"].read()
    said = {
        "method": environ["REQUEST_METHOD"],
        "path": environ["PATH_INFO"],
        "query": environ["QUERY_STRING"],
        "scheme": environ["wsgi.url_scheme"],
        "address": environ["REMOTE_ADDR"],
        "host": environ.get("HTTP_HOST"),
        "length": len(body),
        "headers": {key: value for key, value in environ.items() if key.startswith("HTTP_")},
    }
    headers = [
        ("Content-Type", "application/json"),
        ("Set-Cookie", "one=1; Path=/"),
        ("Set-Cookie", "two=2; Path=/"),
    ]
    if environ["PATH_INFO"] == "/waits":
        time.sleep(2)
    start_response("200 OK", headers)
    if environ["PATH_INFO"] == "/long":
        return (b"x" * 65_536 for _ in range(100))
    return [json.dumps(said).encode()]
