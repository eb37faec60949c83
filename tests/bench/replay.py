"""Judging a large recording again: that of two simulated hosts, multiplied, since nothing depends on how it was made."""

import json
import os
import re
import shutil
import subprocess

import measure
from cluster import Broken

# What tells the two recorded hosts, and their two groups' switches, apart from any others.
HOST = re.compile(r"node-0([12])\b")
ADDRESS = re.compile(r"\b127\.0\.0\.1([12])\b")
NPU_ADDRESS = re.compile(r"\b10\.20\.([12])\.1([0-7])\b")
CHASSIS = "02:5e:00:00:00:"


def record_two_hosts(bin_folder, folder):
    """All steps on a healthy pair. Returns the recording."""
    cluster, report = os.path.join(folder, "cluster"), os.path.join(folder, "report")
    subprocess.run([os.path.join(bin_folder, "touchstone-sim"), "up", cluster, "--hosts", "2"], check=True, stdout=subprocess.DEVNULL)
    subprocess.run([os.path.join(bin_folder, "touchstone"), "run", "-i", os.path.join(cluster, "cluster.yaml"), "--out", report,
                    "--second-look", "0", "-q"], check=True, stdout=subprocess.DEVNULL)
    return os.path.join(report, "recording")


def retold(text, pair):
    """The text of hosts 1 and 2, as if it were of the pair's own two hosts: other names, addresses and switches."""

    def index(match):  # of the host in the whole cluster, from 0; addresses are touchstone-sim's own of that host
        return 2 * (pair - 1) + int(match[1]) - 1

    text = HOST.sub(lambda m: f"node-{index(m) + 1:04}", text)
    text = ADDRESS.sub(lambda m: f"127.0.{index(m) // 240}.{11 + index(m) % 240}", text)
    text = NPU_ADDRESS.sub(lambda m: f"10.20.{1 + index(m) % 250}.{10 + int(m[2]) + 20 * (index(m) // 250)}", text)
    return text.replace(CHASSIS, f"02:5e:{pair >> 8:02x}:{pair & 255:02x}:00:")


def multiply(recording, to, hosts, change=lambda text: text):
    """Writes a recording of so many hosts, in groups of two. `change` alters what every host said."""
    if hosts % 2 or hosts > 1000:
        raise ValueError("a multiplied recording has an even number of hosts, up to 1000")
    os.makedirs(os.path.join(to, "hosts"))
    with open(os.path.join(recording, "manifest.json"), encoding="utf-8") as file:
        manifest = json.load(file)
    group = json.dumps(manifest["inventory"]["groups"][0])
    said = []
    for name in manifest["hosts"]:
        with open(os.path.join(recording, "hosts", name + ".jsonl"), encoding="utf-8") as file:
            said.append((name, change(file.read())))
    manifest["hosts"], manifest["inventory"]["groups"] = [], []
    for pair in range(1, hosts // 2 + 1):
        manifest["inventory"]["groups"].append(json.loads(retold(group, pair).replace('"group-1"', f'"group-{pair}"')))
        for name, text in said:
            manifest["hosts"].append(retold(name, pair))
            with open(os.path.join(to, "hosts", manifest["hosts"][-1] + ".jsonl"), "w", encoding="utf-8") as file:
                file.write(retold(text, pair))
    with open(os.path.join(to, "manifest.json"), "w", encoding="utf-8") as file:
        json.dump(manifest, file)


def tls_on(text):
    return text.replace("tls switch[0]", "tls switch[1]")


def size_of(folder):
    return sum(os.path.getsize(os.path.join(at, name)) for at, _, names in os.walk(folder) for name in names) / 2**20


def replay(bin_folder, recording, out, rounds, code):
    """Seconds and memory of `touchstone run --replay`, and what it made."""
    samples = []
    for _ in range(rounds):
        shutil.rmtree(out, ignore_errors=True)
        samples.append(measure.run([os.path.join(bin_folder, "touchstone"), "run", "--replay", recording, "--out", out]))
        if samples[-1].code != code:
            raise Broken(f"{out}: the replay ended with exit code {samples[-1].code}, and not {code}")
    with open(os.path.join(out, "run.json"), encoding="utf-8") as file:
        record = json.load(file)
    return {"verdicts": len(record["results"]), "answers": record["answers"], "rounds": rounds,
            "wall": measure.median(samples, "wall"), "cpu": measure.median(samples, "cpu"), "mib": measure.median(samples, "mib"),
            "recording_mib": size_of(recording), "html_mib": os.path.getsize(os.path.join(out, "index.html")) / 2**20}


def rows(bin_folder, folder, sizes, rounds):
    """Healthy clusters of each size; the largest once more with the same fault on every NPU."""
    os.makedirs(folder)
    recorded = record_two_hosts(bin_folder, folder)
    cases = [(hosts, "healthy", lambda text: text, 0) for hosts in sizes] + [(max(sizes), "TLS on, all NPUs", tls_on, 1)]
    for hosts, what, change, code in cases:
        made, out = os.path.join(folder, "recording"), os.path.join(folder, "out")
        multiply(recorded, made, hosts, change)
        row = replay(bin_folder, made, out, rounds, code)
        shutil.rmtree(made)
        yield {"hosts": hosts, "what": what, **row}
