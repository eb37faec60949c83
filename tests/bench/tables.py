"""What was measured, as a person reads it."""

import math

WANTED = 1.15
WANTED_AT = (8, 16)


def table(head, rows):
    widths = [max(len(row[i]) for row in [head, *rows]) for i in range(len(head))]
    return "".join("  " + "  ".join(cell.rjust(width) for cell, width in zip(row, widths)) + "\n" for row in [head, *rows])


def exponent(rows, what):
    """p of cost ~ hosts^p, between the smallest and the largest cluster: 1 is linear."""
    first, last = rows[0], rows[-1]
    return math.log(last[what] / first[what]) / math.log(last["hosts"] / first["hosts"])


def growth(rows, costs):
    if len(rows) < 2 or rows[0]["hosts"] == rows[-1]["hosts"]:
        return ""
    grown = ", ".join(f"{name} ~ hosts^{exponent(rows, what):.2f}" for what, name in costs.items())
    return f"  growth from {rows[0]['hosts']} to {rows[-1]['hosts']} hosts, 1 is linear: {grown}\n"


def heading(results):
    at = results["machine"]
    return f"{results['touchstone']} on {at['processors']} × {at['processor']}, load {at['load']:.1f}\n"


def spread(ratio):
    return f"{ratio['median']:.2f} ({ratio['least']:.2f}–{ratio['greatest']:.2f})"


def ssh_line(row):
    return [str(row["hosts"]), f"{row['wall_s']:.2f}", f"{row['floor_wall_s']:.2f}", f"{row['more_wall_s']:+.2f}",
            spread(row["wall_ratio"]), f"{row['cpu_s']:.2f}", f"{row['floor_cpu_s']:.2f}", spread(row["cpu_ratio"]), f"{1000 * row['own_cpu_s']:.0f}",
            f"{1000 * row['wall_s'] / row['hosts']:.0f}", f"{row['hosts'] * row['loops_wall_s_of_one_host']:.0f}"]


def wish(row, what):
    ratio = row[f"{what}_ratio"]["median"]
    return (f"  wanted at {row['hosts']} hosts: a {what} ratio of at most {WANTED}: "
            f"{'reached' if ratio <= WANTED else 'MISSED'}, {ratio:.2f}\n")


def over_ssh(results):
    rows = results["ssh"]
    if "ssh_skipped" in results:
        return f"Over ssh: skipped. {results['ssh_skipped']}\n"
    head = ["hosts", "wall s", "floor s", "more s", "wall ratio", "cpu s", "floor s", "cpu ratio", "own ms", "a host ms", "loops s"]
    text = ("Over ssh: `touchstone run`, all verdicts and reports written, against the same scripts over plain ssh to all hosts at once\n"
            f"({rows[0]['questions_per_host']} questions a host, 56 of them to its NPUs, 50 ms each; medians of {rows[0]['rounds']} pairs)\n"
            + table(head, [ssh_line(row) for row in rows]) +
            "  ratio: of the pairs' ratios the median (least–greatest); cpu: of the controller with its ssh clients, own: without them;\n"
            "  a host: wall time a host; loops: the guide's way, one host and question after another, from one host's time\n")
    for row in rows:
        if row["starved_runs"]:
            text += f"  with {row['hosts']} hosts {row['starved_runs']} runs were repeated: this machine was too busy to play them all\n"
        if row["hosts"] in WANTED_AT:
            text += "".join(wish(row, what) for what in ("wall", "cpu"))
    return text + growth(rows, {"wall_s": "wall", "floor_wall_s": "the floor's wall", "cpu_s": "cpu", "own_cpu_s": "own cpu"})


def replays(results):
    rows = results["replay"]
    head = ["hosts", "NPUs", "cluster", "recording MiB", "verdicts", "wall s", "cpu s", "memory MiB", "index.html MiB"]
    lines = [[str(row["hosts"]), str(8 * row["hosts"]), row["what"], f"{row['recording_mib']:.0f}", str(row["verdicts"]),
              f"{row['wall_s']:.2f}", f"{row['cpu_s']:.2f}", f"{row['memory_mib']:.0f}", f"{row['html_mib']:.1f}"] for row in rows]
    same = [row for row in rows if row["what"] == "groups of 2"]
    return (f"Replay: `touchstone run --replay`, all steps, all reports written (medians of {rows[0]['rounds']} runs)\n" + table(head, lines) +
            growth(same, {"wall_s": "wall", "cpu_s": "cpu", "memory_mib": "memory"}))
