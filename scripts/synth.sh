#!/usr/bin/env bash
# usage: synth.sh FOLDER [VALUES_FILE...]
# Writes the manifests of main.py, or of what the values files say, to FOLDER. cdk8s empties its output folder before the app runs, so it
# gets one of its own: when the app fails, FOLDER stays as it was.
set -euo pipefail
cd "$(dirname "$0")/.."
folder=$1
app="python -O main.py"
for file in "${@:2}"; do app+=" --values $(printf %q "$file")"; done

mkdir -p build
fresh=$(mktemp -d build/synth.XXXXXX)
trap 'rm -rf "$fresh"' EXIT
if ! node_modules/.bin/cdk8s synth --output "$fresh/out" --app "$app" >"$fresh/log" 2>&1; then
    grep -vE '^    at .*(cdk8s-cli|node:)' "$fresh/log" >&2
    printf 'synth: failed, %s is as it was\n' "$folder" >&2
    exit 1
fi
grep -vE '^(Synthesizing application|  - )' "$fresh/log" || true
mkdir -p "$(dirname "$folder")"
rm -rf "$folder"
mv "$fresh/out" "$folder"
for file in "$folder"/*; do printf '%s\n' "$file"; done
