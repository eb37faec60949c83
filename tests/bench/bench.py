#!/usr/bin/env python3
"""What Touchstone costs: over ssh against the least that is possible, and on recordings of large clusters.

./dev bench builds what it needs and runs it. It says what it found, and writes the same to build/bench.json; that a wish is
missed is said, but is no failure: machines are shared and noisy. It fails when a run did not do what is measured.
"""

import argparse
import json
import os
import platform
import shutil
import signal
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True  # nothing is left beside the sources

import over_ssh
import replay
import tables
from cluster import Broken
from sshd import CannotRun

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def sizes(text, least, most):
    """`8,16`; nothing: this part is left out."""
    numbers = [int(word) for word in text.split(",") if word]
    if any(number < least or number > most or number % 2 for number in numbers):
        raise argparse.ArgumentTypeError(f"{text}: even numbers from {least} to {most}, separated by commas")
    return numbers


def ssh_sizes(text):
    return sizes(text, 2, 98)


def replay_sizes(text):
    return sizes(text, 50, 1000)


def options():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--rounds", type=int, default=5, help="pairs of runs of each size over ssh (default: 5)")
    parser.add_argument("--hosts", type=ssh_sizes, default=[2, 8, 16, 32], help="sizes over ssh (default: 2,8,16,32)")
    parser.add_argument("--replay-hosts", type=replay_sizes, default=[250, 500, 1000],
                        help="sizes of recordings (default: 250,500,1000)")
    parser.add_argument("--replay-rounds", type=int, default=3, help="replays of each size (default: 3)")
    parser.add_argument("--bin", default=os.path.join(ROOT, "build", "release", "bin"), help="where the programs are")
    parser.add_argument("--out", default=os.path.join(ROOT, "build", "bench.json"), help="where the numbers go as JSON")
    return parser.parse_args()


def machine():
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        models = [line.partition(":")[2].strip() for line in file if line.startswith("model name")]
    return {"processor": models[0] if models else platform.machine(), "processors": os.cpu_count(), "load": os.getloadavg()[0],
            "kernel": platform.release()}


def measure_ssh(chosen, folder, results):
    if not chosen.hosts:
        return
    try:
        for hosts in chosen.hosts:
            print(f"… {hosts} hosts over ssh", file=sys.stderr, flush=True)
            results["ssh"].append(over_ssh.compare(chosen.bin, os.path.join(folder, f"ssh-{hosts}"), hosts, chosen.rounds))
    except CannotRun as reason:
        results["ssh_skipped"] = str(reason)
    print(tables.over_ssh(results), flush=True)


def measure_replay(chosen, folder, results):
    if not chosen.replay_hosts:
        return
    for row in replay.rows(chosen.bin, os.path.join(folder, "replay"), chosen.replay_hosts, chosen.replay_rounds):
        print(f"… {row['hosts']} hosts replayed, {row['what']}", file=sys.stderr, flush=True)
        results["replay"].append(row)
    print(tables.replays(results), flush=True)


def main():
    chosen = options()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # as an exception, so that sshd is stopped
    version = subprocess.run([os.path.join(chosen.bin, "touchstone"), "--version"], check=True, capture_output=True, text=True)
    results = {"touchstone": version.stdout.strip(), "machine": machine(), "ssh": [], "replay": []}
    folder = tempfile.mkdtemp(prefix="touchstone-bench-")
    print(tables.heading(results))
    try:
        measure_ssh(chosen, folder, results)
        measure_replay(chosen, folder, results)
    except Broken as reason:
        print(f"bench: {reason}\nbench: what was written is kept in {folder}", file=sys.stderr)
        return 1
    except BaseException:
        shutil.rmtree(folder)
        raise
    os.makedirs(os.path.dirname(chosen.out), exist_ok=True)
    with open(chosen.out, "w", encoding="utf-8") as file:
        json.dump(results, file, indent=1)
    print(f"The same as JSON: {chosen.out}")
    shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
