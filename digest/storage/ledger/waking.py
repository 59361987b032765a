"""Wake-ups for workers on other machines, written in the transaction that makes their work.

The queue is Procrastinate's, in a schema of its own, on PostgreSQL only. A job says no more than "drain
this edition": lost or run five times, it does no harm.
"""

from __future__ import annotations

import json
from datetime import datetime

from sqlalchemy import Connection, DateTime, bindparam, text

from digest.model import EditionKey

QUEUE_SCHEMA = "digest_queue"
QUEUE = "digest"
DRAIN = "digest.drain"

DELIVERIES_A_JOB = 10_000
MAX_JOBS = 64

_DEFER = text(
    """
    SELECT procrastinate_defer_jobs_v1(ARRAY(
        SELECT ROW(:queue, :task, 0, NULL, NULL, CAST(:arguments AS jsonb), :at)
               ::procrastinate_job_to_defer_v1
          FROM generate_series(1, :jobs)
    ))
    """
).bindparams(bindparam("at", type_=DateTime(timezone=True)))


def wake(connection: Connection, key: EditionKey, deliveries: int, *, at: datetime | None) -> int:
    """Ask for workers to drain an edition, one for each ten thousand deliveries; return how many.

    Args:
        at: not before; None for at once.
    """
    if connection.dialect.name != "postgresql" or not deliveries:
        return 0
    jobs = min(MAX_JOBS, -(-deliveries // DELIVERIES_A_JOB))
    arguments = {"newsletter": key.newsletter, "day": key.day.isoformat(), "slot": key.slot}
    # Procrastinate's functions name its tables without their schema.
    connection.exec_driver_sql(f"SET LOCAL search_path TO {QUEUE_SCHEMA}")
    connection.execute(
        _DEFER,
        {"queue": QUEUE, "task": DRAIN, "arguments": json.dumps(arguments), "at": at, "jobs": jobs},
    )
    connection.exec_driver_sql("SET LOCAL search_path TO DEFAULT")
    return jobs
