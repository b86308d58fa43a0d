"""The demo holds the whole summit, and what it leaves is proved."""

from plenary.cli import main


def test_the_demo_rehearses_moscow_and_verifies_its_record(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("PLENARY_DATA", str(tmp_path))

    assert main(["demo", "--speed", "max"]) == 0

    said = capsys.readouterr().out
    assert "REHEARSED" in said
    assert said.index("REHEARSED") < said.index("VERIFIED")
    assert {"record.bundle", "public.bundle", "log.pub"} <= {
        path.name for path in (tmp_path / "demo").iterdir()
    }
