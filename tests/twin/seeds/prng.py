"""A small random number generator of our own, so that every Python writes the same seeds."""

MASK = (1 << 64) - 1


class Random:
    """splitmix64: 64 bits a step, whole numbers only."""

    def __init__(self, seed):
        self.state = seed & MASK

    def bits(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        return z ^ (z >> 31)

    def between(self, low, high):
        """A whole number, both ends included."""
        return low + self.bits() % (high - low + 1)

    def chance(self, percent):
        return self.bits() % 100 < percent

    def pick(self, items):
        return items[self.bits() % len(items)]

    def weighted(self, weights):
        """A key of {key: weight}."""
        at = self.bits() % sum(weights.values())
        for key, weight in weights.items():
            at -= weight
            if at < 0:
                return key
        raise AssertionError("the weights add up to more than their sum")

    def uuid(self):
        digits = f"{self.bits():016x}{self.bits():016x}"
        return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-a{digits[17:20]}-{digits[20:]}"
