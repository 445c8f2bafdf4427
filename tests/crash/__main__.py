"""`./run crash`: plays it, prints the verdict, and exits 0 only if nothing was lost, doubled or told wrongly."""

import argparse
import asyncio
import secrets
import shutil
import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.crash import campaign, network
from tests.crash.campaign import Outcome, Plan
from tests.crash.judge import Fault, Finding
from tests.crash.network import NetworkPlan
from tests.storage.conftest import Server

SHOWN = 20
"""Findings that are printed."""


def main() -> int:
    words = argparse.ArgumentParser(prog="./run crash", description=__doc__)
    words.add_argument("--kills", type=int, default=30)
    words.add_argument("--posts", type=int, help="at least so many (default: 240, and 4 for each kill)")
    words.add_argument("--seed", type=int, default=None, help="the same lots again; moments still differ")
    words.add_argument("--keep", action="store_true", help="keep database and log of a clean run too")
    words.add_argument(
        "--network", action="store_true", help="several processes share newsrooms on PostgreSQL"
    )
    words.add_argument("--newsrooms", type=int, default=9)
    words.add_argument("--processes", type=int, default=3)
    given = words.parse_args()
    seed = secrets.randbelow(1_000_000) if given.seed is None else given.seed
    folder = Path(tempfile.mkdtemp(prefix=f"monadi-crash-{seed}-"))
    if given.network:
        return _network(given, seed, folder)
    posts = given.posts or max(240, given.kills * 4)
    outcome = asyncio.run(campaign.run(Plan(kills=given.kills, posts=posts, seed=seed, folder=folder)))
    print(report(outcome))
    if outcome.clean and not given.keep:
        shutil.rmtree(folder)
    else:
        print(f"database and log: {folder}")
        _show(outcome, folder / "bot.log")
    return 0 if outcome.clean else 1


def _network(given: argparse.Namespace, seed: int, folder: Path) -> int:
    server = Server(max(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl")).parent)
    server.start()
    try:
        plan = NetworkPlan(
            kills=given.kills,
            newsrooms=given.newsrooms,
            processes=given.processes,
            seed=seed,
            folder=folder,
            server=server,
        )
        outcome = asyncio.run(network.run(plan))
    finally:
        server.stop()
    print(network.report(outcome))
    if outcome.clean and not given.keep:
        shutil.rmtree(folder)
    else:
        print(f"log: {folder}")
    return 0 if outcome.clean else 1


def report(outcome: Outcome) -> str:
    """The verdict in words."""
    found = ", ".join(f"{fault.value} {outcome.count(fault)}" for fault in Fault)
    lines = {
        "kills": f"{outcome.kills.total()}: {_counted(outcome.kills)}",
        "cut off": f"{outcome.cut_off.total()} sends: {_counted(outcome.cut_off)}",
        "posts": f"{outcome.states.total()}: {_counted(outcome.states)}; {outcome.messages} messages",
        "afterwards": _counted(outcome.changes),
        "faults struck": f"{outcome.struck.total()}: {_counted(outcome.struck)}",
        "in doubt": f"{outcome.events['probe_decided']} settled by looking; people were asked: {_counted(outcome.asked)}",
        "left behind": f"{outcome.left_behind} forwards in the staff's chats",
        "SIGTERM": f"stopped in {outcome.stopped_in:.1f} s",
        "seconds": f"{outcome.seconds:.0f} (seed {outcome.seed})",
        "verdict": f"{'CLEAN' if outcome.clean else 'BROKEN'}: {found}",
    }
    bugs = [f"raised {times} times: {what}" for what, times in outcome.raised.items()]
    return "\n".join([*(f"{name:>14}  {said}" for name, said in lines.items()), *bugs, *outcome.bot_died])


def _counted(what: Counter[str]) -> str:
    return ", ".join(f"{name} {times}" for name, times in sorted(what.items())) or "none"


def _show(outcome: Outcome, log: Path) -> None:
    """Each finding with what the log says of its post."""
    lines = log.read_text(encoding="utf-8").splitlines()
    for finding in outcome.findings[:SHOWN]:
        print(_told(finding))
        for line in [line for line in lines if f'"post_id": {finding.post_id},' in line][-6:]:
            print(f"    {line[:300]}")
    if len(outcome.findings) > SHOWN:
        print(f"… and {len(outcome.findings) - SHOWN} more")


def _told(finding: Finding) -> str:
    where = f"story {finding.story} in {finding.channel_id} (post {finding.post_id})"
    return f"{finding.fault.value}: {where}: {finding.says}"


if __name__ == "__main__":
    sys.exit(main())
