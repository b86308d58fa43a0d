"""Where a request comes from: the router's word is taken, for the pages listen on loopback alone."""

import ipaddress
from typing import Final

from django.http import HttpRequest

LOOPBACK_NAMES: Final = frozenset({"localhost", "127.0.0.1", "[::1]"})


def address_of(request: HttpRequest) -> str:
    """Return the client's address."""
    peer = str(request.META.get("REMOTE_ADDR", ""))
    said = str(request.META.get("HTTP_X_FORWARDED_FOR", "")).rsplit(",", 1)[-1].strip()
    return said if said and is_loopback(peer) else peer


def is_loopback(address: str) -> bool:
    """Return whether *address* is this machine's own."""
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def from_this_machine(request: HttpRequest) -> bool:
    """Return whether the request comes from this machine, under one of its own names."""
    host = request.get_host().lower()
    name = host[: host.find("]") + 1] if host.startswith("[") else host.split(":", 1)[0]
    peer = request.META.get("REMOTE_ADDR", "")
    return is_loopback(peer) and is_loopback(address_of(request)) and name in LOOPBACK_NAMES
