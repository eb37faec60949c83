"""Runs a program and says what it took: seconds, processor seconds of it and its children, memory."""

import os
import statistics
import subprocess
import time
from dataclasses import dataclass


@dataclass
class Sample:
    wall: float  # seconds
    cpu: float  # of the program and all children it waited for
    own_cpu: float  # of the program alone; the kernel counts it in hundredths
    mib: float  # the most memory that the program, or one of its children, had
    code: int


def run(argv, env=None, out=subprocess.DEVNULL):
    """Runs argv to its end, without a time limit: what hangs here hangs for a reason that should be seen."""
    began = time.perf_counter()
    child = subprocess.Popen(argv, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT, env=env)
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
    wall = time.perf_counter() - began
    # As long as nobody has taken its exit code, /proc still tells its own share apart from that of its children.
    with open(f"/proc/{child.pid}/stat", encoding="utf-8", errors="replace") as stat:
        fields = stat.read().rpartition(")")[2].split()
    own = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    return Sample(wall, usage.ru_utime + usage.ru_stime, own, usage.ru_maxrss / 1024, child.returncode)


def interleaved(first, second, rounds):
    """ABBAABBA…: what else the machine does hits both alike. Returns the samples of each, pairwise of the same moment."""
    pairs = []
    for number in range(rounds):
        if number % 2 == 0:
            a = first()
            b = second()
        else:
            b = second()
            a = first()
        pairs.append((a, b))
    return pairs


def median(samples, what):
    return statistics.median(getattr(sample, what) for sample in samples)


def ratio(pairs, what):
    """The median of the pairs' ratios, and the least and the greatest: a machine's slow minute cancels in its pair."""
    ratios = sorted(getattr(a, what) / getattr(b, what) for a, b in pairs)
    return {"median": statistics.median(ratios), "least": ratios[0], "greatest": ratios[-1]}
