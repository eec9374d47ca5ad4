"""Pulp's database after its migrations, made once and kept in the cache: they take a minute."""

import hashlib
import os
import shutil
from pathlib import Path

from suite.postgres import PROGRAMS
from suite.processes import run
from suite.pulp import Pulp

# As https://github.com/Katello/smart_proxy_container_gateway makes its own (sequel_migrations/003 to 005).
_GATEWAY = """
CREATE TABLE repositories (id serial PRIMARY KEY, name text NOT NULL, auth_required boolean NOT NULL);
CREATE TABLE users (id serial PRIMARY KEY, name text NOT NULL);
"""


def _key():
    requirements = (Path(__file__).parents[1] / "requirements-pulp.txt").read_text()
    version = run(str(PROGRAMS / "postgres"), "--version")
    return hashlib.sha256((requirements + version + _GATEWAY + Path(__file__).read_text()).encode()).hexdigest()[:16]


def give_databases(folder, *pulps):
    """Gives each Pulp, which is prepared, the cluster of one that was migrated."""
    archive = Path(os.environ["CACHE"]) / f"cluster-{_key()}.tar.gz"
    if not archive.exists():
        _make(folder, archive)
    for pulp in pulps:
        pulp.cluster.folder.mkdir()
        shutil.unpack_archive(archive, pulp.cluster.folder, filter="tar")
        pulp.cluster.own()


def _make(folder, archive):
    pulp = Pulp(folder / "template")
    pulp.prepare()
    pulp.cluster.create()
    pulp.cluster.start()
    pulp.cluster.query("CREATE DATABASE pulpcore")
    pulp.cluster.query("CREATE EXTENSION hstore", "pulpcore")
    pulp.cluster.query("CREATE DATABASE container_gateway")
    pulp.cluster.query(_GATEWAY, "container_gateway")
    pulp.manage("migrate", "--noinput")
    pulp.manage("reset-admin-password", "--random")
    pulp.cluster.stop()
    made = shutil.make_archive(str(folder / "made"), "gztar", pulp.cluster.folder, "data")
    # Moved into place whole: an interrupted run leaves nothing that looks like a cluster.
    shutil.copy(made, archive.with_suffix(".new"))
    archive.with_suffix(".new").replace(archive)
