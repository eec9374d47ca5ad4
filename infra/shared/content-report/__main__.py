"""Reports which content this Smart Proxy holds. The fleet's content report document runs it on the instance.

It changes nothing, with one exception: if the document's parameter `gateway` is given, the container gateway of this
instance first gets the repositories that its own Pulp serves and that it does not know. The parameter holds the
names of repositories that need no login, as a list in JSON, compressed with gzip, in base64. All others need one.

It uses no name server, no Katello and no other instance: it reaches Pulp's API on the loopback address, reads rows
over PostgreSQL's socket, and looks up artifacts on the disk. It needs Python 3.9 and its standard library.

The report, version 1:

    version       1
    instanceId    the instance's id, as the agent of Systems Manager has it
    takenAt       when it was begun, RFC 3339 in UTC
    pulp          versions by component, workersOnline, storage in bytes (null: the media folder cannot be read)
    work          tasks of Pulp that are running and waiting; null: not read
    repositories  by name. Of the newest complete version of each:
        name, type   of Pulp's repository; the type is its plugin: rpm, file, container
        policy       immediate, on_demand or streamed, of the remote with its name; null if there is none
        published    whether a distribution serves this version; null: not read
        counts       content units by Pulp's type; empty as well if not read, and published is null then
        artifacts    wanted: its content artifacts. present: those that have a file of their size on the disk. With
                     immediate both are equal on a whole proxy; otherwise present is what is cached. null: not read
        metadata     the same for the metadata of the publication that is served. It has no content units, so no count
                     shows its loss, and without it nothing of the repository can be installed. null: not read
    gateway       null without a container gateway, or if not read
        repositories  that it knows, by name. It refuses to serve any other
        public        those of them that need no login
        unknown       container repositories that Pulp serves and the gateway does not know
        newestRow     the highest number of a row in its list, 0 without rows. A push replaces all rows by new ones
        refusal       why it did not take the list that it was given; null: it took it, or it was given none
    problems      what could not be read, and why. Whatever it concerns is null or empty: it is unknown, not nothing

It prints one line of JSON of at most 24,000 characters, which is all that Run Command keeps:

    version, instanceId, takenAt, work   as in the report
    totals        repositories, published, counts, artifacts, gatewayRepositories: sums over the report; null: not read
    problems      the first ten, shortened; problemCount is the number of all
    report        sha256 and bytes of the report's JSON, and the report itself, compressed with gzip: as base64 in
                  `inline`, or, if it does not fit, as the object `key` of the artifacts bucket. null: it could not be
                  delivered, see problems

Exit code: 0 if the report was delivered, with or without problems; 1 if only its totals could be; 2 if the instance's
settings cannot be read. The client key is the only secret that it uses; it reads no password and prints no secret.
"""

import os
import sys
from datetime import datetime, timezone

import content
import delivery
import gateway
import pulp
from attempts import Attempts
from database import Database
from settings import read_settings


def main():
    settings = read_settings()
    report = report_of(settings, Attempts(settings["limitSeconds"]))
    return delivery.deliver(report, settings)


def report_of(settings, attempts):
    report = {
        "version": 1,
        "instanceId": os.environ.get("AWS_SSM_INSTANCE_ID", "unknown"),
        "takenAt": datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"),
    }
    report.update(pulp.read(settings, attempts))
    database = Database(settings, attempts)
    content.add(report["repositories"], settings, attempts, database)
    report["gateway"] = gateway.read(settings, attempts, database)
    report["problems"] = attempts.problems
    return report


if __name__ == "__main__":
    sys.exit(main())
