"""The installation of packages: against a dnf that lies, stalls and fails, and against the real one."""

import unittest

from suite import builder_machine
from suite.builder_machine import misbehave, run_script
from suite.case import Case, expect_success

SPEC = """Name: {name}
Version: 1.0
Release: 1
Summary: Package of a test
License: MIT
BuildArch: noarch
Provides: {provides}
Recommends: {recommends}
%description
Package of a test.
%files
"""
DNF_CONFIGURATION = """[main]
gpgcheck=0
strict={strict}
reposdir=/etc/yum.repos.d
[test]
name=test
baseurl=file:///repository
"""


class OnePackage(unittest.TestCase):
    def setUp(self):
        self.case = builder_machine.make()
        self.addCleanup(self.case.destroy)

    def install(self, name, *source, **environment):
        return run_script(self.case, "install-package.sh", name, *source, **environment)

    def tries(self):
        return self.case.read("/stub-log/dnf").splitlines()

    def test_is_installed(self):
        done = self.install("redis")

        self.assertEqual(0, done.returncode, done.stderr)
        self.assertEqual(["redis"], self.tries())

    def test_is_left_alone_when_it_is_there(self):
        self.install("redis")

        self.assertEqual(0, self.install("redis").returncode)
        self.assertEqual(["redis"], self.tries())

    def test_is_tried_again_after_a_lie(self):
        misbehave(self.case, "redis", "lies")

        self.assertEqual(0, self.install("redis").returncode)
        self.assertEqual(["redis", "redis"], self.tries())

    def test_that_dnf_keeps_lying_about_is_an_error(self):
        misbehave(self.case, "redis", "lies", "lies", "lies")

        done = self.install("redis")

        self.assertEqual(1, done.returncode)
        self.assertIn("NOT INSTALLED: redis: dnf ended with 0, but the package is not installed", done.stderr)

    def test_that_dnf_fails_to_install_is_an_error(self):
        misbehave(self.case, "redis", "fails", "fails", "fails")

        done = self.install("redis")

        self.assertEqual(1, done.returncode)
        self.assertIn("dnf ended with code 1", done.stderr)

    def test_that_stalls_is_stopped_and_tried_again(self):
        misbehave(self.case, "redis", "stalls")

        done = self.install("redis", LIMIT_SECONDS="1")

        self.assertEqual(0, done.returncode)
        self.assertIn("dnf did not end within 1 s", done.stderr)

    def test_comes_from_its_own_address_when_it_has_one(self):
        done = self.install("katello-repos", "https://yum.example.com/katello-repos-latest.rpm")

        self.assertEqual(0, done.returncode, done.stderr)


class AList(unittest.TestCase):
    def setUp(self):
        self.case = builder_machine.make()
        self.addCleanup(self.case.destroy)

    def install(self, text):
        self.case.write("/tmp/list.txt", text)
        return run_script(self.case, "install-packages.sh", "/tmp/list.txt")

    def test_is_installed_one_package_at_a_time(self):
        done = self.install("# comment\n\nredis\npulpcore-plugin(rpm)\n")

        self.assertEqual(0, done.returncode, done.stderr)
        self.assertEqual("redis\npulpcore-plugin(rpm)\n", self.case.read("/stub-log/dnf"))
        self.assertIn("all 2 packages of list.txt are installed", done.stdout)

    def test_ends_at_the_first_package_that_is_missing(self):
        misbehave(self.case, "httpd", "lies", "lies", "lies")

        done = self.install("redis\nhttpd\npulpcore\n")

        self.assertNotEqual(0, done.returncode)
        self.assertIn("NOT INSTALLED: httpd", done.stderr)
        self.assertNotIn("pulpcore", self.case.read("/stub-log/dnf"))

    def test_without_packages_is_an_error(self):
        self.assertNotEqual(0, self.install("# nothing\n").returncode)

    def test_of_repositories_takes_the_versions_of_the_bake(self):
        wrapper = "#!/bin/bash\necho \"${*: -1}\" >>/stub-log/sources\nexec /usr/bin/dnf \"$@\"\n"
        self.case.write("/usr/local/bin/dnf", wrapper, 0o755)

        done = run_script(self.case, "install-packages.sh", "/repo/packer/packages/repositories.txt")

        self.assertEqual(0, done.returncode, done.stderr)
        sources = self.case.read("/stub-log/sources")
        self.assertIn("/releases/3.19/el9/x86_64/foreman-release.rpm", sources)
        self.assertIn("/katello/4.21/katello/el9/x86_64/katello-repos-latest.rpm", sources)
        self.assertNotIn("@", sources)


class TheListOfAnImage(unittest.TestCase):
    def setUp(self):
        self.case = builder_machine.make()
        self.addCleanup(self.case.destroy)
        builder_machine.upload(self.case)

    def tries(self):
        expect_success(run_script(self.case, "install-everything.sh"))
        return self.case.read("/stub-log/dnf").splitlines()

    def test_has_the_postgresql_that_the_installer_wants(self):
        wishes = "/usr/share/foreman-installer/config/foreman.hiera/family/RedHat-9.yaml"
        self.case.write(wishes, '---\npostgresql::globals::manage_dnf_module: true\n'
                        'postgresql::globals::version: "16"\n')
        tries = self.tries()

        self.assertLess(tries.index("foreman-installer-katello"), tries.index("module postgresql:16"))
        self.assertLess(tries.index("module postgresql:16"), tries.index("foreman-proxy-content"))

    def test_has_the_postgresql_of_the_system_if_the_installer_wants_no_other(self):
        self.assertEqual([], [line for line in self.tries() if line.startswith("module ")])

    def test_that_names_an_unknown_feature_ends_the_bake_before_anything_is_installed(self):
        done = run_script(self.case, "install-everything.sh", FEATURES="pulpcore teleport")

        self.assertNotEqual(0, done.returncode)
        self.assertIn("features.txt has no feature teleport", done.stderr)
        self.assertFalse(self.case.exists("/stub-log/dnf"))


REPOSITORIES = {
    "plain.repo": "[plain]\nname=plain\nbaseurl=file:///repository\nenabled=1\n",
    "default.repo": "# enabled unless it says otherwise\n[default]\nname=default\nbaseurl=file:///repository\n",
    "redhat-rhui.repo": "[rhui-a]\nname=a\nenabled = true\nbaseurl=file:///repository\n\n"
    "[rhui-b]\nname=b\nbaseurl=file:///repository\nenabled=yes\nenabled_metadata=1\n",
    "redhat.repo": "[katello]\nname=katello\nbaseurl=file:///repository\nenabled=1\n",
}


class Repositories(unittest.TestCase):
    """What the real dnf makes of the files after the last step of a bake."""

    def setUp(self):
        self.case = Case()
        self.addCleanup(self.case.destroy)
        self.case.write("/etc/hostname", "builder\n")
        self.case.write("/etc/dnf/dnf.conf", "[main]\nreposdir=/etc/yum.repos.d\n")
        for name, text in REPOSITORIES.items():
            self.case.write(f"/etc/yum.repos.d/{name}", text)

    def listed(self, which):
        return expect_success(self.case.run("dnf", "--quiet", "repolist", which)).stdout

    def test_are_all_disabled_and_none_is_gone(self):
        self.assertEqual(5, len(self.listed("--enabled").splitlines()[1:]))

        expect_success(run_script(self.case, "disable-repositories.sh"))

        self.assertEqual("", self.listed("--enabled"))
        self.assertEqual(5, len(self.listed("--disabled").splitlines()[1:]))

    def test_are_disabled_twice_without_a_change(self):
        expect_success(run_script(self.case, "disable-repositories.sh"))
        before = [self.case.read(f"/etc/yum.repos.d/{name}") for name in REPOSITORIES]

        expect_success(run_script(self.case, "disable-repositories.sh"))

        self.assertEqual(before, [self.case.read(f"/etc/yum.repos.d/{name}") for name in REPOSITORIES])


class WithTheRealDnf(unittest.TestCase):
    """The real dnf and the real RPM database, and a repository that holds one package."""

    def setUp(self):
        self.case = Case()
        self.addCleanup(self.case.destroy)
        self.case.write("/etc/hostname", "builder\n")
        real = SPEC.format(name="real", provides="capability(test)", recommends="recommended")
        self.case.write("/tmp/real.spec", real)
        recommended = SPEC.format(name="recommended", provides="module(test)", recommends="bash")
        self.case.write("/tmp/recommended.spec", recommended)
        expect_success(self.case.run("bash", "-c", """
            mkdir -p /repository &&
            rpmbuild --quiet -bb --define '_rpmdir /repository' /tmp/real.spec &&
            rpmbuild --quiet -bb --define '_rpmdir /repository' /tmp/recommended.spec &&
            createrepo_c --quiet /repository"""))
        self.configure(strict=1)

    def configure(self, strict):
        self.case.write("/etc/dnf/dnf.conf", DNF_CONFIGURATION.format(strict=strict))

    def test_what_a_package_recommends_comes_along_though_the_base_image_does_not_want_it(self):
        configuration = DNF_CONFIGURATION.replace("[test]", "install_weak_deps=False\n[test]")
        self.case.write("/etc/dnf/dnf.conf", configuration.format(strict=1))

        expect_success(self.install("real"))

        self.assertEqual(0, self.case.run("rpm", "-q", "recommended").returncode)

    def install(self, name):
        return run_script(self.case, "install-package.sh", name, ATTEMPTS="1")

    def test_a_package_is_installed(self):
        done = self.install("real")

        self.assertEqual(0, done.returncode, done.stdout + done.stderr)
        self.assertEqual("real-1.0-1.noarch", self.case.run("rpm", "-q", "real").stdout.strip())

    def test_a_capability_is_installed(self):
        self.assertEqual(0, self.install("capability(test)").returncode)

    def test_a_missing_package_is_found_out_where_dnf_ends_with_0(self):
        self.configure(strict=0)
        self.assertEqual(0, self.case.run("dnf", "install", "-y", "real", "missing").returncode)

        done = self.install("missing")

        self.assertEqual(1, done.returncode)
        self.assertIn("NOT INSTALLED: missing", done.stderr)
