"""Judging a large recording again: that of a simulated group, multiplied, since nothing depends on how it was made."""

import json
import os
import re
import shutil
import subprocess

import measure
from cluster import Broken

# What tells a host, its NPUs and its switches from others, as touchstone-sim numbers them.
HOST = re.compile(r"\bnode-(\d\d)\b")
ADDRESS = re.compile(r"\b127\.0\.0\.(\d+)\b")
NPU_ADDRESS = re.compile(r"\b10\.20\.(\d+)\.1([0-7])\b")
CHASSIS = "02:5e:00:"


def record_group(bin_folder, folder, hosts):
    """All steps on a healthy group. Returns the recording."""
    cluster, report = os.path.join(folder, "cluster"), os.path.join(folder, "report")
    subprocess.run([os.path.join(bin_folder, "touchstone-sim"), "up", cluster, "--hosts", str(hosts), "--group-size", str(hosts), "--no-service"],
                   check=True, stdout=subprocess.DEVNULL)
    ran = measure.run([os.path.join(bin_folder, "touchstone"), "run", "-i", os.path.join(cluster, "cluster.yaml"), "--out", report,
                       "--second-look", "0", "--forks", "4", "-q"])
    if ran.code != 0:
        raise Broken(f"{report}: touchstone did not accept healthy hosts, exit code {ran.code}")
    return os.path.join(report, "recording")


def retold(text, before, copy):
    """The text of one group, as if it were of another with `before` hosts before it: other names, addresses and switches."""

    def npu_address(match):
        index = before + int(match[1]) - 1  # from 0
        return f"10.20.{1 + index % 250}.{10 + int(match[2]) + 20 * (index // 250)}"

    def address(match):
        index = before + int(match[1]) - 11
        return f"127.0.{index // 240}.{11 + index % 240}"

    text = HOST.sub(lambda match: f"node-{before + int(match[1]):04}", text)
    text = ADDRESS.sub(address, text)
    text = NPU_ADDRESS.sub(npu_address, text)
    return text.replace(CHASSIS, f"02:{copy >> 8:02x}:{copy & 255:02x}:")


def multiply(recording, to, hosts, change=lambda text: text):
    """Writes a recording of that many hosts, up to 1000, in groups like the recorded one. `change` alters what each host said."""
    os.makedirs(os.path.join(to, "hosts"))
    with open(os.path.join(recording, "manifest.json"), encoding="utf-8") as file:
        manifest = json.load(file)
    group = json.dumps(manifest["inventory"]["groups"][0])
    said = []
    for name in manifest["hosts"]:
        with open(os.path.join(recording, "hosts", name + ".jsonl"), encoding="utf-8") as file:
            said.append((name, change(file.read())))
    manifest["hosts"], manifest["inventory"]["groups"] = [], []
    for copy in range(hosts // len(said)):
        before = copy * len(said)
        manifest["inventory"]["groups"].append(json.loads(retold(group, before, copy).replace('"group-1"', f'"group-{copy + 1}"')))
        for name, text in said:
            manifest["hosts"].append(retold(name, before, copy))
            with open(os.path.join(to, "hosts", manifest["hosts"][-1] + ".jsonl"), "w", encoding="utf-8") as file:
                file.write(retold(text, before, copy))
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
            "wall_s": measure.median(samples, "wall"), "cpu_s": measure.median(samples, "cpu"),
            "memory_mib": measure.median(samples, "mib"), "recording_mib": size_of(recording),
            "html_mib": os.path.getsize(os.path.join(out, "index.html")) / 2**20}


def rows(bin_folder, folder, sizes, rounds):
    """Healthy clusters of each size in groups of two; the largest again with a fault on every NPU, and in groups of fifty."""
    pairs, fifties = (record_group(bin_folder, os.path.join(folder, f"group-{size}"), size) for size in (2, 50))
    cases = [(hosts, "groups of 2", pairs, str, 0) for hosts in sizes]
    cases.append((max(sizes), "groups of 2, TLS on everywhere", pairs, tls_on, 1))
    cases.append((max(sizes) // 50 * 50, "groups of 50", fifties, str, 0))
    for hosts, what, recorded, change, code in cases:
        made, out = os.path.join(folder, "recording"), os.path.join(folder, "out")
        multiply(recorded, made, hosts, change)
        row = replay(bin_folder, made, out, rounds, code)
        shutil.rmtree(made)
        yield {"hosts": hosts, "what": what, **row}
