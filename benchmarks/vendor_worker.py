"""Makes calls with ``signalwire-sdk``, in the environment that it is installed in.

Prints the result of one call as JSON. From then on it reads a number of calls a line from standard
input, makes them, and prints the CPU seconds that they took. It ends when its standard input does.
"""

import gc
import json
import sys
import time

from signalwire.rest import RestClient


def main() -> None:
    """Serve standard input."""
    project, token, host, conference_id = sys.argv[1:]
    client = RestClient(project, token, host)
    print(json.dumps(client.video.conferences.get(conference_id)), flush=True)
    gc.collect()
    gc.freeze()
    for line in sys.stdin:
        begin = time.process_time()
        for _ in range(int(line)):
            client.video.conferences.get(conference_id)
        print(time.process_time() - begin, flush=True)


if __name__ == "__main__":
    main()
