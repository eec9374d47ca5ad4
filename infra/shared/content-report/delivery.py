"""Delivers the report: in Run Command's output if it fits, otherwise through the artifacts bucket."""

import base64
import gzip
import hashlib
import json
import subprocess
import sys
import tempfile
from collections import Counter

# What Run Command keeps of a command's output.
_OUTPUT_CHARACTERS_MAX = 24_000
_UPLOAD_SECONDS = 120
_PROBLEMS_SHOWN = 10
_PROBLEM_CHARACTERS_SHOWN = 300


def deliver(report, settings):
    """Prints the answer; returns the exit code."""
    text = _json(report).encode()
    packed = gzip.compress(text, mtime=0)
    digest = {"sha256": hashlib.sha256(text).hexdigest(), "bytes": len(text)}
    inline = base64.b64encode(packed).decode()
    answer = _answer(report, dict(digest, inline=inline), report["problems"])
    if len(answer) <= _OUTPUT_CHARACTERS_MAX:
        print(answer)
        return 0
    key = f"content-reports/{settings['proxyName']}/{report['instanceId']}/{report['takenAt']}.json.gz"
    problem = _upload(packed, key, settings)
    if problem is None:
        print(_answer(report, dict(digest, key=key), report["problems"]))
        return 0
    print(_answer(report, None, [problem, *report["problems"]]))
    print(problem, file=sys.stderr)
    return 1


def _upload(packed, key, settings):
    """What went wrong, or None."""
    if not settings["bucket"]:
        return "the report: it does not fit into the output, and there is no bucket for it"
    with tempfile.NamedTemporaryFile() as file:
        file.write(packed)
        file.flush()
        command = [settings["aws"], "s3api", "put-object", f"--region={settings['region']}"]
        command += [f"--bucket={settings['bucket']}", f"--key={key}", f"--body={file.name}"]
        try:
            done = subprocess.run(
                command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=_UPLOAD_SECONDS
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            return f"the report: not uploaded: {error}"
    return None if done.returncode == 0 else f"the report: not uploaded: {done.stderr.strip()}"


def _answer(report, delivered, problems):
    return _json(
        {
            "version": report["version"],
            "instanceId": report["instanceId"],
            "takenAt": report["takenAt"],
            "work": report["work"],
            "totals": _totals(report),
            "problems": [problem[:_PROBLEM_CHARACTERS_SHOWN] for problem in problems[:_PROBLEMS_SHOWN]],
            "problemCount": len(problems),
            "report": delivered,
        }
    )


def _totals(report):
    repositories = report["repositories"]
    gateway = report["gateway"]
    return {
        "repositories": len(repositories),
        "published": _sum_of_published(repositories),
        "counts": _sum_of_counts(repositories),
        "artifacts": _sum_of_artifacts(repositories),
        "gatewayRepositories": None if gateway is None else len(gateway["repositories"]),
    }


def _sum_of_counts(repositories):
    counts = Counter()
    for repository in repositories:
        counts.update(repository["counts"])
    return dict(sorted(counts.items()))


def _sum_of_published(repositories):
    rows = [repository["published"] for repository in repositories]
    return None if None in rows else sum(rows)


def _sum_of_artifacts(repositories):
    rows = [repository["artifacts"] for repository in repositories]
    if None in rows:
        return None
    return {part: sum(row[part] for row in rows) for part in ("wanted", "present")}


def _json(value):
    """ASCII, so that characters are bytes, and one line."""
    return json.dumps(value, separators=(",", ":"))
