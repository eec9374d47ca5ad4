"""The status of Pulp, through its API."""

import shutil

from api import Api


def read(settings, attempts):
    """The parts `pulp`, `work` and `repositories` of the report."""
    report = {
        "pulp": {"versions": {}, "workersOnline": 0, "storage": _storage(settings, attempts)},
        "work": None,
        "repositories": [],
    }
    api = attempts.read("Pulp's API", lambda: Api(settings), None)
    if api is None:
        return report
    status = attempts.read("the status of Pulp", lambda: api.get("status/"), None)
    if status is None:
        return report
    report["pulp"]["versions"] = {row["component"]: row["version"] for row in status["versions"]}
    report["pulp"]["workersOnline"] = len(status["online_workers"])
    report["work"] = attempts.read("the tasks of Pulp", lambda: _work(api), None)
    report["repositories"] = attempts.read("the repositories of Pulp", lambda: _repositories(api), [])
    return report


def _storage(settings, attempts):
    def read_usage():
        usage = shutil.disk_usage(settings["media"])
        return {"totalBytes": usage.total, "usedBytes": usage.used, "freeBytes": usage.free}

    return attempts.read("the storage of Pulp", read_usage, None)


def _work(api):
    def count(state):
        return api.get("tasks/", state=state, limit=1, fields="pulp_href")["count"]

    return {"running": count("running"), "waiting": count("waiting")}


def _repositories(api):
    policies = _policies(api)
    found = api.each("repositories/", fields="name,pulp_href", ordering="name")
    return [_repository(policies, row) for row in found]


def _repository(policies, row):
    """Without its content, for which Pulp would have to be asked once for each repository: a thousand take minutes."""
    plugin, identity = _parts(row["pulp_href"])
    return {
        "name": row["name"],
        "type": plugin,
        "policy": policies.get((plugin, row["name"])),
        "published": None,
        "counts": {},
        "artifacts": None,
        "metadata": None,
        "id": identity,
    }


def _policies(api):
    """By plugin and name: Katello gives a mirror's remote the repository's name, and does not link the two.

    https://github.com/Katello/katello/blob/master/app/services/katello/pulp3/repository_mirror.rb
    Nothing but these three fields is asked for, because a remote also has the credentials of its upstream.
    """
    remotes = api.each("remotes/", fields="name,pulp_href,policy")
    return {(_parts(row["pulp_href"])[0], row["name"]): row.get("policy") for row in remotes}


def _parts(href):
    """Plugin and id of …/repositories/rpm/rpm/<id>/."""
    parts = href.rstrip("/").split("/")
    return parts[-3], parts[-1]
