"""frontend/src/protocol/types.ts is what the structs say."""

from pathlib import Path

from tests.house.protocol_types import page

PAGE = Path(__file__).parents[2] / "frontend" / "src" / "protocol" / "types.ts"


def test_the_screens_know_the_protocol_as_it_is():
    assert PAGE.read_text("utf-8") == page()
