#!/usr/bin/env bash
# Builds the layout of the Docker image in a folder, without Docker: DIR/lib, DIR/larder, DIR/config.
#   docker/layout.sh DIR
set -euo pipefail
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
target=${1:?usage: docker/layout.sh DIR}
[ -d "$top/modules/server/target/larder/lib" ] || "$top/larder" --version >/dev/null
mkdir -p "$target"
cp -r "$top/modules/server/target/larder/lib" "$target/lib"
cp "$top/larder" "$target/larder"
cp -r "$top/config" "$target/config"
echo "$target"
