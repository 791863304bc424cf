"""Who reads an option, by the source of the Airflow that the other tests here run.

An option that goes to some roles alone must be read nowhere else: a newer Airflow that reads it in
a module that is not here, or for another role, fails.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from cdk8s_airflow.parts.config_roles import OPTION_ROLES
from cdk8s_airflow.roles import LONG_RUNNING, RUNS_PLUGINS, RUNS_TASKS, Role

ROOT = Path(__file__).parent.parent.parent
(AIRFLOW,) = ROOT.glob(".venv-airflow/lib/python3*/site-packages/airflow")

NOBODY: frozenset[Role] = frozenset()
API = frozenset({Role.API_SERVER, Role.EXECUTION_API})
SCHEDULER = frozenset({Role.SCHEDULER})
DAG_PROCESSOR = frozenset({Role.DAG_PROCESSOR})
TRIGGERER = frozenset({Role.TRIGGERER})
WORKER = frozenset({Role.WORKER})
EXECUTION_API = LONG_RUNNING - RUNS_TASKS - {Role.FLOWER}

MODULES: Mapping[str, frozenset[Role]] = {
    "api_fastapi/": API,
    "assets/manager.py": EXECUTION_API,
    "cli/cli_config.py": NOBODY,  # defaults of arguments; see ARGUMENTS
    "cli/commands/api_server_command.py": API,
    "cli/commands/config_command.py": NOBODY,  # old names
    "cli/commands/connection_command.py": NOBODY,  # `airflow connections test`, typed by a person
    "cli/commands/triggerer_command.py": TRIGGERER,
    "configuration.py": NOBODY,  # old names, and whether a value is one of several
    "dag_processing/manager.py": DAG_PROCESSOR,
    "dag_processing/processor.py": DAG_PROCESSOR,
    "executors/base_executor.py": SCHEDULER,
    "executors/workloads/base.py": SCHEDULER,
    "jobs/scheduler_job_runner.py": SCHEDULER,
    "jobs/triggerer_job_runner.py": TRIGGERER,
    "models/dag.py": SCHEDULER,  # and the DAG processor, which adds DAGs
    "models/dagrun.py": SCHEDULER,
    "models/trigger.py": TRIGGERER,
    "providers/celery/cli/celery_command.py": WORKER,
    "providers/celery/executors/celery_executor.py": SCHEDULER,
    "providers/celery/executors/celery_executor_utils.py": SCHEDULER,
    "providers/celery/executors/default_celery.py": WORKER,  # of what is narrowed
    "providers/cncf/kubernetes/executors/kubernetes_executor.py": SCHEDULER,
    "providers/cncf/kubernetes/kube_config.py": API | SCHEDULER,
    "providers/fab/": frozenset({Role.API_SERVER}),
    "sdk/execution_time/supervisor.py": RUNS_TASKS,
    "sdk/execution_time/xcom.py": RUNS_PLUGINS,  # at its import, and all commands import it
    "serialization/definitions/dag.py": EXECUTION_API,
    "_shared/configuration/parser.py": NOBODY,  # old names
    "utils/db_cleanup.py": frozenset({Role.DATABASE_CLEANUP}),
    "utils/sqlalchemy.py": EXECUTION_API,
}
"""Module, or the folder of many -> who acts on the narrowed options that it reads."""

JOBS: Mapping[tuple[str, str], frozenset[Role]] = {
    ("dag_processor", "health_check_threshold"): API | DAG_PROCESSOR,
    ("scheduler", "job_heartbeat_sec"): API | DAG_PROCESSOR,
    ("scheduler", "max_tis_per_query"): SCHEDULER,
    ("scheduler", "scheduler_health_check_threshold"): API | SCHEDULER,
    ("scheduler", "scheduler_heartbeat_sec"): SCHEDULER,
    ("triggerer", "job_heartbeat_sec"): TRIGGERER,
    ("triggerer", "triggerer_health_check_threshold"): API | TRIGGERER,
}
"""What jobs/job.py reads for the job at hand, or for one whose health is asked."""

ARGUMENTS = {"log_config", "num_runs", "only_idle", "ssl_cert_reqs", "workers"}
"""Options that cli_config.py reads as defaults for the commands of their own section."""

_READ = re.compile(r"""(?:["']([\w.]+)["']|kubernetes_section),\s*(?:key=)?["'](\w+)["']""")


def readers() -> Iterator[tuple[str, str, str]]:
    """Section, option and module of Airflow of each place that names a narrowed option."""
    for path in AIRFLOW.rglob("*.py"):
        module = path.relative_to(AIRFLOW).as_posix().replace("sdk/_shared", "_shared")
        for section, option in _READ.findall(path.read_text()):
            name = (section or "kubernetes_executor").lower(), option.lower()
            if name in OPTION_ROLES:
                yield *name, module


def acting(section: str, option: str, module: str) -> frozenset[Role] | None:
    """Who acts on what a module reads; None: nobody has looked yet."""
    if module == "jobs/job.py":
        return JOBS.get((section, option))
    if module == "cli/cli_config.py" and option not in ARGUMENTS:
        return None
    return next((roles for known, roles in MODULES.items() if module.startswith(known)), None)


def test_an_option_of_some_roles_is_read_by_no_other() -> None:
    found = {each: acting(*each) for each in readers()}
    unknown = {each for each, roles in found.items() if roles is None}
    assert unknown == set(), "who runs these? see MODULES, and config_roles.py"
    wrong = {
        each: others
        for each, roles in found.items()
        if (others := (roles or NOBODY) - OPTION_ROLES[each[:2]])
    }
    assert wrong == {}
