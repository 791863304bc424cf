#!/usr/bin/env bash
# usage: imports.sh [--crds] [FOLDER]
# Writes the bindings below imports/ (or FOLDER) with `cdk8s import` from the CRDs in imports/crds/. With --crds those are first
# written anew from npm packages. Every binding has the prefix airflow_crds: two packages with bindings of one group would share
# an identity in jsii, and the second would lose fields.
set -euo pipefail
cd "$(dirname "$0")/.."
packages=(keda@2.0.0 gateway-api@2.0.0 prometheus-operator@6.0.0 cert-manager@6.0.0 external-secrets@2.0.0)

if [ "${1:-}" = --crds ]; then
    shift
    mkdir -p build/crds
    npm install --silent --ignore-scripts --no-save --prefix build/crds "${packages[@]/#/@kubernetes-models/}"
    .venv/bin/python scripts/crds.py build/crds/node_modules imports/crds
    cp build/crds/node_modules/@kubernetes-models/keda/LICENSE imports/crds/LICENSE
fi

folder=${1:-imports}
mkdir -p build "$folder"
for crds in imports/crds/*.yaml; do
    node_modules/.bin/cdk8s import --check-upgrade=false --no-save --language python --output "$folder" "airflow_crds:=$crds" >build/import.log 2>&1 ||
        { cat build/import.log >&2; exit 1; }
done
find "$folder" -name __init__.py -not -path '*/_jsii/*' | sort
