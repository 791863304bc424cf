"""DAGs from two git repositories, as versioned DAG bundles."""

from cdk8s import App

from cdk8s_airflow import (
    AirflowChart,
    AirflowProps,
    ConfigMapKey,
    GitDags,
    GitSshKey,
    GitToken,
    SecretKey,
)


def build(app: App) -> None:
    dags = GitDags(
        repository="https://git.example.com/team/dags.git",
        ref="main",
        subdirectory="dags",
        credentials=GitToken(token=SecretKey(name="git", key="token")),
        ca=ConfigMapKey(name="company-ca", key="ca.crt"),
        view_url_template="https://git.example.com/team/dags/tree/{version}/{subdir}",
    )
    reports = GitDags(
        repository="git@git.example.com:team/reports.git",
        ref="v2.1.0",
        credentials=GitSshKey(
            key=SecretKey(name="git-reports", key="ssh-privatekey"),
            known_hosts=ConfigMapKey(name="git-hosts", key="known_hosts"),
        ),
    )
    AirflowChart(app, "af1", namespace="airflow", props=AirflowProps(dags=[dags, reports]))


if __name__ == "__main__":
    app = App()
    build(app)
    app.synth()
