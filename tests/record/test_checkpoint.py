import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from tests.record.meetings import (
    FORGED_KEY,
    FORGER,
    KAZAKHSTAN,
    KAZAKHSTAN_KEY,
    LOG_KEY,
    SECRETARIAT,
)

from plenary.record import (
    Checkpoint,
    NotProven,
    countersign,
    open_checkpoint,
    sign_checkpoint,
    signers,
    verifier_key,
)
from plenary.record.checkpoint import read_verifier_key

CHECKPOINT = Checkpoint("sco/chs-2020-11-10", 12, b"\x07" * 32)
NOTE = sign_checkpoint(CHECKPOINT, "secretariat", SECRETARIAT)
COUNTERSIGNED = countersign(NOTE, "kazakhstan", KAZAKHSTAN)


class KeyElsewhere:
    """Signs for the room, which never sees what with."""

    def sign(self, data: bytes, /) -> bytes:
        return SECRETARIAT.sign(data)

    def public_key(self) -> Ed25519PublicKey:
        return SECRETARIAT.public_key()


def test_a_checkpoint_opens_with_the_keys_that_signed_it():
    assert open_checkpoint(NOTE, [LOG_KEY]) == CHECKPOINT
    assert open_checkpoint(COUNTERSIGNED, [LOG_KEY, KAZAKHSTAN_KEY]) == CHECKPOINT
    assert signers(COUNTERSIGNED) == ("secretariat", "kazakhstan")


def test_the_key_can_live_elsewhere():
    assert sign_checkpoint(CHECKPOINT, "secretariat", KeyElsewhere()) == NOTE


def test_a_published_verifier_key_is_the_signed_note_form():
    # The example key of Go's sumdb/note, which the signed-note specification takes over.
    go = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    key = read_verifier_key(go)
    assert verifier_key(key.name, Ed25519PublicKey.from_public_bytes(key.public)) == go


@pytest.mark.parametrize(
    ("note", "keys", "reason"),
    [
        (NOTE, [FORGED_KEY], "not known"),
        (NOTE, [KAZAKHSTAN_KEY], "not known"),
        (COUNTERSIGNED, [LOG_KEY], "signed by kazakhstan with a key that is not known"),
        (COUNTERSIGNED, [KAZAKHSTAN_KEY, LOG_KEY], "first signature"),
        (NOTE + NOTE.splitlines()[-1] + "\n", [LOG_KEY], "signed twice"),
        (NOTE.replace("\n12\n", "\n13\n"), [LOG_KEY], "does not verify"),
        (NOTE.replace("\n12\n", "\n012\n"), [LOG_KEY], "not a checkpoint"),
        (NOTE.replace("\n\n", "\nextension\n\n"), [LOG_KEY], "not a checkpoint"),
        (NOTE[:-1], [LOG_KEY], "not a checkpoint"),
        (CHECKPOINT.text + "\n", [LOG_KEY], "not a checkpoint"),
        ("", [LOG_KEY], "not a checkpoint"),
    ],
)
def test_a_note_with_anything_unproved_on_it_does_not_open(note: str, keys: list[str], reason: str):
    with pytest.raises(NotProven, match=reason) as refused:
        open_checkpoint(note, keys)
    assert refused.value.section == "checkpoints"


def test_base64_has_one_spelling():
    letter = NOTE[-3]  # its last two bits are spare
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    other = alphabet[alphabet.index(letter) ^ 1]
    with pytest.raises(NotProven, match="not canonical"):
        open_checkpoint(NOTE[:-3] + other + NOTE[-2:], [LOG_KEY])


@pytest.mark.parametrize(
    "key",
    [
        "",
        "secretariat",
        LOG_KEY + "\n",
        LOG_KEY.replace("secretariat", "secretarial"),
        LOG_KEY.replace("+A", "+B"),
        LOG_KEY[:-1] + ("A" if LOG_KEY[-1] != "A" else "B"),
    ],
)
def test_a_key_that_does_not_agree_with_its_hash_opens_nothing(key: str):
    with pytest.raises(NotProven) as refused:
        open_checkpoint(NOTE, [key])
    assert refused.value.section == "keys"


def test_nobody_countersigns_twice_or_something_else():
    with pytest.raises(ValueError, match="already signed"):
        countersign(COUNTERSIGNED, "kazakhstan", KAZAKHSTAN)
    with pytest.raises(ValueError, match="not a checkpoint"):
        countersign("communiqué\n", "kazakhstan", KAZAKHSTAN)
    with pytest.raises(ValueError, match="not a key name"):
        countersign(NOTE, "two words", FORGER)


@pytest.mark.parametrize(
    ("origin", "size", "root"),
    [("a b", 0, b"\0" * 32), ("a", -1, b"\0" * 32), ("a", 10**18, b"\0" * 32), ("a", 0, b"")],
)
def test_a_checkpoint_that_cannot_be_written_does_not_exist(origin: str, size: int, root: bytes):
    with pytest.raises(ValueError, match=r"not an origin|32 bytes"):
        Checkpoint(origin, size, root)
