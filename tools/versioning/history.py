"""Read earlier states of a versioned file from git, along the first parents of HEAD."""

import subprocess
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from attrs import frozen


class UnknownHistoryError(Exception):
    """There is not enough history to compare with; the message says how to get it."""


@frozen
class State:
    """A versioned file at a revision."""

    revision: str
    """Empty for the working tree."""
    version: str
    text: str

    def __str__(self) -> str:
        return f"{self.version} ({self.revision[:9]})" if self.revision else self.version


class History:
    """The states of one file.

    Args:
        root: The checkout.
        path: The file's path in the repository.
        version_of: Extracts the version from the file's text; raises ValueError if it cannot.
    """

    def __init__(self, root: Path, path: str, version_of: Callable[[str], str]) -> None:
        self._root = root
        self._path = path
        self._version_of = version_of
        self._head = self._commit("HEAD")
        if not self._head:
            raise UnknownHistoryError(f"{root} has no git history to compare with")

    def pairs(self, now: State, base: str | None = None) -> Iterator[tuple[State, State]]:
        """Yield the earlier and the later states to compare.

        They are the last state with another version and the first commit with that of now; and this
        commit and now. If given, ``base`` and now.

        Raises:
            UnknownHistoryError: The clone is too shallow, or ``base`` has no readable file.
        """
        if base is not None:
            yield self.at(base), now
            return
        states = list(self._states())
        same = [index for index, (_, state) in enumerate(states) if state.version == now.version]
        first = self.at(states[same[-1]][0]) if same else now
        before = [state for _, state in (states[same[-1] + 1 :] if same else states)]
        if not before and self._git("rev-parse", "--is-shallow-repository") == "true\n":
            raise UnknownHistoryError(
                f"this clone is too shallow to contain {self._path} before version {now.version}. "
                "Run: git fetch --unshallow"
            )
        if before:
            yield before[0], first
        if first != now:
            yield first, now

    def at(self, revision: str) -> State:
        """Return the state at a revision.

        Raises:
            UnknownHistoryError: The revision does not exist, or has no readable file.
        """
        if not self._commit(revision):
            raise UnknownHistoryError(f"unknown revision {revision}. Run: git fetch")
        state = self._state(revision, revision)
        if state is None:
            raise UnknownHistoryError(f"revision {revision} has no readable {self._path}")
        return state

    def releases(self) -> dict[str, str]:
        """Return the last revision with each version, the newest version first."""
        found: dict[str, str] = {}
        for _, state in self._states():
            found.setdefault(state.version, state.revision)
        return found

    @contextmanager
    def extracted(self, revision: str, *paths: str) -> Iterator[Path]:
        """Yield a folder with the given paths as they are at a revision."""
        command = ["git", "-C", str(self._root), "archive", "--format=tar", revision, *paths]
        archive = subprocess.run(command, capture_output=True, check=True).stdout
        with tempfile.TemporaryDirectory() as folder:
            with tarfile.open(fileobj=BytesIO(archive)) as opened:
                opened.extractall(folder, filter="data")
            yield Path(folder)

    def _states(self) -> Iterator[tuple[str, State]]:
        """Yield the readable states, the newest first, each with the commit that began it.

        The revision of a state is the last before the file changed again.
        """
        last = self._head
        log = self._git("log", "--first-parent", "--format=%H %P", "HEAD", "--", self._path)
        for line in log.splitlines():
            commit, *parents = line.split()
            state = self._state(commit, last)
            if state:
                yield commit, state
            last = next(iter(parents), "")

    def _state(self, commit: str, revision: str) -> State | None:
        text = self._git("show", f"{commit}:{self._path}")
        try:
            return State(revision, self._version_of(text), text)
        except ValueError:
            return None

    def _commit(self, revision: str) -> str:
        """Return the commit that a revision names, or an empty text."""
        return self._git("rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}").strip()

    def _git(self, *arguments: str) -> str:
        """Return the output of a git command, which is empty if it failed."""
        try:
            done = subprocess.run(
                ["git", "-C", self._root, *arguments], capture_output=True, check=False
            )
        except FileNotFoundError as error:
            raise UnknownHistoryError("git is missing: install it") from error
        return done.stdout.decode("utf-8") if done.returncode == 0 else ""
