"""A whole proxy, and one without a repository; the witnesses are other endpoints of Pulp than the report's."""

import unittest

from suite import world as made
from suite.world import ADVISORIES, BLOBS, CACHEABLE, FILES, PACKAGES

_LISTS = {
    "rpm.package": "content/rpm/packages/",
    "rpm.advisory": "content/rpm/advisories/",
    "file.file": "content/file/files/",
    "container.blob": "content/container/blobs/",
    "container.manifest": "content/container/manifests/",
    "container.tag": "content/container/tags/",
}


class TheReport(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.incumbent, cls.replacement = made.world.incumbent, made.world.replacement
        cls.of_incumbent = cls.incumbent.report()
        cls.of_replacement = cls.replacement.report()

    def test_speaks_for_the_instance_without_a_problem(self):
        for proxy, answer in ((self.incumbent, self.of_incumbent), (self.replacement, self.of_replacement)):
            report = answer.report()
            self.assertEqual((answer.code, answer.errors, report["problems"]), (0, "", []))
            self.assertEqual((report["version"], report["instanceId"]), (1, proxy.instance_id))
            self.assertRegex(report["takenAt"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")

    def test_has_what_pulp_says_of_itself(self):
        status = self.incumbent.pulp.get("status/")
        pulp = self.of_incumbent.report()["pulp"]

        self.assertEqual(pulp["versions"], {row["component"]: row["version"] for row in status["versions"]})
        self.assertEqual(pulp["workersOnline"], 1)
        self.assertEqual(pulp["storage"]["totalBytes"], status["storage"]["total"])
        self.assertEqual(self.of_incumbent.report()["work"], {"running": 0, "waiting": 0})

    def test_counts_what_pulp_lists(self):
        for proxy, answer in ((self.incumbent, self.of_incumbent), (self.replacement, self.of_replacement)):
            pulp = proxy.pulp
            for name in ("baseos", "appstream", "files", "busybox", "agent"):
                counts = answer.repository(name)["counts"]
                version = pulp.get("repositories/", name=name)["results"][0]["latest_version_href"]
                listed = {kind: pulp.get(path, repository_version=version, limit=1)["count"]
                          for kind, path in _LISTS.items()}
                self.assertEqual({kind: counts.get(kind, 0) for kind in _LISTS}, listed, name)

    def test_finds_every_artifact_of_a_policy_that_wants_all(self):
        for name, wanted in (("baseos", PACKAGES), ("files", FILES), ("busybox", BLOBS)):
            repository = self.of_replacement.repository(name)
            self.assertEqual(repository["policy"], "immediate", name)
            self.assertEqual(repository["artifacts"], {"wanted": wanted, "present": wanted}, name)
            self.assertTrue(repository["published"], name)
            version = self.replacement.pulp.get("repositories/", name=name)["results"][0]["latest_version_href"]
            listed = self.replacement.pulp.get("artifacts/", repository_version=version, limit=1)["count"]
            self.assertEqual(listed, wanted, name)

    def test_knows_an_advisory_and_the_metadata_that_is_served(self):
        repository = self.of_replacement.repository("baseos")

        self.assertEqual(repository["type"], "rpm")
        self.assertEqual(repository["counts"]["rpm.advisory"], ADVISORIES)
        # repomd.xml, primary, filelists, other, updateinfo
        self.assertEqual(repository["metadata"], {"wanted": 5, "present": 5})

    def test_tells_content_on_demand_from_content_that_is_there(self):
        repository = self.of_replacement.repository("appstream")

        self.assertEqual(repository["policy"], "on_demand")
        self.assertEqual(repository["counts"], {"rpm.package": CACHEABLE})
        self.assertEqual(repository["artifacts"], {"wanted": CACHEABLE, "present": 0})
        self.assertTrue(repository["published"])

    def test_shows_the_repository_that_the_replacement_lacks(self):
        filled, empty = self.of_incumbent.repository("agent"), self.of_replacement.repository("agent")

        self.assertEqual((filled["counts"], filled["published"]), ({"file.file": FILES}, True))
        self.assertEqual((empty["counts"], empty["published"]), ({}, False))
        self.assertEqual(empty["artifacts"], {"wanted": 0, "present": 0})

    def test_names_what_the_gateway_serves(self):
        found = self.of_incumbent.report()["gateway"]
        self.assertEqual((found["repositories"], found["public"]), (["org/b", "org/busybox"], ["org/b"]))
        self.assertEqual((found["unknown"], found["newestRow"], found["refusal"]), ([], 2, None))

    def test_names_what_a_gateway_does_not_know(self):
        found = self.of_replacement.report()["gateway"]
        self.assertEqual((found["repositories"], found["unknown"], found["newestRow"]), ([], ["org/busybox"], 0))

    def test_sums_up_what_it_found(self):
        totals = self.of_incumbent.printed["totals"]

        self.assertEqual(totals["repositories"], 5)
        self.assertEqual(totals["published"], 5)
        self.assertEqual(totals["counts"]["rpm.package"], PACKAGES + CACHEABLE)
        self.assertEqual(totals["counts"]["file.file"], 2 * FILES)
        self.assertEqual(totals["gatewayRepositories"], 2)
        wanted = PACKAGES + CACHEABLE + 2 * FILES + BLOBS
        self.assertEqual(totals["artifacts"], {"wanted": wanted, "present": wanted - CACHEABLE})
