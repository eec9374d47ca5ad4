"""What cannot be read is a problem in the report, and never a crash or a zero that looks like a fact."""

import json
import sqlite3
import subprocess
import unittest

from suite import mirror
from suite import world as made
from suite.certificates import NAME, STRANGER
from suite.front import Front
from suite.world import PACKAGES


class WhenSomethingIsDown(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.proxy = made.world.incumbent

    def assert_reported(self, answer, problem):
        self.assertEqual((answer.code, answer.errors), (0, ""))
        report = answer.report()
        self.assertRegex("\n".join(report["problems"]), problem)
        self.assertEqual(answer.printed["problems"], report["problems"])
        return report

    def test_pulp(self):
        self.proxy.pulp.stop_services()
        try:
            report = self.assert_reported(self.proxy.report(), r"the status of Pulp: GET .*/status/ answered 503")
        finally:
            self.proxy.pulp.start_services()
            self.proxy.pulp.await_services()

        self.assertEqual((report["repositories"], report["work"]), ([], None))
        self.assertEqual((report["pulp"]["versions"], report["pulp"]["workersOnline"]), ({}, 0))
        self.assertGreater(report["pulp"]["storage"]["totalBytes"], 0)
        self.assertEqual(len(report["gateway"]["repositories"]), 2)

    def test_apache(self):
        report = self.assert_reported(self.proxy.report(apiPort=1), "the status of Pulp: .*refused")
        self.assertEqual(report["repositories"], [])

    def test_the_administrator_of_the_database(self):
        psql = [*self.proxy.pulp.cluster.psql()[:-1], "nobody-knows"]
        report = self.assert_reported(
            self.proxy.report(psql=psql), 'the content: psql ended with 2: .*role "nobody-knows" does not exist'
        )
        row = next(row for row in report["repositories"] if row["name"] == "baseos")

        self.assertEqual(row["policy"], "immediate")
        self.assertEqual(row["counts"], {})
        for part in ("published", "artifacts", "metadata"):
            self.assertIsNone(row[part], part)
        self.assertIsNone(report["gateway"])

    def test_psql(self):
        self.assert_reported(self.proxy.report(psql=["/nowhere/psql"]), "the content: FileNotFoundError")

    def test_the_disk(self):
        report = self.assert_reported(self.proxy.report(media="/nowhere"), "the storage of Pulp: FileNotFoundError")
        row = next(row for row in report["repositories"] if row["name"] == "baseos")

        self.assertIsNone(report["pulp"]["storage"])
        self.assertEqual(row["artifacts"], {"wanted": PACKAGES, "present": 0})


class WhoIsAsked(unittest.TestCase):
    """Another instance, or somebody else, is never taken for this one."""

    @classmethod
    def setUpClass(cls):
        cls.proxy = made.world.incumbent

    def problems(self, **changes):
        return "\n".join(self.proxy.report(**changes).report()["problems"])

    def test_a_server_with_a_certificate_for_another_name_is_refused(self):
        other = Front(self.proxy.pulp.socket, made.world.certificates, STRANGER, {NAME})
        self.addCleanup(other.stop)
        self.assertRegex(self.problems(apiPort=other.port), "the status of Pulp: SSLCertVerificationError: .*Hostname")

    def test_a_server_of_an_unknown_authority_is_refused(self):
        self.assertRegex(self.problems(authorities=[]), "the status of Pulp: SSLCertVerificationError")

    def test_a_client_that_is_no_trusted_host_learns_what_it_lacks(self):
        certificate, key = map(str, made.world.certificates.of(STRANGER))
        problems = self.problems(clientCertificate=certificate, clientKey=key)
        self.assertRegex(problems, r"the repositories of Pulp: GET /pulp/api/v3/remotes/ answered 40[13] ")


class TheGateway(unittest.TestCase):
    def gateway(self, text):
        path = made.world.incumbent.pulp.folder / "other-gateway.yml"
        path.write_text(text)
        return made.world.incumbent.report(gatewaySettings=str(path)).report()

    def test_is_not_missed_where_there_is_none(self):
        report = made.world.incumbent.report(gatewaySettings="/nowhere.yml").report()
        self.assertEqual((report["gateway"], report["problems"]), (None, []))

    def test_may_be_switched_off(self):
        report = self.gateway(":enabled: false\n:db_connection_string: postgres:///container_gateway\n")
        self.assertEqual((report["gateway"], report["problems"]), (None, []))

    def test_may_have_a_file_for_its_database(self):
        path = made.world.incumbent.pulp.folder / "gateway.db"
        with sqlite3.connect(path) as file:
            file.execute("CREATE TABLE repositories (id integer PRIMARY KEY, name text, auth_required boolean)")
            file.execute("INSERT INTO repositories (name, auth_required) VALUES ('org/of/a/file', 1)")
        report = self.gateway(f":enabled: https\n:db_connection_string: sqlite://{path}?timeout=30000\n")
        self.assertEqual(report["gateway"]["repositories"], ["org/of/a/file"])
        self.assertEqual((report["gateway"]["public"], report["gateway"]["newestRow"]), ([], 1))

    def test_may_be_out_of_reach_without_its_password_being_told(self):
        report = self.gateway(":enabled: https\n:db_connection_string: postgres://u:hush@db.example.com/gateway\n")
        self.assertIsNone(report["gateway"])
        self.assertRegex(report["problems"][0], "its database is on db.example.com")
        self.assertNotIn("hush", json.dumps(report))


class TheLimitOfTime(unittest.TestCase):
    def test_costs_what_was_not_read_until_then(self):
        proxy = made.world.incumbent
        held = subprocess.Popen(
            [*proxy.pulp.cluster.psql(), "-Xq", "-d", "pulpcore"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.addCleanup(held.communicate)
        held.stdin.write("BEGIN; LOCK core_artifact; SELECT 'locked';\n")
        held.stdin.flush()
        self.assertIn("locked", "".join(held.stdout.readline() for _ in range(3)))

        answer = proxy.report(limit_seconds=6)
        report = answer.report()
        self.assertEqual(answer.code, 0)
        self.assertRegex(report["problems"][0], "the content: (not read within|psql ended .*statement timeout)")
        self.assertIsNone(report["repositories"][0]["artifacts"])
        self.assertIsNone(report["repositories"][0]["published"])


class Secrets(unittest.TestCase):
    def test_are_in_no_word_of_it(self):
        answer = made.world.incumbent.report()
        text = answer.text + answer.errors + json.dumps(answer.report())
        for secret in (mirror.USER, mirror.PASSWORD, "secret-access-key", "PRIVATE KEY"):
            self.assertNotIn(secret, text)


class Settings(unittest.TestCase):
    def test_that_are_missing_end_it_with_the_reason(self):
        answer = made.world.incumbent.report(proxy="/nowhere/proxy.json")
        self.assertEqual((answer.code, answer.text), (2, ""))
        self.assertRegex(answer.errors, "the settings of this instance cannot be read: .*/nowhere/proxy.json")
