"""A long list is walked in constant memory. `make walk` walks one of 100,000 conferences."""

import gc
import json
import os
import re
import time
import tracemalloc

from support.runtimes import PROJECT, TOKEN
from support.servers import Connection, RawServer, example, response

from signalwire_rest import RestClient

CONFERENCES = int(os.environ.get("WALK_CONFERENCES", "5000"))
PAGE_SIZE = 1000
PAGES = CONFERENCES // PAGE_SIZE


def test_a_long_list_is_walked_in_constant_memory() -> None:
    # The server shares this process, so it makes no copy of the entries.
    entries = json.dumps([{**example(), "name": f"c{n}"} for n in range(PAGE_SIZE)]).encode()

    def serve(connection: Connection) -> None:
        while head := connection.read_request():
            found = re.search(rb"page_number=(\d+)", head)
            number = int(found[1]) + 1 if found else 1
            link = f"?page_number={number}&page_token=PA{number}" if number < PAGES else ""
            links = json.dumps({"self": "", "first": "", "next": link})
            start = f'{{"links": {links}, "data": '.encode()
            length = str(len(start) + len(entries) + 1)
            connection.send(response(200, start, {"Content-Length": length}))
            connection.send(entries)
            connection.send(b"}")

    def walk(client: RestClient) -> tuple[int, list[int], list[int]]:
        """Return the number of conferences, and the memory in use and its peak for each page."""
        count, used, peaks = 0, [], []
        for _ in client.video.conferences.paginate():
            count += 1
            if tracemalloc.is_tracing() and count % PAGE_SIZE == 0:
                gc.collect()
                now, peak = tracemalloc.get_traced_memory()
                used.append(now)
                peaks.append(peak)
                tracemalloc.reset_peak()
        return count, used[1:], peaks[1:]

    with RawServer(serve) as server, RestClient(PROJECT, TOKEN, server.host) as client:
        start = time.perf_counter()
        walked, _, _ = walk(client)
        rate = walked / (time.perf_counter() - start)
        tracemalloc.start()
        traced, used, peaks = walk(client)
        tracemalloc.stop()

    growth = used[-1] - used[0]
    print(f"\n{walked:,} conferences: {rate:,.0f}/s, peak {max(peaks) / 2**20:.1f} MiB, ", end="")
    print(f"{growth / 1024:.0f} KiB more after the last page than after the second")
    assert walked == traced == CONFERENCES
    # A page is 5 MiB, and its response 0.8 MiB. Up to 256 URLs are cached.
    assert growth < 2**19
    assert max(peaks) - min(peaks) < 2**19
