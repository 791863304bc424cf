"""Makes a Kerberos ticket from the keytab of `[kerberos]`, once or again and again.

Usage: python renew_ticket.py [--one-time]

`airflow kerberos` does the same, but only with a connection to the metadata database, which the
pods of workers do not have.
"""

import logging
import sys

from airflow.configuration import conf
from airflow.security.kerberos import KerberosMode, run


def main(*arguments: str) -> None:
    """Runs what the command of Airflow runs."""
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stdout)
    mode = KerberosMode.ONE_TIME if "--one-time" in arguments else KerberosMode.STANDARD
    run(principal=None, keytab=conf.get_mandatory_value("kerberos", "keytab"), mode=mode)


if __name__ == "__main__":
    main(*sys.argv[1:])
