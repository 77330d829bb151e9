"""The resources that the contract's examples describe, as the first content of a space."""

from signalwire_rest.testing import Space
from signalwire_rest_mock.contract import Contract


def add_examples(space: Space, contract: Contract) -> None:
    """Add the examples of conferences, tokens and streams; none if the contract lacks them."""
    values = {
        operation.id: [each.value for each in operation.examples if each.status == 200]
        for operation in contract.operations
    }
    conferences = values.get("get_video_conference", [])
    streams = values.get("get_stream", [])
    tokens = [each for page in values.get("list_conference_tokens", []) for each in page["data"]]
    others = [each for each in values.get("get_conference_token", []) if each not in tokens]
    for number, conference in enumerate(conferences):
        # The first has the tokens and the stream of the vendor's pages, the second the other ones.
        if number < 2:
            space.add_conference(
                extras=conference,
                tokens=(tokens, others)[number],
                streams=streams[number : number + 1],
            )
        else:
            space.add_conference(extras=conference)
