"""Prints two results of ``signalwire-sdk``, then the CPU seconds of a batch per line of input."""

import gc
import itertools
import json
import sys
import time

from signalwire.rest import RestClient

project, token, host, calls = sys.argv[1:]
get = RestClient(project, token, host).video.conferences.get
ids = (f"c22d24f6-5a47-4597-9a23-{number:012x}" for number in itertools.count())
print(json.dumps([get(next(ids)), get(next(ids))]), flush=True)
gc.freeze()
for _ in sys.stdin:
    gc.collect()
    begin = time.process_time()
    for _ in range(int(calls)):
        get(next(ids))
    print(time.process_time() - begin, flush=True)
