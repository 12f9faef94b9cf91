"""A clock for tests."""


class Clock:
    """Seconds that pass only when somebody says so."""

    now = 100.0

    def __call__(self) -> float:
        return self.now
