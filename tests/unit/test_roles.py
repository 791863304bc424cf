"""The table of roles: what must never change unseen, said without the table."""

from __future__ import annotations

import pytest
from security_table import DOCUMENT, RELEASES, table, with_table

from cdk8s_airflow.parts import access, log_groomer
from cdk8s_airflow.release import suspend
from cdk8s_airflow.roles import ROLES, RUNS_TASKS, RUNS_USER_CODE, WORKS_UNASKED, Key, Role, Server

USER_CODE = (Role.WORKER, Role.TASK)
MAKE_USERS = (Role.CREATE_ADMIN, Role.OBJECTS_ACCOUNT)


@pytest.mark.parametrize("role", USER_CODE)
@pytest.mark.parametrize(
    "key",
    [
        "fernet-key",  # decrypts every connection in the database
        "jwt-secret",  # signs a token of any task and any user
        "admin-password",
        "flower-password",
        "objects-password",  # writes connections, and users if these are declared
    ],
)
def test_what_runs_tasks_holds_no_key_that_opens_the_release(role: Role, key: Key) -> None:
    assert key not in ROLES[role].holds


@pytest.mark.parametrize("role", USER_CODE)
def test_what_runs_tasks_does_not_reach_the_database(role: Role) -> None:
    """A task goes through the execution API, with a token that is good for itself alone."""
    assert "database" not in ROLES[role].reaches


def test_who_writes_dags_or_touches_its_tables_knows_the_auth_manager() -> None:
    """Else `access_control` of DAGs is dropped in silence, and its tables are neither made (Airflow
    3.1) nor cleaned."""
    knows = {role for role, duties in ROLES.items() if "auth manager" in duties.runs}
    writes_dags = {Role.SCHEDULER, Role.DAG_PROCESSOR, Role.TRIGGERER}
    tables = {Role.MIGRATIONS, Role.DATABASE_CLEANUP, Role.RESTORE}
    assert knows == {Role.API_SERVER, *MAKE_USERS} | writes_dags | tables


def test_a_task_pod_holds_and_reaches_nothing() -> None:
    """Its logs go to its standard output, so it needs not even the key that signs log requests."""
    assert ROLES[Role.TASK].holds == frozenset()
    assert ROLES[Role.TASK].reaches == frozenset()


@pytest.mark.parametrize(
    ("key", "roles"),
    [
        # The scheduler signs the tokens of tasks, the API servers verify them and sign users'.
        ("jwt-secret", {Role.API_SERVER, Role.EXECUTION_API, Role.SCHEDULER}),
        # All that read or write connections in the database.
        (
            "fernet-key",
            {
                *(Role.API_SERVER, Role.EXECUTION_API, Role.SCHEDULER, Role.DAG_PROCESSOR),
                Role.TRIGGERER,
                Role.ROTATE_FERNET_KEY,
            },
        ),
        # Sessions, and requests for logs, which workers and the triggerer verify.
        ("api-secret-key", {Role.API_SERVER, Role.TRIGGERER, Role.WORKER}),
        ("admin-password", {Role.CREATE_ADMIN}),
        ("flower-password", {Role.FLOWER}),
        ("objects-password", {Role.OBJECTS, Role.OBJECTS_ACCOUNT}),
    ],
)
def test_these_and_no_other_roles_hold_a_key(key: Key, roles: set[Role]) -> None:
    assert {role for role, duties in ROLES.items() if key in duties.holds} == roles


@pytest.mark.parametrize(
    ("server", "roles"),
    [
        ("broker", {Role.SCHEDULER, Role.WORKER, Role.FLOWER}),
        ("result backend", {Role.SCHEDULER, Role.WORKER}),
        ("task logs", {Role.API_SERVER}),
    ],
)
def test_these_and_no_other_roles_reach_a_server(server: Server, roles: set[Role]) -> None:
    assert {role for role, duties in ROLES.items() if server in duties.reaches} == roles


def test_users_code_runs_in_four_roles_and_not_where_users_log_in() -> None:
    """The API server verifies logins and holds all keys: a DAG file must not run in it."""
    assert RUNS_USER_CODE == {Role.WORKER, Role.TASK, Role.DAG_PROCESSOR, Role.TRIGGERER}
    assert RUNS_TASKS == set(USER_CODE)


def test_the_job_that_makes_secrets_runs_nothing_of_others_and_reaches_no_server() -> None:
    duties = ROLES[Role.BOOTSTRAP]
    assert (duties.runs, duties.holds, duties.reaches) == (frozenset(),) * 3


def test_the_reconciler_knows_airflow_by_its_rest_api_alone() -> None:
    duties = ROLES[Role.OBJECTS]
    assert (duties.airflow, duties.runs, duties.reaches) == (False, frozenset(), frozenset())


def test_what_follows_from_the_table_is_what_was_measured() -> None:
    """Sets that other modules derive: a new role, or another duty, changes them knowingly."""
    assert {Role.SCHEDULER, Role.DAG_PROCESSOR, Role.TRIGGERER} == access._EXITS_WITHOUT_DATABASE
    assert {Role.WORKER, Role.TRIGGERER, Role.DAG_PROCESSOR} == log_groomer._WRITERS
    assert WORKS_UNASKED == {
        *(Role.SCHEDULER, Role.DAG_PROCESSOR, Role.TRIGGERER, Role.WORKER),
    }
    assert {
        *(Role.MIGRATIONS, *MAKE_USERS, Role.DATABASE_CLEANUP, Role.ROTATE_FERNET_KEY),
        *(Role.BACKUP, Role.RESTORE),
        Role.OBJECTS,  # it needs the API server
        Role.FINISHED_PODS,  # no pod of a release that is stopped is to run
        Role.BACKUP_VERIFY,  # no pod at all runs
    } == suspend._WAITING_JOBS


def test_the_table_in_the_docs_is_current() -> None:
    """`make security-table` writes it."""
    text = DOCUMENT.read_text()
    assert with_table(text) == text
    assert table() in text


def test_the_table_in_the_docs_has_every_role() -> None:
    assert len(RELEASES) == 3
    rows = {line.split(" | ")[0].strip("| ") for line in table().splitlines()[2:]}
    assert rows == {role.value for role in Role} | {"postgresql", "redis"}
