#!/usr/bin/env bash
# A real Slurm, started here with a key and ports of its own: an array of four tasks inspects forty rendered units, one task is
# killed and requeued, the parts are merged, and the rows are those of one process. For ./check --long; needs root, and the
# packages that packaging/set_up.sh long installs.
#
#   tests/cluster/slurm_array.sh PROGRAM
set -euo pipefail

program=$(realpath "${1:?usage: slurm_array.sh PROGRAM}")
script=$(realpath "$(dirname "$0")/../../packaging/slurm/boarddiff-array.sbatch")
work=$(mktemp -d)
daemons=()
finish() {
  status=$?
  for daemon in "${daemons[@]}"; do
    kill "$(cat "$daemon")" 2>/dev/null || true
  done
  if [[ $status -ne 0 ]]; then
    tail -n 20 "$work"/*.log "$work"/out/* 2>/dev/null || true
  fi
  sleep 1
  rm -rf "$work"
}
trap finish EXIT

free_port() { # two that are free now, next to each other
  python3 - <<'P'
import socket
while True:
    a = socket.socket(); a.bind(("127.0.0.1", 0)); port = a.getsockname()[1]
    b = socket.socket()
    try:
        b.bind(("127.0.0.1", port + 1)); print(port); break
    except OSError:
        pass
P
}

host=$(hostname -s)
port=$(free_port)
mkdir -p "$work"/{state,spool,cases,out}
chmod 755 "$work"
head -c 1024 /dev/urandom >"$work/munge.key"
chmod 400 "$work/munge.key"
munged --key-file="$work/munge.key" --socket="$work/munge.socket" --pid-file="$work/munged.pid" \
  --log-file="$work/munged.log" --seed-file="$work/munge.seed" --force
daemons+=("$work/munged.pid")

cat >"$work/cgroup.conf" <<C
CgroupPlugin=cgroup/v1
C
cat >"$work/slurm.conf" <<C
ClusterName=boarddiff
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=$port
SlurmdPort=$((port + 1))
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket=$work/munge.socket
CredType=cred/munge
StateSaveLocation=$work/state
SlurmdSpoolDir=$work/spool
SlurmctldPidFile=$work/slurmctld.pid
SlurmdPidFile=$work/slurmd.pid
SlurmctldLogFile=$work/slurmctld.log
SlurmdLogFile=$work/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SlurmdParameters=config_overrides
MpiDefault=none
ReturnToService=2
NodeName=$host NodeAddr=127.0.0.1 CPUs=4 RealMemory=8000 State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
C
export SLURM_CONF=$work/slurm.conf
slurmctld
daemons+=("$work/slurmctld.pid")
slurmd
daemons+=("$work/slurmd.pid")
for _ in $(seq 60); do
  [[ $(sinfo -h -o %t 2>/dev/null) == idle ]] && break
  sleep 1
done
[[ $(sinfo -h -o %t) == idle ]]

# Forty units of one board, one with planted changes.
"$program" render --board controller --seed 9100 --count 1 --megapixels 0.6 --specimens 40 \
  --output "$work/render" --quiet >/dev/null
mkdir "$work/photos"
mv "$work/render"/*/{reference-*,sample}.jpg "$work/photos"
count=$(ls "$work/photos" | wc -l)
reference=$(echo "$work"/render/*/reference.jpg)
echo "$count units"

"$program" batch "$reference" "$work/photos" --case "$work/one.bdcase" --quiet >/dev/null || [[ $? -eq 1 ]]

job=$(BOARDDIFF=$program sbatch --parsable --array=1-4 --cpus-per-task=1 --mem=500 --output="$work/out/%a.txt" \
  "$script" "$reference" "$work/photos" "$work/cases")
for _ in $(seq 120); do # the second task has begun to write
  [[ -s $work/cases/part-0002.bdcase ]] && break
  sleep 0.5
done
sleep 3
scontrol requeue "${job}_2"
sleep 2
scontrol update "JobId=${job}_2" StartTime=now 2>/dev/null || true
for _ in $(seq 600); do
  [[ -z $(squeue -h -j "$job" 2>/dev/null) ]] && break
  sleep 1
done
[[ -z $(squeue -h -j "$job" 2>/dev/null) ]]

"$program" merge "$work"/cases/part-*.bdcase --case "$work/all.bdcase"
rows="SELECT place, file, sha256, state, outcome, reason, score, findings, candidates FROM sample ORDER BY place;
SELECT s.place, number, kind, f.score, sample_x, sample_y, hex(look), hex(sample_crop) FROM finding AS f JOIN sample AS s
ON s.id = f.sample ORDER BY s.place, number"
diff <(sqlite3 "$work/one.bdcase" "$rows") <(sqlite3 "$work/all.bdcase" "$rows")
inspected=$(sqlite3 "$work/all.bdcase" "SELECT count(*) FROM sample WHERE state = 'inspected'")
restarts=$(sqlite3 "$work/cases/part-0002.bdcase" "SELECT count(*) FROM trail WHERE action = 'batch started'")
echo "$inspected of $count inspected by four tasks, one of which was started $restarts times: the rows are those of one process"
[[ $inspected -eq $count && $restarts -ge 2 ]]
