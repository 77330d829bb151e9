"""The responses that the mock API can send, and which of them a request selects."""

from collections.abc import Iterable, Mapping, Sequence

from signalwire_rest_mock.contract import Contract
from signalwire_rest_mock.operations import Example, Operation
from signalwire_rest_mock.vectors import Vector

Case = Vector | Example


class Cases:
    """The examples and vectors of a contract, by operation.

    Args:
        contract: The contract.
        vectors: The vectors. One with the name of an example replaces that example.
    """

    def __init__(self, contract: Contract, vectors: Sequence[Vector]) -> None:
        self._vectors = vectors
        self._cases = {each.id: self._read(each) for each in contract.operations}
        self._ids = {
            each.path: {self.key(each, case) for case in successes(self.of(each))}
            for each in contract.operations
            if each.method == "GET" and each.path == each.resource
        }

    def of(self, operation: Operation) -> tuple[Case, ...]:
        """Return the cases of an operation: the contract's examples, then the other vectors."""
        return self._cases[operation.id]

    def key(self, operation: Operation, case: Case) -> str | None:
        """Return the value of the last path parameter that selects a case, if there is one."""
        if isinstance(case, Vector):
            return operation.key(case.path)
        return case.id.lower() if operation.resource else None

    def select(
        self,
        operation: Operation,
        path: str,
        query: Mapping[str, str],
        preferences: Mapping[str, str],
    ) -> Case | None:
        """Return the case that a request selects; None if there is no such resource.

        Args:
            operation: The operation.
            path: The path of the request.
            query: The query of the request.
            preferences: ``example`` selects by name and ``code`` by status, as in Prism.
        """
        cases, key = self.of(operation), operation.key(path)
        name, code = preferences.get("example"), preferences.get("code")
        if name or code:
            chosen = (each for each in cases if not name or each.name == name)
            return next((each for each in chosen if not code or str(each.status) == code), None)
        found = [each for each in cases if key is not None and self.key(operation, each) == key]
        if not found and (key is None or self._exists(operation, key)):
            found = successes(cases)
        vectors = (each for each in found if isinstance(each, Vector))
        # Without a query, the first example is the better default.
        exact = (each for each in vectors if query and each.query == query)
        return next(exact, next(iter(found), None))

    def _exists(self, operation: Operation, key: str) -> bool:
        """Return whether a GET of the same resource finds this id; without a GET, any id exists."""
        return key in self._ids.get(operation.resource, {key})

    def _read(self, operation: Operation) -> tuple[Case, ...]:
        vectors = {each.name: each for each in self._vectors if each.operation == operation.id}
        examples = [vectors.pop(each.name, each) for each in operation.examples]
        return *examples, *vectors.values()


def successes(cases: Iterable[Case]) -> list[Case]:
    """Return the cases with a status of 2xx."""
    return [each for each in cases if 200 <= each.status < 300]
