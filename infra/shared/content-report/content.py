"""The content of repositories, by Pulp's database and its disk.

An artifact is present if its row has a file, and that file is on the disk in its full length. A sync does not look for
files that it has downloaded before, so lost ones stay lost, and counts do not show them.
Files are not read: of 500 GiB that takes an hour. Memory does not grow with the number of artifacts: rows come as a
stream, lost ones go to a file, and PostgreSQL does the sums.
"""

import json
import os
import tempfile
from concurrent.futures import ThreadPoolExecutor
from itertools import islice

# Reading inodes from a cold volume is waiting: some at a time use what a volume can do.
_THREADS = 16
_BATCH = 512

_EVERY_ARTIFACT = "SELECT pulp_id, size, file FROM core_artifact ORDER BY file"

# Latest as in Pulp: RepositoryVersion.content and Distribution in pulpcore's app/models/{repository,publication}.py.
# Counts are what a version's content_summary is made of (RepositoryVersionContentDetails).
# A distribution of a repository serves its latest publication, or the content itself for types without publications.
_SUMS = """
WITH latest AS (
  SELECT DISTINCT ON (repository_id) repository_id, pulp_id, number
  FROM core_repositoryversion WHERE complete ORDER BY repository_id, number DESC
), publications AS (
  SELECT latest.repository_id, publication.pulp_id
  FROM latest
  JOIN core_publication publication ON publication.repository_version_id = latest.pulp_id AND publication.complete
  WHERE EXISTS (SELECT FROM core_distribution d
                WHERE d.publication_id = publication.pulp_id OR d.repository_id = latest.repository_id)
), served AS (
  SELECT repository_id FROM publications
  UNION
  SELECT latest.repository_id FROM latest JOIN core_distribution d
    ON d.repository_version_id = latest.pulp_id
    OR (d.repository_id = latest.repository_id
        AND split_part(d.pulp_type, '.', 1) IN ('container', 'ansible', 'ostree'))
), counts AS (
  SELECT latest.repository_id, jsonb_object_agg(detail.content_type, detail.count) AS present
  FROM latest JOIN core_repositoryversioncontentdetails detail
    ON detail.repository_version_id = latest.pulp_id AND detail.count_type = 'P'
  GROUP BY 1
), content AS (
  SELECT latest.repository_id, count(*) AS wanted,
         count(item.artifact_id) FILTER (WHERE lost.artifact IS NULL) AS present
  FROM latest
  JOIN core_repositorycontent member ON member.repository_id = latest.repository_id
  JOIN core_repositoryversion added ON added.pulp_id = member.version_added_id AND added.number <= latest.number
  LEFT JOIN core_repositoryversion removed ON removed.pulp_id = member.version_removed_id
  JOIN core_contentartifact item ON item.content_id = member.content_id
  LEFT JOIN lost ON lost.artifact = item.artifact_id
  WHERE removed.number IS NULL OR removed.number > latest.number
  GROUP BY 1
), metadata AS (
  SELECT publications.repository_id, count(*) AS wanted,
         count(item.artifact_id) FILTER (WHERE lost.artifact IS NULL) AS present
  FROM publications
  JOIN core_publishedmetadata file ON file.publication_id = publications.pulp_id
  JOIN core_contentartifact item ON item.content_id = file.content_ptr_id
  LEFT JOIN lost ON lost.artifact = item.artifact_id
  GROUP BY 1
)
SELECT latest.repository_id, latest.repository_id IN (SELECT repository_id FROM served),
       coalesce(counts.present, '{}'),
       coalesce(content.wanted, 0), coalesce(content.present, 0),
       coalesce(metadata.wanted, 0), coalesce(metadata.present, 0)
FROM latest LEFT JOIN counts USING (repository_id) LEFT JOIN content USING (repository_id)
LEFT JOIN metadata USING (repository_id)
"""


def add(repositories, settings, attempts, database):
    """Adds `published`, `counts`, `artifacts` and `metadata` to each repository."""
    sums = attempts.read("the content", lambda: _sums(settings["media"], database), {}) if repositories else {}
    for repository in repositories:
        row = sums.get(repository.pop("id"))
        if row is None:
            continue
        served, counts, *numbers = row
        repository["published"] = served == "t"
        repository["counts"] = dict(sorted(json.loads(counts).items()))
        wanted, present, metadata_wanted, metadata_present = map(int, numbers)
        repository["artifacts"] = {"wanted": wanted, "present": present}
        repository["metadata"] = {"wanted": metadata_wanted, "present": metadata_present}


def _sums(media, database):
    with tempfile.TemporaryFile("w+", encoding="ascii") as script:
        script.write("CREATE TEMP TABLE lost (artifact uuid);\nCOPY lost FROM STDIN;\n")
        for identity in _lost(media, database):
            script.write(identity + "\n")
        script.write("\\.\nANALYZE lost;\n")
        script.write(f"COPY ({_SUMS}) TO STDOUT;\n")
        script.flush()
        script.seek(0)
        with database.rows(None, script=script) as rows:
            return {row[0]: row[1:] for row in rows}


def _lost(media, database):
    """The ids of artifacts without their file."""
    with database.rows(_EVERY_ARTIFACT) as rows, ThreadPoolExecutor(_THREADS) as threads:
        while chunk := list(islice(rows, _THREADS * _BATCH)):
            batches = [chunk[start : start + _BATCH] for start in range(0, len(chunk), _BATCH)]
            for lost in threads.map(lambda batch: [row[0] for row in batch if not _is_there(media, row)], batches):
                yield from lost


def _is_there(media, row):
    _, size, file = row
    try:
        return os.stat(os.path.join(media, file)).st_size == int(size)
    except FileNotFoundError:
        return False
