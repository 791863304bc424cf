"""Time-outs and retries of Celery's clients.

A server that is lost with its node is silent: without time-outs, clients wait for the kernel to
give up, for up to a quarter of an hour.
"""

from __future__ import annotations

from collections.abc import Mapping

from cdk8s_airflow.kubernetes.parts import PodParts
from cdk8s_airflow.kubernetes.references import env_vars

SECONDS = 5
"""Time-out for a connection and for an answer, and the interval of health checks: longer than two
lost packets, or an answer of a busy server, take."""
_HEARTBEAT_SECONDS = 10

BROKER_SECTION = "AIRFLOW__CELERY_BROKER_TRANSPORT_OPTIONS"
RESULTS_SECTION = "AIRFLOW__CELERY_RESULT_BACKEND_TRANSPORT_OPTIONS"

POOL = "celery_pool:TaskPool"
"""Celery's pool class of the workers, in `programs/celery_pool.py`."""

ALWAYS: Mapping[str, object] = {
    # Of the workers, unless `[celery] pool` says another.
    "worker_pool": POOL,
    # Airflow gives a task up at once when Celery reports an error, but not when it takes too long,
    # `[celery] operation_timeout`, a second: so Celery goes on for longer than that.
    "task_publish_retry_policy": {
        "max_retries": 30,
        "interval_start": 0,
        "interval_step": 0.2,
        "interval_max": 1,
    },
}
"""Settings of Celery for every broker."""

REDIS_RESULTS: Mapping[str, object] = {
    "redis_socket_connect_timeout": SECONDS,
    "redis_socket_timeout": SECONDS,
    "redis_socket_keepalive": True,
    "redis_backend_health_check_interval": SECONDS,
    # A worker keeps a result that it cannot store at once.
    "result_backend_always_retry": True,
}
"""Settings of Celery for results in Redis."""

RABBITMQ_BROKER: Mapping[str, object] = {
    # Of the workers, which look thrice as often; the others look when they send.
    "broker_heartbeat": _HEARTBEAT_SECONDS,
    # RabbitMQ 4.3 refuses queues that are neither durable nor of one connection alone. Queues of
    # commands and answers keep their names when a client comes back, so they cannot be of the
    # connection that the server does not yet know to be lost; those of events never come back.
    "control_queue_durable": True,
    "event_queue_exclusive": True,
}
"""Settings of Celery for RabbitMQ. All clients of a broker declare its queues alike."""


def _options(**options: object) -> PodParts:
    return PodParts(
        env=env_vars({f"{BROKER_SECTION}__{name.upper()}": str(options[name]) for name in options})
    )


REDIS_OPTIONS = _options(
    socket_connect_timeout=SECONDS,
    socket_timeout=SECONDS,
    socket_keepalive=True,
    health_check_interval=SECONDS,
)
"""`[celery_broker_transport_options]` for Redis. Workers ask Redis to wait no longer than a second
for a message, so the limit does not cut that short."""

RABBITMQ_OPTIONS = _options(
    # What a lost server's socket has taken is not sent: only the server's word is.
    confirm_publish=True,
    read_timeout=SECONDS,
    write_timeout=SECONDS,
)
"""`[celery_broker_transport_options]` for RabbitMQ. Celery's own limit for connecting is four
seconds."""
