"""Files that are gone although every count is right, and a sync that never got to its end."""

import unittest

from suite import mirror
from suite import world as made
from suite.world import ADVISORIES, PACKAGES


class LostArtifacts(unittest.TestCase):
    """As after a power cut: Pulp has committed the rows, but the disk does not have the files."""

    @classmethod
    def setUpClass(cls):
        cls.proxy, cls.pulp = made.world.replacement, made.world.replacement.pulp
        cls.hrefs = mirror.fill(cls.pulp, "rpm", "damaged", f"{made.world.upstream.url}/damaged/")
        version = cls.pulp.get(cls.hrefs[0])["latest_version_href"]
        artifacts = cls.pulp.get("artifacts/", repository_version=version, limit=100)["results"]
        files = [cls.pulp.media / row["file"] for row in artifacts]
        for gone in files[:3]:
            gone.unlink()
        files[3].write_bytes(files[3].read_bytes()[:-1])
        cls.counts = {"rpm.package": PACKAGES, "rpm.advisory": ADVISORIES}
        cls.left = {"wanted": PACKAGES, "present": PACKAGES - 4}

    def test_are_missing_in_the_report_while_pulp_counts_all(self):
        version = self.pulp.get(self.hrefs[0])["latest_version_href"]
        repository = self.proxy.report().repository("damaged")

        self.assertEqual(self.pulp.get("content/rpm/packages/", repository_version=version)["count"], PACKAGES)
        self.assertEqual(repository["counts"], self.counts)
        self.assertEqual(repository["artifacts"], self.left)

    def test_are_still_missing_after_another_complete_sync(self):
        self.pulp.completed(mirror.start_sync(self.pulp, "rpm", self.hrefs))

        repository = self.proxy.report().repository("damaged")
        self.assertEqual(repository["counts"], self.counts)
        self.assertEqual(repository["artifacts"], self.left)

    def test_come_with_metadata_that_no_count_knows(self):
        before = self.proxy.report().repository("damaged")
        row = self.pulp.cluster.query(
            "SELECT a.file FROM core_publishedmetadata m JOIN core_contentartifact c ON c.content_id = m.content_ptr_id "
            "JOIN core_artifact a ON a.pulp_id = c.artifact_id WHERE m.relative_path = 'repodata/repomd.xml' "
            "AND m.publication_id = (SELECT publication_id FROM core_distribution WHERE name = 'damaged')",
            "pulpcore",
        )
        (self.pulp.media / row).unlink()

        after = self.proxy.report().repository("damaged")
        self.assertEqual(before["metadata"], {"wanted": 5, "present": 5})
        self.assertEqual(after["metadata"], {"wanted": 5, "present": 4})
        self.assertEqual(after["counts"], before["counts"])


class ASyncThatStops(unittest.TestCase):
    def test_leaves_a_repository_that_is_empty_and_not_published(self):
        proxy, upstream = made.world.replacement, made.world.upstream
        pulp = proxy.pulp
        hrefs = mirror.add(pulp, "rpm", "halfway", f"{upstream.url}/slow/")
        task = mirror.start_sync(pulp, "rpm", hrefs)
        self.assertTrue(upstream.held.wait(60), "the sync never asked for a package")
        waiting = mirror.start_sync(pulp, "rpm", hrefs)

        under_way = proxy.report()
        self.assertEqual(under_way.report()["work"], {"running": 1, "waiting": 1})
        self.assertEqual(under_way.repository("halfway")["counts"], {})

        for href in (waiting, task):
            pulp.call("PATCH", href, {"state": "canceled"})
        upstream.release.set()
        self.assertEqual(pulp.await_task(task)["state"], "canceled")
        stopped = proxy.report()
        self.assertEqual(stopped.report()["work"], {"running": 0, "waiting": 0})
        repository = stopped.repository("halfway")
        self.assertEqual((repository["counts"], repository["published"]), ({}, False))
        self.assertEqual(repository["artifacts"], {"wanted": 0, "present": 0})


class ANewVersionThatNobodyServes(unittest.TestCase):
    def test_is_not_published(self):
        """A sync that ended before Katello pointed the distribution at what it brought."""
        proxy, upstream = made.world.replacement, made.world.upstream
        hrefs = mirror.fill(proxy.pulp, "file", "stale", f"{upstream.url}/files/PULP_MANIFEST")
        self.assertTrue(proxy.report().repository("stale")["published"])

        proxy.pulp.completed(proxy.pulp.post(f"{hrefs[0]}modify/", remove_content_units=["*"])["task"])
        repository = proxy.report().repository("stale")
        self.assertEqual((repository["counts"], repository["published"]), ({}, False))
