"""All benches, in the order in which they run and stand on the page."""
import dirty
import fairness
import idle
import large
import mapping
import script
import start
import sync
import throttled

# what measures it, and of how many records where that can be chosen
BENCHES = {
    "sync": (sync.sync, sync.COUNT),
    "loop": (sync.loop, sync.COUNT_OF_LOOP),
    "large": (large.large, large.COUNT),
    "throttled": (throttled.throttled, throttled.COUNT),
    "fairness": (fairness.fairness, fairness.COUNT),
    "script": (script.script, None),
    "start": (start.start, None),
    "restart": (start.restart, None),
    "idle": (idle.idle, None),
    "describe": (start.describe, None),
    "map": (mapping.mapping, None),
    "dirty": (dirty.dirty, None),
}
