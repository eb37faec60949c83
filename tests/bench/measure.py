"""Runs a program and says what it took: seconds, processor seconds of it and its children, memory."""

import os
import signal
import statistics
import subprocess
import time
from dataclasses import dataclass


@dataclass
class Sample:
    wall: float  # seconds
    cpu: float  # of the program and all children it waited for
    own_cpu: float  # of the program's main thread alone
    mib: float  # the most memory that the program, or one of its children, had; Python's own 15 MiB show through
    code: int


def run(argv):
    """Runs argv to its end, without a time limit: what hangs here hangs for a reason that should be seen."""
    began = time.perf_counter()
    child = subprocess.Popen(argv, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT, start_new_session=True)
    try:
        os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
    except BaseException:  # we are to stop: so is what we started, its ssh clients with it
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()
        raise
    wall = time.perf_counter() - began
    # As long as nobody has taken its exit code, /proc still tells its own share, in nanoseconds, from that of its children.
    with open(f"/proc/{child.pid}/schedstat", encoding="ascii") as stat:
        own = int(stat.read().split()[0]) / 1e9
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


def more(pairs, what):
    """By how much the first of a pair is above the second: the median of the pairs."""
    return statistics.median(getattr(a, what) - getattr(b, what) for a, b in pairs)


def ratio(pairs, what):
    """The median of the pairs' ratios, and the least and the greatest: a machine's slow minute cancels in its pair."""
    ratios = sorted(getattr(a, what) / getattr(b, what) for a, b in pairs)
    return {"median": statistics.median(ratios), "least": ratios[0], "greatest": ratios[-1]}
