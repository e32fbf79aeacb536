# shellcheck shell=bash disable=SC2154
# The private PostgreSQL 15 cluster of deploy/run: created once, reached only by a Unix socket in
# a directory that only its own user may enter (so the socket needs no password), started and
# stopped by its own tools. It never runs as root, and it never touches another cluster. It is
# sourced; deploy/run has set: cluster (data directory), socket_directory, postgres_log, root, and
# as_service, which runs a command as the user that owns the cluster.

database_port=15432 # only the socket's name: nothing listens on TCP

cluster_exists() { as_service test -f "$cluster/PG_VERSION"; }

# A postmaster.pid may be left behind by a crash, and its number be another process by now.
cluster_runs() {
  local process
  process=$(as_service head -n 1 "$cluster/postmaster.pid" 2>/dev/null) && [ -n "$process" ] &&
    lives "$process" && [ "$(readlink "/proc/$process/cwd")" = "$(realpath "$cluster")" ]
}

create_cluster() {
  as_service "$(postgres_bin)/initdb" -D "$cluster" -U daifu --encoding=UTF8 --locale=C.UTF-8 \
    --data-checksums --auth-local=trust --auth-host=reject
  echo "include 'daifu.conf'" | as_service tee -a "$cluster/postgresql.conf" >/dev/null
}

start_cluster() {
  if cluster_runs; then
    as_service "$(postgres_bin)/pg_isready" -q -t 60 -h "$socket_directory" -p "$database_port"
    return
  fi
  # Nothing works in the directory any more, so the old process numbers only stand in the way:
  # PostgreSQL would take a killed server that nobody has waited for yet for a running one.
  kill_leftovers
  as_service rm -f "$cluster/postmaster.pid" "$socket_directory/.s.PGSQL.$database_port.lock"
  as_service tee "$cluster/daifu.conf" <"$root/deploy/postgres/daifu.conf" >/dev/null
  # The lock of deploy/run (9) must not live on in the server.
  as_service "$(postgres_bin)/pg_ctl" -D "$cluster" -w -t 120 start 9>&- \
    -o "-p $database_port -c listen_addresses= -c unix_socket_directories='$socket_directory'" \
    >>"$postgres_log" 2>&1 || { tail -n 15 "$postgres_log"; return 1; }
  local names
  names=$(cluster_psql postgres "select datname from pg_database where datname = 'daifu'")
  [ -n "$names" ] || cluster_psql postgres "create database daifu"
}

cluster_psql() {
  as_service "$(postgres_bin)/psql" -X -q -A -t -v ON_ERROR_STOP=1 -h "$socket_directory" \
    -p "$database_port" -U daifu -d "$1" -c "$2"
}

# Every server process works in the data directory. A killed postmaster can leave some behind, in
# process groups of their own, and they would block the next start.
cluster_processes() {
  local here process
  here=$(realpath "$cluster")
  for process in /proc/[0-9]*; do
    if [ "$(readlink "$process/cwd" 2>/dev/null)" = "$here" ]; then
      printf '%s\n' "${process#/proc/}"
    fi
  done
}

kill_leftovers() {
  local attempt process
  [ -n "$(cluster_processes)" ] || return 0
  for attempt in 1 2 3 4 5; do
    for process in $(cluster_processes); do kill -KILL "$process" 2>/dev/null || true; done
    sleep 0.2
    [ -n "$(cluster_processes)" ] || return 0
    echo "attempt $attempt: some server processes are still there"
  done
  return 1
}

# Fast: open transactions are rolled back, everything committed is flushed. Then harder.
stop_cluster() {
  local pg_ctl
  if ! cluster_runs; then kill_leftovers; return; fi
  pg_ctl=$(postgres_bin)/pg_ctl
  as_service "$pg_ctl" -D "$cluster" -m fast -w -t 60 stop ||
    as_service "$pg_ctl" -D "$cluster" -m immediate -w -t 15 stop || kill_leftovers
}
