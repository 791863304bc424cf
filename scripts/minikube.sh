#!/usr/bin/env bash
# usage: minikube.sh start|stop
# A cluster on this machine, large enough for the default bundle.
set -euo pipefail
command -v minikube >/dev/null || {
    echo "minikube: not installed, or not on PATH. Get it from https://minikube.sigs.k8s.io/docs/start" >&2
    exit 1
}
case "${1:-}" in
start) exec minikube start --cpus "${MINIKUBE_CPUS:-4}" --memory "${MINIKUBE_MEMORY:-8g}" ;;
stop) exec minikube stop ;;
*) echo "usage: minikube.sh start|stop" >&2; exit 2 ;;
esac
