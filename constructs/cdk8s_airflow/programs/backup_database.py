"""The database of a backup: what is in it, and how its client dumps and loads it."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlencode

import database
from backup_client import FOLDER, ClientError, Command
from backup_mysql import MYSQL
from sqlalchemy import create_engine, text
from sqlalchemy.engine import URL, Connection, make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool
from url import option

_PG_TABLES = """
select n.nspname, c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema')
and n.nspname not like 'pg_toast%' and n.nspname not like 'pg_temp%' and not exists
(select 1 from pg_depend d where d.objid = c.oid and d.deptype = 'e') order by 1, 2
"""
_PG_SESSIONS = """
select coalesce(nullif(application_name, ''), 'a client') || ' from ' ||
coalesce(host(client_addr), 'the server') from pg_stat_activity
where datname = current_database() and usename = current_user and pid <> pg_backend_pid()
"""
_PG_WIPE = """
SET client_min_messages = warning;
DO $wipe$ DECLARE item record; BEGIN
FOR item IN SELECT c.oid::regclass AS name FROM pg_class c
  WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S') AND c.relnamespace::regnamespace::text NOT IN
  ('pg_catalog', 'information_schema', 'pg_toast') AND c.relnamespace::regnamespace::text
  NOT LIKE 'pg_temp%' AND NOT EXISTS
  (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype IN ('e', 'a', 'i'))
  ORDER BY c.relkind IN ('r', 'p') LOOP
  IF EXISTS (SELECT 1 FROM pg_class WHERE oid = item.name) THEN
    EXECUTE format('DROP %s IF EXISTS %s CASCADE', (SELECT CASE relkind WHEN 'v' THEN 'VIEW'
      WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END
      FROM pg_class WHERE oid = item.name), item.name);
  END IF;
END LOOP;
FOR item IN SELECT t.oid::regtype AS name FROM pg_type t WHERE t.typtype = 'e' AND NOT EXISTS
  (SELECT 1 FROM pg_depend d WHERE d.objid = t.oid AND d.deptype = 'e') LOOP
  EXECUTE format('DROP TYPE IF EXISTS %s CASCADE', item.name);
END LOOP;
FOR item IN SELECT p.oid::regprocedure AS name FROM pg_proc p WHERE p.prokind = 'f'
  AND p.pronamespace::regnamespace::text NOT IN ('pg_catalog', 'information_schema')
  AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e') LOOP
  EXECUTE format('DROP FUNCTION IF EXISTS %s CASCADE', item.name);
END LOOP;
END $wipe$;
"""
_MY_TABLES = """
select table_schema, table_name from information_schema.tables
where table_schema = database() and table_type = 'BASE TABLE' order by 2
"""
_MY_SESSIONS = """
select concat('a client from ', host) from information_schema.processlist
where db = database() and user = substring_index(user(), '@', 1) and id <> connection_id()
"""
_LIBPQ_FILES = ("sslrootcert", "sslcert", "sslkey", "sslcrl")
_MYSQL_FILES = ("ssl_ca", "ssl_cert", "ssl_key")


class Database:
    """A database, with a session of its own for each question."""

    def __init__(self, url: str = "") -> None:
        """Reads where it is. Default: the metadata database of the release."""
        database.has_local_settings()
        self._text = url or option(database.OPTION)
        self._own = not url
        self._url = make_url(self._text)
        self.kind = self._url.get_backend_name().replace("mariadb", "mysql")
        """`postgresql` or `mysql`."""
        if self.kind not in ("mysql", "postgresql"):
            raise database.DatabaseError(f"a backup knows PostgreSQL and MySQL, not {self.kind}")

    @contextmanager
    def session(self) -> Iterator[Connection]:
        """A transaction that sees one state of the database.

        Raises:
            DatabaseError: when the server does not answer, or refuses.
        """
        password = database.login(self._text) if self._own else {}
        try:
            engine = create_engine(self._url, poolclass=NullPool, connect_args=password)
            connection = engine.connect().execution_options(isolation_level="REPEATABLE READ")
            try:
                if self.kind == "postgresql":
                    connection.execute(text("set idle_in_transaction_session_timeout = 0"))
                yield connection
            finally:  # without a word to a server that may be gone: it would hide the first error
                connection.invalidate()
                connection.close()
        except SQLAlchemyError as error:
            if self._own:
                database.refused()
            reason = str(getattr(error, "orig", None) or error).strip().splitlines()
            raise database.DatabaseError(reason[0] if reason else repr(error)) from error

    def version(self, session: Connection) -> str:
        """The version of the server."""
        query = "show server_version" if self.kind == "postgresql" else "select version()"
        return str(session.execute(text(query)).scalar())

    def rows(self, session: Connection) -> dict[str, int]:
        """Table -> number of its rows."""
        query = _PG_TABLES if self.kind == "postgresql" else _MY_TABLES
        mark = '"' if self.kind == "postgresql" else "`"
        found = {}
        for schema, name in session.execute(text(query)).all():
            quoted = f"{mark}{schema}{mark}.{mark}{name}{mark}"
            table = name if schema == "public" or self.kind == "mysql" else f"{schema}.{name}"
            count = session.execute(text(f"select count(*) from {quoted}")).scalar()
            found[table] = int(count or 0)
        return found

    def users(self, session: Connection) -> list[str]:
        """The other sessions of the release's user."""
        query = _PG_SESSIONS if self.kind == "postgresql" else _MY_SESSIONS
        return [str(row[0]) for row in session.execute(text(query))]

    def snapshot(self, session: Connection) -> str:
        """What a dump names to see what the session sees; empty where there is no such thing."""
        if self.kind == "mysql":
            return ""
        return str(session.execute(text("select pg_export_snapshot()")).scalar())

    def dump(self, snapshot: str) -> Command:
        """Begins a dump into the pipe."""
        if self.kind == "postgresql":
            words = "--no-owner --no-privileges --no-comments --no-security-labels"
            return Command(
                f'exec pg_dump --dbname="$URL" {words} --snapshot={snapshot} >"$PIPE"', self.env()
            )
        return Command(f'{MYSQL} dump >"$PIPE"', self.env())

    def load(self) -> Command:
        """Begins to load what comes through the pipe."""
        if self.kind == "postgresql":
            return Command(
                'exec psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --output=/dev/null '
                '"$URL" <"$PIPE"', self.env(),
            )  # fmt: skip
        return Command(f'{MYSQL} load <"$PIPE"', self.env())

    def tool(self) -> str:
        """The version of the client.

        Raises:
            ClientError: when the image has none.
        """
        if self.kind == "postgresql":
            find = "command -v pg_dump >&2 && command -v psql >&2"
            show = "pg_dump --version"
        else:
            find = f"{MYSQL} find >&2"
            show = f"{MYSQL} version"
        try:
            return Command(f"({find}) 2>/dev/null || exit 127\n{show}").result()
        except ClientError as error:
            postgresql = self.kind == "postgresql"
            wanted = "pg_dump and psql" if postgresql else "mariadb-dump or mysqldump"
            raise ClientError(
                f"the image of the container database-client has no {wanted}: set "
                f"client_image= to one that has, such as the server's own ({error})"
            ) from error

    def wipe(self) -> bytes:
        """The statements that drop all that is in it."""
        if self.kind == "postgresql":
            return _PG_WIPE.encode()
        with self.session() as session:
            found = session.execute(text(_MY_TABLES)).all()
        drops = "".join(f"DROP TABLE IF EXISTS `{name}`;\n" for _, name in found)
        return f"SET FOREIGN_KEY_CHECKS = 0;\n{drops}SET FOREIGN_KEY_CHECKS = 1;\n".encode()

    def env(self) -> Mapping[str, str]:
        """What a script needs to connect, with copies of the files that the URL names."""
        password = {"password": self._url.password or ""}
        password |= database.login(self._text) if self._own else {}
        query = {name: _one(value) for name, value in self._url.query.items()}
        for name in (*_LIBPQ_FILES, *_MYSQL_FILES):
            if name in query and os.path.isfile(query[name]):
                query[name] = _copied(name, query[name])
        if self.kind == "postgresql":
            return {"PGPASSWORD": password["password"], "URL": _libpq(self._url, query)}
        env = {name.upper(): query[name] for name in (*_MYSQL_FILES, "ssl_mode") if name in query}
        env |= {"MYSQL_PWD": password["password"], "LIBMYSQL_ENABLE_CLEARTEXT_PLUGIN": "1"}
        address = {"HOST": self._url.host, "PORT": self._url.port or 3306}
        address |= {"USER": self._url.username, "NAME": self._url.database}
        address |= {"SOCKET": query.get("unix_socket", "")}
        return env | {f"MY_{name}": str(value or "") for name, value in address.items()}


def _one(value: str | tuple[str, ...]) -> str:
    return value if isinstance(value, str) else value[-1]


def _copied(name: str, path: str) -> str:
    copy = FOLDER / name
    copy.touch(0o600)
    copy.write_bytes(Path(path).read_bytes())
    return str(copy)


def _libpq(url: URL, query: Mapping[str, str]) -> str:
    """The URL without its password, for a client that is another program."""
    user = f"{quote(url.username, safe='')}@" if url.username else ""
    host = f"[{url.host}]" if ":" in (url.host or "") else url.host or ""
    port = f":{url.port}" if url.port else ""
    name = quote(url.database or "", safe="")
    text = urlencode(query, quote_via=quote)
    return f"postgresql://{user}{host}{port}/{name}{'?' if text else ''}{text}"
