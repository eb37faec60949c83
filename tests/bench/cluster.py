"""A simulated cluster, reached over ssh, and the very script that touchstone sends to each of its hosts."""

import json
import os
import re
import subprocess

import measure

# Seven questions of every NPU: lldp, link, net_health, netdetect, gateway, tls, ip. What these steps stand on asks three
# more of each host: its user, its tools, its list of NPUs.
STEPS = "3.1.1,3.1.3,3.1.5,3.1.6,3.1.7,3.1.8,3.1.10"
NPUS = 8
NPU_QUESTIONS = 7 * NPUS


class Broken(Exception):
    """A run that did not do what is measured; its time would say nothing."""


def name_of(number):  # as touchstone-sim names up to 99 hosts
    return f"node-{number:02}"


def address_of(number):
    return f"127.0.0.{10 + number}"


class Cluster:
    def __init__(self, bin_folder, folder, hosts, latency):
        self.touchstone = os.path.join(bin_folder, "touchstone")
        self.sim = os.path.join(bin_folder, "touchstone-sim")
        self.folder, self.hosts = folder, hosts
        self.dir = os.path.join(folder, "cluster")
        self.inventory = os.path.join(self.dir, "cluster.yaml")
        subprocess.run([self.sim, "up", self.dir, "--hosts", str(hosts), "--latency", str(latency), "--no-service"], check=True,
                       stdout=subprocess.DEVNULL)
        with open(self.inventory, encoding="utf-8") as file:
            self.text = file.read()

    def landings(self):
        return {address_of(n): os.path.join(self.dir, "hosts", name_of(n)) for n in range(1, self.hosts + 1)}

    def write_inventory(self, access):
        """Replaces how hosts are reached: `access` is the lines for it, as YAML."""
        text, count = re.subn(r"  transport: exec\n  command: .*\n", lambda _: access, self.text)
        if count != 1:
            raise Broken(f"{self.inventory}: touchstone-sim no longer writes 'transport: exec' and 'command:' as it did")
        with open(self.inventory, "w", encoding="utf-8") as file:
            file.write(text)

    def record_scripts(self):
        """Takes what touchstone writes into each host's shell, byte by byte. Returns the questions of one host."""
        scripts = os.path.join(self.folder, "scripts")
        os.makedirs(scripts)
        tap = os.path.join(self.folder, "tap")
        with open(tap, "w", encoding="utf-8") as file:
            file.write(f'#!/bin/sh\nhost=$1; shift\ntee "{scripts}/$host" | "{self.dir}/hosts/$host/enter" "$@"\n')
        os.chmod(tap, 0o755)
        self.write_inventory(f'  transport: exec\n  command: ["{tap}", "{{host}}"]\n')
        report = os.path.join(self.folder, "tapped")
        argv = [self.touchstone, "run", "-i", self.inventory, "--out", report, "--step", STEPS, "--second-look", "0", "--forks", "4", "-q"]
        if measure.run(argv).code != 0:
            raise Broken(f"{report}: touchstone did not accept healthy hosts")
        for number in range(1, self.hosts + 1):
            self._keep_for_floor(os.path.join(scripts, name_of(number)), os.path.join(scripts, address_of(number)))
        return self._count_questions(report)

    def _keep_for_floor(self, recorded, kept):
        """The floor knows hosts by address, and ends its input with the script. So it takes the form for sites without a
        network path, which does not stop at the end of its input (L is empty), and is the same in all else."""
        with open(recorded, encoding="utf-8") as file:
            script = file.read()
        if script.count(" L=1;") != 1:
            raise Broken(f"{recorded}: touchstone no longer says by 'L=1;' that its script comes through a transport")
        with open(kept, "w", encoding="utf-8") as file:
            file.write(script.replace(" L=1;", " L=;"))

    def _count_questions(self, report):
        with open(os.path.join(report, "recording", "hosts", name_of(1) + ".jsonl"), encoding="utf-8") as file:
            answers = [json.loads(line) for line in file][1:]
        npus = sum("npu" in answer for answer in answers)
        if npus != NPU_QUESTIONS:
            raise Broken(f"the steps {STEPS} ask {npus} questions of a host's NPUs, not {NPU_QUESTIONS}: choose others")
        return len(answers)
