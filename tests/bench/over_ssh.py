"""`touchstone run` over real ssh against the floor: the same script, the same hosts, the same sshd, nothing else done."""

import json
import os
import re
import shutil

import measure
from cluster import STEPS, Broken, Cluster, address_of
from sshd import Sshd

HERE = os.path.dirname(os.path.abspath(__file__))
LATENCY = 0.05
MOST_STARVED = 5  # runs of one size


class Contest:
    """A cluster with its sshd, and the two that visit it."""

    def __init__(self, bin_folder, folder, hosts):
        os.makedirs(folder)
        self.hosts, self.folder, self.starved = hosts, folder, 0
        self.cluster = Cluster(bin_folder, folder, hosts, LATENCY)
        self.questions = self.cluster.record_scripts()
        self.sshd = Sshd(os.path.join(folder, "ssh"), self.cluster.landings())
        self.cluster.write_inventory(f"  transport: ssh\n  user: {self.sshd.user}\n  port: {self.sshd.port}\n")

    def addresses(self):
        return [address_of(number) for number in range(1, self.hosts + 1)]

    def _login(self):
        return [self.sshd.config, str(self.sshd.port), self.sshd.user]

    def touchstone(self):
        """One run with all answers. Where hundreds of simulated chains share a few processors, one of them may get none for
        seconds; touchstone rightly says that it could not tell, and such a run is counted and repeated."""
        while True:
            sample, report = self._run()
            if sample.code != 2 or self.starved == MOST_STARVED:
                break
            self.starved += 1
        self._check(sample, report)
        return sample

    def _run(self):
        report = os.path.join(self.folder, "report")
        shutil.rmtree(report, ignore_errors=True)
        sample = measure.run([self.cluster.touchstone, "run", "-i", self.cluster.inventory, "--ssh-config", self.sshd.config,
                              "--out", report, "--step", STEPS, "--second-look", "0"])
        return sample, report

    def _check(self, sample, report):
        for name in ("junit.xml", "index.html", "recording/manifest.json"):
            if not os.path.exists(os.path.join(report, name)):
                raise Broken(f"{report}: touchstone, exit code {sample.code}, wrote no {name}")
        with open(os.path.join(report, "run.json"), encoding="utf-8") as file:
            record = json.load(file)
        if sample.code != 0 or record["answers"] != self.hosts * self.questions:
            raise Broken(f"{report}: exit code {sample.code} and {record['answers']} answers; of healthy hosts there "
                         f"should be 0 and {self.hosts * self.questions}")

    def floor(self):
        answers = os.path.join(self.folder, "answers")
        shutil.rmtree(answers, ignore_errors=True)
        os.makedirs(answers)
        sample = measure.run([os.path.join(HERE, "floor.sh"), *self._login(), os.path.join(self.folder, "scripts"), answers,
                              *self.addresses()])
        for address in self.addresses():
            with open(os.path.join(answers, address), "rb") as file:
                said = file.read()
            answered = sum(int(count) for count in re.findall(rb"^@TS \w+ block \w+ (\d+)$", said, re.MULTILINE))
            if answered != self.questions or not said.endswith(b" bye\n"):
                raise Broken(f"{answers}/{address}: {answered} answers of {self.questions}; see also {address}.err there")
        return sample

    def loops(self):
        """The guide's loops, on the first host only: they take so long that one host must do."""
        sample = measure.run([os.path.join(HERE, "loops.sh"), *self._login(), address_of(1)])
        if sample.code != 0:
            raise Broken(f"the guide's loops over ssh ended with exit code {sample.code}")
        return sample


def compare(bin_folder, folder, hosts, rounds):
    """One row of the table: medians, and ratios of runs that lie side by side in time."""
    contest = Contest(bin_folder, folder, hosts)
    with contest.sshd:
        contest.floor()  # the first one of each warms caches, and is not counted
        contest.touchstone()
        pairs = measure.interleaved(contest.touchstone, contest.floor, rounds)
        loops = contest.loops().wall
    ours, floor = [a for a, _ in pairs], [b for _, b in pairs]
    return {
        "hosts": hosts,
        "questions_per_host": contest.questions,
        "rounds": rounds,
        "starved_runs": contest.starved,
        "wall_s": measure.median(ours, "wall"),
        "floor_wall_s": measure.median(floor, "wall"),
        "more_wall_s": measure.more(pairs, "wall"),
        "wall_ratio": measure.ratio(pairs, "wall"),
        "cpu_s": measure.median(ours, "cpu"),
        "floor_cpu_s": measure.median(floor, "cpu"),
        "cpu_ratio": measure.ratio(pairs, "cpu"),
        "own_cpu_s": measure.median(ours, "own_cpu"),
        "loops_wall_s_of_one_host": loops,
    }
