"""Ends with 0 if a health server of this pod answers 200; for servers the kubelet cannot reach.

Usage: python -IS local_health.py URL SECONDS
"""

import sys
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener


def main(url: str, seconds: str) -> None:
    """Asks once, past all proxies."""
    try:
        with build_opener(ProxyHandler({})).open(url, timeout=float(seconds)) as answer:
            status = answer.status
    except (URLError, OSError) as error:
        sys.exit(f"local_health.py: {url}: {error}")
    if status != 200:
        sys.exit(f"local_health.py: {url} answers {status}")


if __name__ == "__main__":
    main(*sys.argv[1:])
