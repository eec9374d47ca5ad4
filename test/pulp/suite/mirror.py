"""What Katello does on a proxy's Pulp when it syncs: repositories and remotes of one name, a sync, a distribution.

https://github.com/Katello/katello/blob/master/app/services/katello/pulp3/repository_mirror.rb
"""

_PLUGINS = {"rpm": "rpm/rpm", "file": "file/file", "container": "container/container"}
# Secrets that must not turn up in any report; the upstream does not ask for them.
USER, PASSWORD = "ueber-user", "ueber-password"


def add(pulp, kind, name, url, policy="immediate", **remote):
    """Creates the repository and its remote; nothing is synced."""
    plugin = _PLUGINS[kind]
    options = {"username": USER, "password": PASSWORD} if kind != "container" else {}
    made = pulp.post(f"remotes/{plugin}/", name=name, url=url, policy=policy, **options, **remote)
    repository = pulp.post(f"repositories/{plugin}/", name=name)
    return repository["pulp_href"], made["pulp_href"]


def start_sync(pulp, kind, hrefs):
    repository, remote = hrefs
    # Katello sends the complete sync with optimize: false.
    mode = {"sync_policy": "mirror_complete", "optimize": False} if kind == "rpm" else {"mirror": True}
    return pulp.post(f"{repository}sync/", remote=remote, **mode)["task"]


def publish(pulp, kind, name, path, repository):
    version = pulp.get(repository)["latest_version_href"]
    if kind == "container":
        served = {"repository_version": version}
    else:
        publications = f"publications/{_PLUGINS[kind]}/"
        found = pulp.get(publications, repository_version=version)["results"]
        if not found:
            pulp.completed(pulp.post(publications, repository_version=version)["task"])
            found = pulp.get(publications, repository_version=version)["results"]
        served = {"publication": found[0]["pulp_href"]}
    pulp.completed(pulp.post(f"distributions/{_PLUGINS[kind]}/", name=name, base_path=path, **served)["task"])


def fill(pulp, kind, name, url, policy="immediate", **remote):
    hrefs = add(pulp, kind, name, url, policy, **remote)
    pulp.completed(start_sync(pulp, kind, hrefs))
    publish(pulp, kind, name, f"org/{name}", hrefs[0])
    return hrefs
