"""Pools."""


class Pool:
    pass


class NullPool(Pool):
    pass
