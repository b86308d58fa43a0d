"""How long ``./plenary`` takes to set everything up in a fresh clone, and how long the second time.

    python benchmarks/setting_up.py

Once for the bare command, which needs no screens; and once for the demonstration, from ``./plenary demo`` in a
fresh clone until it says where the summit is: libraries, Node where the machine has none, screens, database,
the meeting itself. Downloads what the locks name; the figures are as good as the network.
"""

import signal
import subprocess
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]


def clone(folder: str) -> Path:
    """Return a fresh clone."""
    place = Path(folder) / "plenary"
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(place)], check=True)
    return place


def bare(place: Path) -> float:
    """Return how many seconds ``./plenary --version`` takes in that clone."""
    begun = time.perf_counter()
    subprocess.run(["./plenary", "--version"], cwd=place, check=True, capture_output=True)
    return time.perf_counter() - begun


def demonstration(place: Path) -> float:
    """Return how many seconds pass until ``./plenary demo`` says where the summit is."""
    begun = time.perf_counter()
    demo = subprocess.Popen(
        ["./plenary", "demo", "--port", "0"], cwd=place, stdout=subprocess.PIPE, text=True
    )
    said = any("http://" in line for line in demo.stdout or ())
    took = time.perf_counter() - begun
    demo.send_signal(signal.SIGTERM)
    demo.wait()
    if not said:
        raise RuntimeError("the demonstration did not begin; what it said stands above")
    return took


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as another:
        for name, place, timed in (
            ("the bare command", clone(one), bare),
            ("./plenary demo", clone(another), demonstration),
        ):
            first, second = timed(place), timed(place)
            print(f"{name}: fresh clone {first:.1f} s, the second time {second:.2f} s")


if __name__ == "__main__":
    main()
