"""What was measured, as a person reads it."""

import math

WANTED = 1.15


def table(head, rows):
    widths = [max(len(row[i]) for row in [head, *rows]) for i in range(len(head))]
    return "\n".join("  " + "  ".join(cell.rjust(width) for cell, width in zip(row, widths)) for row in [head, *rows])


def exponent(rows, what, size="hosts"):
    """p of cost ~ hosts^p, between the smallest and the largest cluster: 1 is linear."""
    first, last = rows[0], rows[-1]
    if first[size] == last[size] or first[what] <= 0:
        return None
    return math.log(last[what] / first[what]) / math.log(last[size] / first[size])


def heading(results):
    at = results["machine"]
    return f"{results['touchstone']} on {at['processors']} × {at['processor']}, load {at['load']:.1f}\n"


def spread(ratio):
    return f"{ratio['median']:.2f} ({ratio['least']:.2f}–{ratio['greatest']:.2f})"


def over_ssh(results):
    rows = results["ssh"]
    if not rows:
        return f"Over ssh: skipped. {results['skipped']}\n"
    head = ["hosts", "wall s", "floor s", "wall ratio", "cpu s", "floor s", "cpu ratio", "without ssh s", "a host, ms", "MiB",
            "the guide's loops s"]
    lines = [[str(row["hosts"]), f"{row['wall']:.2f}", f"{row['floor_wall']:.2f}", spread(row["wall_ratio"]), f"{row['cpu']:.2f}",
              f"{row['floor_cpu']:.2f}", spread(row["cpu_ratio"]), f"{row['own_cpu']:.2f}", f"{1000 * row['wall'] / row['hosts']:.0f}",
              f"{row['mib']:.0f}", f"{row['hosts'] * row['loops_wall_of_one_host']:.0f}"] for row in rows]
    text = (f"Over ssh: `touchstone run` against the same scripts over plain ssh to all hosts at once ({rows[0]['rounds']} pairs, medians)\n"
            f"{rows[0]['questions_per_host']} questions a host, 56 of them to its NPUs, 50 ms each\n" + table(head, lines) + "\n"
            "  ratio: median of the pairs (least–greatest); cpu: of the controller, with its ssh; without ssh: touchstone's own part,\n"
            "  judging and reports included; the guide's loops: measured on one host, times the number of hosts\n")
    for row in rows:
        if row["hosts"] in (8, 16):
            reached = row["wall_ratio"]["median"] <= WANTED
            text += f"  wanted at {row['hosts']} hosts: wall ratio ≤ {WANTED}: {'reached' if reached else 'MISSED'} ({row['wall_ratio']['median']:.2f})\n"
    return text + growth(rows, ("wall", "floor_wall", "cpu", "own_cpu"))


def growth(rows, costs):
    names = {"wall": "wall", "floor_wall": "the floor's wall", "cpu": "cpu", "own_cpu": "cpu without ssh", "mib": "memory"}
    grown = [(names[what], exponent(rows, what)) for what in costs]
    known = ", ".join(f"{name} hosts^{p:.2f}" for name, p in grown if p is not None)
    return f"  growth from {rows[0]['hosts']} to {rows[-1]['hosts']} hosts: {known} (1 is linear)\n" if known else ""


def replays(results):
    rows = results["replay"]
    head = ["hosts", "cluster", "recording MiB", "verdicts", "wall s", "cpu s", "MiB", "index.html MiB"]
    lines = [[str(row["hosts"]), row["what"], f"{row['recording_mib']:.0f}", str(row["verdicts"]), f"{row['wall']:.2f}", f"{row['cpu']:.2f}",
              f"{row['mib']:.0f}", f"{row['html_mib']:.1f}"] for row in rows]
    healthy = [row for row in rows if row["what"] == "healthy"]
    return (f"Replay: `touchstone run --replay`, all steps, all reports written ({rows[0]['rounds']} runs, medians)\n" + table(head, lines) + "\n" +
            growth(healthy, ("wall", "cpu", "mib")))
