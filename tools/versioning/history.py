"""Read earlier states of a versioned file from git, along the first parents of HEAD."""

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

from attrs import frozen


class UnknownHistoryError(Exception):
    """There is not enough history to compare with; the message says how to get it."""


@frozen
class State:
    """A versioned file at a commit."""

    revision: str
    version: str
    text: str


@frozen
class Bases:
    """The earlier states that a version is compared with."""

    first: State | None
    """The first commit with this version, or None if no commit has it yet."""
    before: State | None
    """The last state with another version before that, or None if this is the first version."""


class History:
    """The states of one file.

    Args:
        root: The checkout.
        path: The file's path in the repository.
        version_of: Extracts the version from the file's text; returns None for unreadable text.
    """

    def __init__(self, root: Path, path: str, version_of: Callable[[str], str | None]) -> None:
        self._root = root
        self._path = path
        self._version_of = version_of
        if self._commit("HEAD") is None:
            raise UnknownHistoryError(f"{root} has no git history to compare with")

    def bases(self, version: str) -> Bases:
        """Return the states to compare a version with.

        Raises:
            UnknownHistoryError: The clone is too shallow.
        """
        states = list(self._states())
        same = [index for index, state in enumerate(states) if state.version == version]
        older = states[same[-1] + 1 :] if same else states
        before = older[0] if older else None
        shallow = (self._git("rev-parse", "--is-shallow-repository") or "").strip() == "true"
        if before is None and shallow:
            raise UnknownHistoryError(
                f"this clone is too shallow to contain {self._path} before version {version}. "
                "Run: git fetch --unshallow"
            )
        return Bases(states[same[-1]] if same else None, before)

    def at(self, revision: str) -> State:
        """Return the state at a revision.

        Raises:
            UnknownHistoryError: The revision does not exist, or has no readable file.
        """
        if self._commit(revision) is None:
            raise UnknownHistoryError(f"unknown revision {revision}. Run: git fetch")
        state = self._state(revision)
        if state is None:
            raise UnknownHistoryError(f"revision {revision} has no readable {self._path}")
        return state

    def parent(self, revision: str) -> str | None:
        """Return the first parent of a commit, or None if it has no readable file."""
        parent = self._commit(f"{revision}^")
        return parent if parent and self._state(parent) is not None else None

    def releases(self) -> dict[str, str]:
        """Return the last revision with each version, the newest version first."""
        found: dict[str, str] = {}
        revision = "HEAD"
        for state in self._states():
            found.setdefault(state.version, revision)
            revision = f"{state.revision}^"
        return found

    def archive(self, revision: str, *paths: str) -> bytes:
        """Return a tar archive of the given paths at a revision."""
        command = ["git", "-C", str(self._root), "archive", "--format=tar", revision, *paths]
        return subprocess.run(command, capture_output=True, check=True).stdout

    def _states(self) -> Iterator[State]:
        """Yield the readable states at the commits that changed the file, the newest first."""
        log = self._git("log", "--first-parent", "--format=%H", "HEAD", "--", self._path)
        for revision in (log or "").split():
            state = self._state(revision)
            if state is not None:
                yield state

    def _state(self, revision: str) -> State | None:
        text = self._git("show", f"{revision}:{self._path}")
        version = None if text is None else self._version_of(text)
        return None if text is None or version is None else State(revision, version, text)

    def _commit(self, revision: str) -> str | None:
        found = self._git("rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
        return None if found is None else found.strip()

    def _git(self, *arguments: str) -> str | None:
        """Return the output of a git command, or None if it failed."""
        try:
            done = subprocess.run(
                ["git", "-C", self._root, *arguments], capture_output=True, check=False
            )
        except FileNotFoundError as error:
            raise UnknownHistoryError("git is missing: install it") from error
        return done.stdout.decode("utf-8") if done.returncode == 0 else None
