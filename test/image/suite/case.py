"""One test's machine: a throw-away copy of the test root, with namespaces of its own.

Files are an overlay over the root, so that the product's absolute paths are the real ones. Each command
starts a new process namespace, and what it leaves running ends with it, as at a power-off.
"""

import itertools
import shutil
import subprocess
from pathlib import Path

BASE = Path("/mnt/base")
CASES = Path("/cases")
_numbers = itertools.count()
_ENVIRONMENT = {
    "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    "HOME": "/root",
    "LANG": "C.UTF-8",
}


class Case:
    def __init__(self, image=None):
        """A bare machine, or one whose disk starts as that of another case: its image."""
        self.directory = CASES / str(next(_numbers))
        self.root, disk = self.directory / "root", self.directory / "disk"
        work = self.directory / "work"
        for directory in (self.root, disk, work):
            directory.mkdir(parents=True)
        below = image.layers if image else [BASE]
        self.layers = [disk, *below]
        options = f"lowerdir={':'.join(map(str, below))},upperdir={disk},workdir={work}"
        _mount("-t", "overlay", "overlay", "-o", options, self.root)
        self.bind("/repo", "/repo")
        _mount("--rbind", "/dev", self.path("/dev"))

    def path(self, absolute):
        return self.root / str(absolute).lstrip("/")

    def exists(self, absolute):
        return self.path(absolute).exists()

    def read(self, absolute):
        return self.path(absolute).read_text()

    def write(self, absolute, text, mode=0o644):
        path = self.path(absolute)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        path.chmod(mode)

    def bind(self, source, absolute):
        self.path(absolute).mkdir(parents=True, exist_ok=True)
        _mount("--bind", source, self.path(absolute))

    def install(self, source, absolute, mode=0o755):
        self.write(absolute, Path(source).read_text(), mode)

    def run(self, *command, environment=None, timeout_seconds=240):
        """Runs a command as root of this machine, whose host name survives between commands."""
        return subprocess.run(
            self._inside(command), env={**_ENVIRONMENT, **(environment or {})},
            capture_output=True, text=True, timeout=timeout_seconds, check=False,
        )

    def start(self, *command):
        """Starts a command that runs in the background until it and all that it starts are killed."""
        return subprocess.Popen(
            self._inside(command), env=_ENVIRONMENT,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )

    def _inside(self, command):
        start = "hostname -F /etc/hostname; mount -t proc proc /proc; mount -t tmpfs run /run; exec \"$@\""
        namespaces = ("--mount", "--uts", "--ipc", "--pid", "--fork", "--kill-child")
        return [
            "unshare", *namespaces, "chroot", self.root, "bash", "-c", start, "-", *map(str, command)
        ]

    def destroy(self):
        subprocess.run(["umount", "--recursive", "--lazy", self.root], check=False)
        shutil.rmtree(self.directory, ignore_errors=True)


def expect_success(completed):
    if completed.returncode != 0:
        raise AssertionError(f"{completed.args}\n{completed.stdout}\n{completed.stderr}")
    return completed


def _mount(*arguments):
    subprocess.run(["mount", *map(str, arguments)], check=True)


CASES.mkdir(exist_ok=True)
