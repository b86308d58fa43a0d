"""How long ``./plenary`` takes to set everything up in a fresh clone, and how long the second time.

    python benchmarks/setting_up.py

Downloads what the lock names; the figure is as good as the network.
"""

import subprocess
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]


def timed(folder: Path) -> float:
    """Return how many seconds ``./plenary --version`` takes in that clone."""
    begun = time.perf_counter()
    subprocess.run(["./plenary", "--version"], cwd=folder, check=True, capture_output=True)
    return time.perf_counter() - begun


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        clone = Path(folder) / "plenary"
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
        first, second = timed(clone), timed(clone)
    print(f"set-up in a fresh clone {first:.1f} s, the second time {second:.2f} s")


if __name__ == "__main__":
    main()
