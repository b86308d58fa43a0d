"""How long the Moscow summit takes at full speed, and how long it takes to verify what it left.

    python benchmarks/rehearsing.py [--rounds 5]

Printed are medians; the ratio is against the bare ``plenary --version`` in the same run, so that what
a terminal command costs anyway is seen.
"""

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PLENARY = Path(sys.executable).parent / "plenary"


def timed(*arguments: str) -> float:
    """Return how many seconds the command takes."""
    begun = time.perf_counter()
    subprocess.run([PLENARY, *arguments], check=True, capture_output=True)
    return time.perf_counter() - begun


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        commands = {
            "plenary --version": ["--version"],
            "rehearse moscow-2020": ["rehearse", "moscow-2020", "--json", "--out", folder],
            "verify its record": ["verify", f"{folder}/record.bundle"],
        }
        measured: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(rounds):
            for name, arguments in commands.items():
                measured[name].append(timed(*arguments))
    unit = statistics.median(measured["plenary --version"])
    print(f"whole commands, medians of {rounds}")
    for name, times in measured.items():
        median = statistics.median(times)
        print(f"  {name:22} {median:6.2f} s  {median / unit:6.1f}x")


if __name__ == "__main__":
    main()
