"""The one way to write a value as JSON.

Rule 1: a value has one text: UTF-8, no white space between tokens, no floats, no duplicate keys,
only the escapes that JSON requires. The order of keys is the writer's and is kept.
Rule 2: a text is canonical if writing what was read gives the same bytes; there is no second test.
"""

import json
from typing import Never


def _refuse_float(text: str) -> Never:
    raise ValueError(f"a number that is not whole: {text}")


_DECODER = json.JSONDecoder(parse_float=_refuse_float, parse_constant=_refuse_float)
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False)


def read_canonical(text: bytes) -> object:
    """The value of a canonical text; `ValueError` for any other text."""
    try:
        value: object = _DECODER.decode(text.decode())
        canonical = write_canonical(value)
    except RecursionError as error:
        raise ValueError("nested too deeply to be read") from error
    if canonical != text:
        raise ValueError("not the canonical form of its JSON")
    return value


def write_canonical(value: object) -> bytes:
    return _ENCODER.encode(value).encode()
