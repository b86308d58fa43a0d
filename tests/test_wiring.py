"""The real parts: clock, chance, profiles, keys, and the database the environment names."""

import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

import plenary
from plenary import wiring
from plenary.record import Checkpoint, open_checkpoint, sign_checkpoint, verifier_key
from plenary.rules.profile_reading import ProfileFaultyError

SHIPPED = Path(plenary.__file__).parent / "profiles"
NAME = "log.example/secretariat"


def test_the_clock_counts_milliseconds_since_1970():
    first, second = wiring.system_clock(), wiring.system_clock()
    assert 1_700_000_000_000 < first <= second < 10_000_000_000_000


def test_a_live_meeting_has_salts_nobody_can_guess():
    salts = {wiring.random_salts(0) for _ in range(100)}
    assert len(salts) == 100
    assert {len(salt) for salt in salts} == {32}


def test_a_rehearsal_has_the_same_salts_again():
    one, again, other = map(wiring.seeded_salts, ("seed", "seed", "another"))
    assert one(7) == again(7)
    assert len({one(7), one(8), other(7)}) == 3
    assert len(one(7)) == 32


def test_a_profile_is_found_by_name_and_in_a_folder():
    assert wiring.profile("sco") == wiring.profile(SHIPPED / "sco")
    assert wiring.profile(str(SHIPPED / "un-ga")) == wiring.profile("un-ga")


@pytest.mark.parametrize("name", ["nowhere", "../profiles/nowhere", ""])
def test_a_profile_that_is_nowhere_is_named(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(FileNotFoundError):
        wiring.profile(name)


def test_a_faulty_profile_is_not_used(tmp_path):
    for file in ("organisation.toml", "procedure.toml"):
        (tmp_path / file).write_text("")
    with pytest.raises(ProfileFaultyError):
        wiring.profile(tmp_path)


# ---- the log key ---------------------------------------------------------------------------------


def test_a_log_key_is_made_once_for_its_owner_alone_and_signs(tmp_path):
    path = tmp_path / "keys" / "log-key.pem"
    key = wiring.log_key(path, NAME, make=True)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [each.name for each in path.parent.iterdir()] == [path.name]
    again = wiring.log_key(path, NAME)
    state = Checkpoint("sco/chs-2020-11-10", 3, bytes(32))
    note = sign_checkpoint(state, again.name, again)
    assert open_checkpoint(note, [verifier_key(NAME, key.public_key())]) == state


def test_of_many_who_make_a_log_key_at_once_all_get_the_same(tmp_path):
    path, found = tmp_path / "log-key.pem", set()
    together = threading.Barrier(8)

    def make():
        together.wait()
        key = wiring.log_key(path, NAME, make=True)
        found.add(key.public_key().public_bytes_raw())

    threads = [threading.Thread(target=make) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 1
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


def test_the_public_half_is_for_everybody_and_needs_no_private_key(tmp_path):
    key, path = wiring.log_key(tmp_path / "log.key", NAME, make=True), tmp_path / "log.pub"
    renamed = wiring.log_key(tmp_path / "log.key", "another.name")
    wiring.keep_public_half(path, key)
    (tmp_path / "log.key").unlink()
    assert stat.S_IMODE(path.stat().st_mode) == 0o644
    assert path.read_text() == f"{verifier_key(NAME, key.public_key())}\n"
    assert wiring.public_half(path).public_bytes_raw() == key.public_key().public_bytes_raw()
    wiring.keep_public_half(path, renamed)
    assert path.read_text().startswith(f"{NAME}+")
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


def test_the_public_half_of_another_key_is_not_taken_for_ours(tmp_path):
    path = tmp_path / "log.pub"
    wiring.keep_public_half(path, wiring.ephemeral_log_key(NAME))
    with pytest.raises(wiring.LogKeyError, match="another log key"):
        wiring.keep_public_half(path, wiring.ephemeral_log_key(NAME))
    path.write_text("nothing\n")
    with pytest.raises(wiring.LogKeyError, match="no verifier key"):
        wiring.public_half(path)


def test_a_missing_log_key_is_not_made_unasked(tmp_path):
    with pytest.raises(FileNotFoundError):
        wiring.log_key(tmp_path / "log-key.pem", NAME)


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_a_log_key_others_may_read_is_refused(tmp_path, mode):
    path = tmp_path / "log-key.pem"
    wiring.log_key(path, NAME, make=True)
    path.chmod(mode)
    with pytest.raises(wiring.LogKeyError, match="chmod 600"):
        wiring.log_key(path, NAME)


def test_a_file_that_holds_another_key_or_none_is_refused(tmp_path):
    path = tmp_path / "log-key.pem"
    path.touch(mode=0o600)
    with pytest.raises(wiring.LogKeyError, match="no private key"):
        wiring.log_key(path, NAME)
    other = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    path.write_bytes(other.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    with pytest.raises(wiring.LogKeyError, match="another key"):
        wiring.log_key(path, NAME)


@pytest.mark.parametrize("name", ["", "two words", "a+b", "ключ"])
def test_a_name_no_signed_note_allows_is_refused(name):
    with pytest.raises(wiring.LogKeyError, match="not a key's name"):
        wiring.ephemeral_log_key(name)


def test_a_rehearsals_key_follows_from_its_seed():
    public = [
        key.public_key().public_bytes_raw()
        for key in (
            wiring.seeded_log_key(NAME, "seed"),
            wiring.seeded_log_key(NAME, "seed"),
            wiring.seeded_log_key(NAME, "another"),
            wiring.ephemeral_log_key(NAME),
        )
    ]
    assert public[0] == public[1]
    assert len(set(public)) == 3


# ---- the database the environment names ----------------------------------------------------------


def run(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Django takes one set of settings in a process: each case has a process of its own."""
    return subprocess.run(
        [sys.executable, "-c", f"from plenary import wiring\n{code}"],
        env={"PYTHONPATH": str(SHIPPED.parents[1]), "PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
def test_without_a_url_the_database_is_a_file_among_the_data(tmp_path):
    data = tmp_path / "data 100%20?"
    made = run("wiring.use_database(migrate=True); wiring.minutes('a/b')", PLENARY_DATA=str(data))
    assert made.returncode == 0, made.stderr
    assert stat.S_IMODE((data / "plenary.sqlite3").stat().st_mode) == 0o600
    assert stat.S_IMODE(data.stat().st_mode) == 0o700
    again = run("wiring.use_database(); wiring.minutes('a/b')", PLENARY_DATA=str(data))
    assert again.returncode == 0, again.stderr


@pytest.mark.slow
def test_tables_that_were_never_made_are_missed_at_once(tmp_path):
    missed = run("wiring.use_database()", DATABASE_URL=f"sqlite:///{tmp_path / 'new.sqlite3'}")
    assert missed.returncode == 1
    assert "TablesNotReadyError" in missed.stderr


@pytest.mark.slow
def test_a_url_that_names_no_database_is_refused_in_words():
    refused = run("wiring.use_database()", DATABASE_URL="oracle://somewhere/else")
    assert "DATABASE_URL must be" in refused.stderr
