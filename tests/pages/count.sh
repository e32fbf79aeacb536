# shellcheck shell=bash
# How the suites of the pages count: checks that are one command each, and the tests of vitest.
# Sourced, with root set; it starts nothing by itself.
web=$root/services/web
passed=0 failed=0

check() {
  local output
  if output=$("${@:2}" 2>&1); then
    passed=$((passed + 1)); echo "ok      $1"
  else
    failed=$((failed + 1)); echo "FAILED  $1"; printf '%s\n' "$output" | sed 's/^/        /'
  fi
}

# vitest NAME DIRECTORY ARGUMENTS: its counts join ours; a run that ends without any is a failure.
vitest() {
  local name=$1 directory=$2 report=$reports/$1.json counts
  shift 2
  (cd "$directory" && "$web/node_modules/.bin/vitest" run --reporter=verbose \
    --reporter=json --outputFile.json="$report" "$@") || true
  counts=$(node -p "const r = require('$report'); r.numPassedTests + ' ' + r.numFailedTests" \
    2>/dev/null) || counts="0 1"
  [ "$counts" != "0 0" ] || counts="0 1"
  passed=$((passed + ${counts% *})) failed=$((failed + ${counts#* }))
}

