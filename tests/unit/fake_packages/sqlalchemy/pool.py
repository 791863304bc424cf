"""Pools."""


class NullPool:
    pass
