"""Findings for people and for machines: text, JSON, SARIF and JUnit."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

from cdk8s_airflow.testing.findings import MEANINGS, Finding, rules_of

TOOL = "cdk8s-airflow check"
_UNPRINTABLE = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def as_text(findings: Sequence[Finding]) -> str:
    """One line each, as compilers write them: `file:line: level: rule: message`."""
    return "".join(
        f"{each.file}:{each.line}: {each.level}: {each.rule}: {_line(each.message)}\n"
        for each in findings
    )


def as_json(findings: Sequence[Finding], *, objects: int, skipped: Sequence[str]) -> str:
    """An object with `findings` (rule, level, message, file, line), and counts of them."""
    report = {
        "objects": objects,
        **{f"{level}s": count(findings, level) for level in ("error", "warning", "note")},
        "findings": [asdict(each) for each in findings],
        "skipped": list(skipped),
    }
    return json.dumps(report, indent=2) + "\n"


def as_sarif(findings: Sequence[Finding], *, strict: bool, version: str) -> str:
    """SARIF 2.1.0, which GitHub, GitLab and Azure DevOps show beside the lines."""
    meanings = meanings_of(strict=strict)
    names = [*meanings]
    rules: list[dict[str, Any]] = [
        {"id": name, "shortDescription": {"text": text}} for name, text in meanings.items()
    ]
    results = [
        {
            "ruleId": each.rule,
            "ruleIndex": names.index(each.rule),
            "level": each.level,
            "message": {"text": each.message},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": quote(each.file.replace("\\", "/"))},
                        "region": {"startLine": each.line},
                    }
                }
            ],
        }
        for each in findings
    ]
    driver = {"name": TOOL, "version": version, "rules": rules}
    report = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "results": results, "columnKind": "utf16CodeUnits"}],
    }
    return json.dumps(report, indent=2) + "\n"


def as_junit(findings: Sequence[Finding], *, strict: bool, levels: Sequence[str]) -> str:
    """JUnit XML: a test case for each rule, failed by findings of the levels.

    Args:
        findings: what was found.
        strict: which rules there are.
        levels: what fails a rule; other findings are in its output.
    """
    failed = {each.rule for each in findings if each.level in levels}
    meanings = meanings_of(strict=strict)
    counts = {"tests": str(len(meanings)), "failures": str(len(failed)), "errors": "0"}
    suite = ElementTree.Element("testsuite", {"name": TOOL, **counts, "skipped": "0"})
    for name, meaning in meanings.items():
        case = ElementTree.SubElement(suite, "testcase", {"classname": TOOL, "name": name})
        bad = [each for each in findings if each.rule == name and each.level in levels]
        other = [each for each in findings if each.rule == name and each.level not in levels]
        if bad:
            failure = ElementTree.SubElement(case, "failure", {"message": meaning})
            failure.text = _UNPRINTABLE.sub("?", as_text(bad))
        if other:
            ElementTree.SubElement(case, "system-out").text = _UNPRINTABLE.sub("?", as_text(other))
    suites = ElementTree.Element("testsuites", counts)
    suites.append(suite)
    ElementTree.indent(suites)
    text = ElementTree.tostring(suites, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'


def meanings_of(*, strict: bool) -> Mapping[str, str]:
    """Name and meaning of each rule."""
    return {**MEANINGS, **{rule.name: rule.meaning for rule in rules_of(strict=strict)}}


def count(findings: Sequence[Finding], level: str) -> int:
    """How many findings are of a level."""
    return sum(each.level == level for each in findings)


def _line(text: str) -> str:
    return " ".join(text.split())
