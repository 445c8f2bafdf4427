"""An afternoon by hand: `python -m tests.hostile --minutes 60 --seed 7`."""

import argparse
import sys
import tempfile
from pathlib import Path

from tests.hostile.afternoon import QUICK, play
from tests.hostile.judge import judged, told

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--minutes", type=float, default=10)
parser.add_argument("--seed", type=int, default=1)
parser.add_argument("--log", type=Path, help="where to leave what the bot said")
asked = parser.parse_args()
with tempfile.TemporaryDirectory(prefix="monadi-hostile-", dir=QUICK) as folder:
    seen = play(asked.seed, asked.minutes, Path(folder))
if asked.log:
    asked.log.write_text(seen.log, encoding="utf-8")
print("\n".join(told(seen)))
found = judged(seen)
print(
    "\n".join(f"✗ {fault}" for fault in found)
    or "✓ all on time, each once, and nobody left without an answer"
)
sys.exit(bool(found))
