"""Earlier states of a file with a version in it, from git, along the first parents of HEAD."""

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

from attrs import frozen


class UnknownHistoryError(Exception):
    """There is no history to compare with, or too little; the message says what to type."""


@frozen
class State:
    """A file at a commit."""

    revision: str
    version: str
    text: str


@frozen
class Bases:
    """What the present state of a file is compared with."""

    first: State | None
    """The commit that first carried the present version; None where none has, yet."""
    before: State | None
    """The last state under another version before that one; None where there was none."""


class History:
    """The states of one file.

    Args:
        root: The checkout.
        path: The file, as git names it.
        version_of: Reads the version in a text; None where it has none.
    """

    def __init__(self, root: Path, path: str, version_of: Callable[[str], str | None]) -> None:
        self._root = root
        self._path = path
        self._version_of = version_of
        if self._git("rev-parse", "--verify", "--quiet", "HEAD^{commit}") is None:
            raise UnknownHistoryError(f"{root} has no git history to compare with")

    def bases(self, version: str) -> Bases:
        """Return the states that a version is judged by.

        Raises:
            UnknownHistoryError: The clone is too shallow to tell.
        """
        states = list(self._states())
        carrying = [index for index, state in enumerate(states) if state.version == version]
        older = states[carrying[-1] + 1 :] if carrying else states
        before = older[0] if older else None
        shallow = (self._git("rev-parse", "--is-shallow-repository") or "").strip() == "true"
        if before is None and shallow:
            raise UnknownHistoryError(
                f"the history of this clone is too short to know what {self._path} was before "
                f"{version}. Type: git fetch --unshallow"
            )
        return Bases(states[carrying[-1]] if carrying else None, before)

    def at(self, revision: str) -> State:
        """Return the state at a revision.

        Raises:
            UnknownHistoryError: There is no such revision here, or no such file at it.
        """
        if self._git("rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}") is None:
            raise UnknownHistoryError(f"{revision} is no revision here. Type: git fetch")
        state = self._state(revision)
        if state is None:
            raise UnknownHistoryError(f"at {revision} there is no readable {self._path}")
        return state

    def parent(self, revision: str) -> str | None:
        """Return the first parent of a commit if it has the file, None if it has not."""
        found = (self._git("rev-parse", "--verify", "--quiet", f"{revision}^") or "").strip()
        return found if found and self._state(found) is not None else None

    def archive(self, revision: str, *paths: str) -> bytes:
        """Return a tar archive of some paths as they are at a revision."""
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

    def _git(self, *arguments: str) -> str | None:
        """Return what git prints, None where it fails."""
        try:
            done = subprocess.run(
                ["git", "-C", self._root, *arguments], capture_output=True, check=False
            )
        except FileNotFoundError as error:
            raise UnknownHistoryError("git is missing: install it") from error
        return done.stdout.decode("utf-8") if done.returncode == 0 else None
