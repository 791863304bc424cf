"""Credentials in the open: literals that would be readable in `dist/` and in Git."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence

from cdk8s_airflow.kubernetes.problems import Path, Problem

_FORMS: Mapping[str, re.Pattern[str]] = {
    "a token of GitHub": re.compile(r"\b(gh[opusr]_[A-Za-z0-9]{30}|github_pat_\w{22})"),
    "a token of GitLab": re.compile(r"\bgl(pat|dt|rt|soat|cbt|ptt|ft|imt|agent)-[\w-]{20}"),
    "a token of Slack": re.compile(r"\bxox[abeoprs]-[\w-]{10}|hooks\.slack\.com/services/T"),
    "an access key of AWS": re.compile(r"\b(AKIA|ASIA)[A-Z0-9]{16}\b"),
    "a key of Google": re.compile(r"\bAIza[\w-]{35}|\bya29\.[\w-]{20}"),
    "a key of Azure": re.compile(r"(AccountKey|SharedAccessKey|SharedAccessSignature)=[^;\s]{8}"),
    "a token of a service": re.compile(
        r"\b(sk_live_|rk_live_|sk-ant-|sk-proj-|npm_|pypi-AgE|hf_|dop_v1_|hvs\.|dapi|SG\.)\w{16}"
    ),
    "a JSON Web Token": re.compile(r"\beyJ[\w-]{8,}\.eyJ[\w-]{8}"),
    "a token of HTTP": re.compile(r"\b(Bearer|Basic|bearer|basic) [A-Za-z0-9._~+/-]{16}"),
    "a private key": re.compile(r"-----BEGIN [A-Z ]{0,30}PRIVATE KEY"),
    "a URL with a password": re.compile(r"://[^/\s:@]*:[^/\s@{$]+@"),
    "a URL with a token": re.compile(r"://[^/\s:@]{20,}@"),
}
_PARAMETERS: Mapping[str, re.Pattern[str]] = {
    "a password among parameters": re.compile(
        r"[?&;\s](password|passwd|pwd|token|secret|sig|api_?key)=[^&;\s{$]{3}", re.IGNORECASE
    ),
    "a password of a database": re.compile(r"^(password|pwd)=[^&;\s{$]{3}", re.IGNORECASE),
}
_HARMLESS = re.compile(
    r"|[\d.]{1,12}|(?i:true|false|none|null|yes|no|on|off)|/[\w./-]*|\$[({].*|\{\{.*|\{[A-Z_]+\}",
    re.DOTALL,
)
_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_STRONG = frozenset(
    "APIKEY CREDENTIAL CREDENTIALS PASSPHRASE PASSWD PASSWORD PASSWORDS SECRET SECRETS".split()
)
_LAST = frozenset("PASS PAT PW PWD TOKEN TOKENS".split())
_KEYS = frozenset(
    "ACCESS ACCOUNT API ENCRYPTION FERNET MASTER PRIVATE SECRET SHARED SIGNING".split()
)
_POINTERS = frozenset(
    "ALGORITHM ARN AUDIENCE BACKEND CLASS CMD COMMAND COUNT DIR ENABLED ENDPOINT EXPIRATION EXPIRY "
    "FIELD FILE FILENAME FOLDER FORMAT HEADER HOST HOURS ID ISSUER LENGTH LIFETIME MANAGER MINUTES "
    "MODE MOUNT NAME NAMESPACE NAMES PATH POLICY PORT PREFIX PROVIDER REF REGION REQUIRED SECONDS "
    "STORE SUFFIX TIMEOUT TTL TYPE URI URL USER USERNAME VERSION".split()
)
_ALLOWED = "pragma: allowlist secret"
_KEY_FILES = frozenset({"id_rsa", "id_dsa", "id_ecdsa", "id_ed25519", "credentials.json"})
_KEY_ENDINGS = (".key", ".p12", ".pfx", ".jks", ".keytab", ".ppk", ".kdbx")
_MOUNT = "move it out of the folder, and mount a Secret (extra_volumes)"
_READ = (
    "read it from a connection, a variable or the environment; if it is none, end the line with "
    "the comment `pragma: allowlist secret`"
)


class NotSecret(str):
    """A text that looks like a credential and is none; `!not-secret` in a values file.

    Example: `env={"TOKEN_STYLE": NotSecret("plain")}`.
    """


def form_of(text: str) -> str:
    """What kind of credential a text is by its form, or nothing."""
    if len(text) < 9 or isinstance(text, NotSecret):
        return ""
    return _found(_FORMS, text) or _found(_PARAMETERS, text)


def _found(forms: Mapping[str, re.Pattern[str]], text: str) -> str:
    return next((name for name, form in forms.items() if form.search(text)), "")


def is_secret_name(name: str) -> bool:
    """Whether a value of that name is a credential: `DB_PASSWORD`, `apiKey`, not `TOKEN_URL`."""
    if name.startswith("AIRFLOW__"):
        name = name.rpartition("__")[2]
    words = [word.upper() for word in _WORDS.findall(name) if not word.isdigit()]
    if not words or words[-1] in _POINTERS:
        return False
    is_key = words[-1] in ("KEY", "KEYS") and len(words) > 1 and words[-2] in _KEYS
    return is_key or words[-1] in _LAST or not _STRONG.isdisjoint(words)


def credential_problem(name: str, value: str) -> str:
    """Why a literal of that name is probably a credential, as the end of a message, or nothing."""
    kind = form_of(value)
    if not kind and is_secret_name(name) and not isinstance(value, NotSecret):
        kind = "" if _HARMLESS.fullmatch(value) else "a credential by its name"
    if not kind and value[:1] in ("{", "["):
        kind = _in_json(value)
    return _text(kind) if kind else ""


def form_problems(value: object, path: Path = ()) -> Iterator[Problem]:
    """The credentials in a piece of a manifest: by form, by name in `env` and in `data`."""
    if type(value) is str:
        if kind := form_of(value):
            yield Problem(path, _text(kind))
    elif isinstance(value, Mapping):
        name, text = value.get("name"), value.get("value")
        if isinstance(name, str) and isinstance(text, str):
            if found := credential_problem(name, text):
                yield Problem((*path, "value"), found)
            return
        for key, item in value.items():
            if key in ("data", "stringData") and isinstance(item, Mapping):
                yield from name_problems(item, (*path, key))
            else:
                yield from form_problems(item, (*path, str(key)))
    elif isinstance(value, Sequence) and not isinstance(value, str | bytes):
        for place, item in enumerate(value):
            yield from form_problems(item, (*path, place))


def name_problems(value: object, path: Path = (), name: str = "") -> Iterator[Problem]:
    """The credentials in nested values whose keys are names: by form, and by the nearest name."""
    if isinstance(value, str):
        if found := credential_problem(name, value):
            yield Problem(path, found)
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from name_problems(item, (*path, str(key)), str(key))
    elif isinstance(value, Sequence) and not isinstance(value, bytes):
        for place, item in enumerate(value):
            yield from name_problems(item, (*path, place), name)


def file_problems(files: Mapping[str, bytes]) -> Iterator[str]:
    """The credentials in files, by the file's name or by their form, but for marked lines.

    The mark is that of `detect-secrets`, a comment `pragma: allowlist secret`.

    Args:
        files: path -> content.
    """
    for path, content in files.items():
        name = path.rpartition("/")[2].lower()
        certificate = b"BEGIN CERTIFICATE" in content or b"BEGIN PUBLIC KEY" in content
        if name in _KEY_FILES or name.endswith(_KEY_ENDINGS):
            yield f"{path} is a private key by its name; {_MOUNT}"
        elif name.endswith(".pem") and not certificate:
            yield f"{path} is no certificate, and so probably a private key; {_MOUNT}"
        else:
            for number, line in enumerate(content.decode("utf-8", "replace").splitlines(), 1):
                if len(line) > 8 and _ALLOWED not in line and (kind := _found(_FORMS, line)):
                    yield f"{path}:{number} looks like a credential ({kind}); {_READ}"


def without_credentials(url: str) -> str:
    """A URL for a message: without user, password, query and fragment."""
    scheme, separator, rest = url.partition("://")
    if not separator:
        return url if "@" not in url or ":" in url.partition("@")[2] else "..."
    place, slash, path = rest.partition("/")
    host = place.rpartition("@")[2]
    user = "...@" if "@" in place else ""
    return f"{scheme}://{user}{host}{slash}{re.split('[?#]', path)[0]}"


def _in_json(text: str) -> str:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return ""
    return "JSON with a credential" if any(name_problems(found)) else ""


def _text(kind: str) -> str:
    return (
        f" looks like a credential ({kind}); a literal is readable in dist/ and in Git: put it "
        "into a Secret and give SecretKey(name=..., key=...); if it is none, NotSecret(...) says "
        "so, in a values file !not-secret"
    )
