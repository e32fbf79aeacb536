# shellcheck shell=bash
# What deploy/run, deploy/test and deploy/install-dependencies share: steps that show their
# progress, failures that say which step, why and what to do, and the few facts about the machine
# that all three need. It is sourced; it starts nothing by itself.
#
#   step TITLE LOG HINT COMMAND...
#
# runs COMMAND with its output in LOG and prints ✓ or ✗ with the time taken; on a terminal the
# newest line of LOG is shown live, elsewhere a line every 20 seconds. On failure: the end of LOG,
# HINT, and exit 1.
# A command runs in a process group of its own, so that Ctrl+C ends all of it.

step_job=            # process group of the running step, empty between steps
lines_on_failure=60  # how much of a log is shown when a step fails
quiet_interval_s=20  # without a terminal, how often a long step says that it is alive

if [ -t 1 ] && [ -z "${NO_COLOR:-}" ] && [ "${TERM:-dumb}" != dumb ]; then
  green=$'\e[32m' red=$'\e[31m' dim=$'\e[2m' plain=$'\e[0m'
else
  green='' red='' dim='' plain=''
fi

say() { printf '%s\n' "$*"; }
tick() { printf '  %s✓%s %s\n' "$green" "$plain" "$*"; }
cross() { printf '  %s✗%s %s\n' "$red" "$plain" "$*"; }
note() { printf '    %s%s%s\n' "$dim" "$*" "$plain"; }

# fail WHY WHAT-TO-DO: for what no log explains.
fail() {
  cross "$1" >&2
  [ $# -lt 2 ] || printf '    %s\n' "${@:2}" >&2
  exit 1
}

# 75 -> "1:15"; below a minute "8 s".
duration() {
  if [ "$1" -lt 60 ]; then printf '%d s' "$1"; else printf '%d:%02d' $(($1 / 60)) $(($1 % 60)); fi
}

newest_line() {
  tail -c 2000 "$1" 2>/dev/null | tr '\r' '\n' | grep -v '^[[:space:]]*$' | tail -n 1 || true
}

# Prints the comment that opens a script: its help.
show_help() { awk 'NR > 1 { if (!/^#/) exit; sub(/^# ?/, ""); print }' "$1"; }

# Shows that a step is alive until its process ends.
watch_step() {
  local job=$1 title=$2 log=$3 started=$SECONDS said=$SECONDS width
  width=$(tput cols 2>/dev/null || echo 80)
  while kill -0 "$job" 2>/dev/null; do
    if [ -t 1 ]; then
      printf '\r\e[K  … %s %s' "$title" \
        "$dim$(newest_line "$log" | cut -c "1-$((width > 60 ? width - 50 : 30))")$plain"
    elif [ $((SECONDS - said)) -ge "$quiet_interval_s" ]; then
      said=$SECONDS
      printf '    … %s, %s so far: %s\n' "$title" "$(duration $((SECONDS - started)))" \
        "$(newest_line "$log" | cut -c 1-70)"
    fi
    sleep 0.2
  done
  if [ -t 1 ]; then printf '\r\e[K'; fi
}

step() {
  local title=$1 log=$2 hint=$3 started=$SECONDS status=0
  shift 3
  mkdir -p "$(dirname "$log")"
  set -m
  ("$@") >"$log" 2>&1 </dev/null &
  step_job=$!
  set +m
  watch_step "$step_job" "$title" "$log"
  wait "$step_job" || status=$?
  step_job=
  if [ "$status" = 0 ]; then
    tick "$title ${dim}($(duration $((SECONDS - started))))$plain"
    return 0
  fi
  cross "$title: failed with status $status after $(duration $((SECONDS - started)))" >&2
  { say "    the end of $log:"; tail -n "$lines_on_failure" "$log" | sed 's/^/    | /'; } >&2
  printf '    what to do: %s\n' "$hint" >&2
  exit 1
}

# Ends the running step and everything that it started.
stop_step() {
  [ -n "$step_job" ] || return 0
  kill -TERM -- "-$step_job" 2>/dev/null || true
  wait "$step_job" 2>/dev/null || true
  step_job=
}

# A process that nobody has waited for yet (a zombie) has ended.
lives() { [ -e "/proc/$1" ] && ! grep -q '^State:[[:space:]]*Z' "/proc/$1/status" 2>/dev/null; }

# Where the binaries of PostgreSQL 15 are: DAIFU_POSTGRES_BIN, or Debian's place, or the PATH's.
postgres_bin() {
  local candidate
  for candidate in "${DAIFU_POSTGRES_BIN:-}" /usr/lib/postgresql/15/bin \
    "$(dirname "$(command -v postgres 2>/dev/null || echo /nowhere/postgres)")"; do
    if [ -x "$candidate/initdb" ] &&
      "$candidate/postgres" --version 2>/dev/null | grep -qE '\) 15\.'; then
      printf '%s\n' "$candidate"
      return 0
    fi
  done
  return 1
}

# True when the node on the PATH is at least MAJOR.MINOR and npm is there too.
node_at_least() {
  command -v node >/dev/null && command -v npm >/dev/null || return 1
  local have
  have=$(node --version 2>/dev/null | tr -d v)
  [ "$(printf '%s\n%s\n' "$1" "$have" | sort -V | head -n 1)" = "$1" ]
}

# One compiler takes up to 1.5 GB (the files that include Beast), so memory limits the jobs too.
build_jobs() {
  local cores available_kb by_memory
  cores=$(nproc)
  available_kb=$(awk '/^MemAvailable:/ {print $2}' /proc/meminfo)
  by_memory=$((available_kb / 1500000))
  if [ "$by_memory" -lt 1 ]; then by_memory=1; fi
  if [ "$by_memory" -lt "$cores" ]; then say "$by_memory"; else say "$cores"; fi
}

# configure_and_build PRESET: one cmake preset, in the checkout's root. What another checkout has
# compiled is taken from the compiler's cache: names are hashed as they stand below the root.
configure_and_build() {
  CCACHE_BASEDIR=$PWD CCACHE_NOHASHDIR=1
  export CCACHE_BASEDIR CCACHE_NOHASHDIR
  cmake --preset "$1"
  cmake --build --preset "$1" --parallel "$(build_jobs)"
}

# Prefers the Node that install-dependencies put into tools/node, when there is one.
use_project_node() {
  local here
  here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)/tools/node/node_modules/.bin
  if [ -x "$here/node" ]; then case :$PATH: in *":$here:"*) ;; *) PATH=$here:$PATH ;; esac; fi
}
