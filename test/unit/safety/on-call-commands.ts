/** One command a line. */
const table = (text: string): string[] => text.trim().split('\n');

/** What somebody on call looks with: none of these may carry a mark. */
export const LOOKING = table(`
pgbackrest info
pgbackrest --stanza=main info --output=json
pgbackrest --stanza=main check
pgbackrest verify --stanza=main
pgbackrest version
patronictl list
patronictl -c /etc/patroni.yml list main
patronictl history main
patronictl topology
pg_ctl status -D /var/lib/postgresql/16/main
pg_ctlcluster 16 main status
pg_lsclusters
pg_controldata /var/lib/postgresql/16/main
repmgr cluster show
repmgr node check
barman list-backup main
barman check main
barman show-backup main latest
barman status main
curl -o /dev/null -s -w '%{http_code} %{time_total}\\n' https://example.com/health
curl -sS -o /dev/null -D - https://example.com/
curl -so /dev/null -w "%{time_connect}\\n" http://web-1:8080/ready
curl --output /dev/null --silent --head --fail https://example.com
wget -O /dev/null https://example.com/big.bin
wget -qO- http://localhost:9090/-/healthy
wget --spider -S https://example.com
curl -s http://localhost:9200/_cat/indices?v
curl -s 'localhost:9200/_cat/shards?v&h=index,shard,prirep,state,unassigned.reason'
curl -s localhost:9200/_cluster/allocation/explain?pretty
curl -s localhost:8500/v1/health/state/critical
curl -s http://localhost:15672/api/queues | jq '.[] | {name, messages}'
curl -sG http://prometheus:9090/api/v1/query --data-urlencode 'query=up == 0'
curl -s -H 'Host: example.com' http://10.0.0.1/
curl --resolve example.com:443:10.0.0.1 -I https://example.com
curl -X GET https://api.example.com/v1/deleted-items
curl https://api.example.com/v1/orders/flush-status
curl -X OPTIONS -i https://api.example.com/v1/orders
awk '$9 >= 500 {print $7}' access.log | sort | uniq -c | sort -rn | head
awk '$NF > 1.0' access.log | wc -l
awk -F'"' '{print $6}' access.log | sort | uniq -c
awk '{ if ($5 > 90) print $6, $5 }' df.txt
awk '$3 > 80 && $4 < 10 {print $1}' top.txt
awk 'NR > 1 {sum += $2} END {print sum / NR}' latency.txt
awk '/ERROR/ {c[$5]++} END {for (k in c) print c[k], k}' app.log
df -P | awk '0+$5 >= 90 {print $6}'
ps aux | awk '$8 ~ /D/ {print $2, $11}'
ps -eo pid,ppid,stat,cmd | awk '$3 ~ /^Z/'
grep -E '^(WARN|ERROR)' app.log | awk '{print $1" "$2}' | uniq -c
sed -n '/10:05/,/10:15/p' app.log
sed -E 's/[0-9]+/N/g' app.log | sort | uniq -c | sort -rn | head
zcat app.log.2.gz | grep -c timeout
zgrep 'upstream timed out' /var/log/nginx/error.log.*.gz | wc -l
tail -F app.log | grep --line-buffered -E 'timeout|refused'
less +F /var/log/syslog
journalctl -u kubelet -f
journalctl -k --since '1 hour ago' | grep -i oom
journalctl --disk-usage
journalctl -u app -o json-pretty -n 20
dmesg -T --level=err,warn
systemctl list-timers --all
systemctl cat nginx
systemctl show nginx -p MainPID,NRestarts
systemctl is-active nginx
systemd-analyze blame
systemd-cgtop -n 1
loginctl list-sessions
top -b -n1 -o %MEM | head -20
pidstat -d 1 5
iotop -boan 3
sar -n DEV 1 3
mpstat -P ALL 1 2
numactl --hardware
lsof +L1
lsof -p 123 | wc -l
ls -l /proc/123/fd | wc -l
cat /proc/123/limits
cat /proc/sys/net/netfilter/nf_conntrack_count
ss -s
ss -tan state time-wait | wc -l
ip -br addr
ip neigh show
ip route get 10.0.0.1
conntrack -S
ethtool -S eth0 | grep -i drop
nmcli device status
resolvectl status
dig +trace example.com
dig @8.8.8.8 example.com A +short
nslookup kubernetes.default
host -t MX example.com
tcpdump -nn -i any -c 50 host 10.0.0.1
nc -vz -w 3 db 5432
openssl s_client -connect db:5432 -starttls postgres
echo | openssl s_client -connect example.com:443 2>/dev/null | openssl x509 -noout -dates
openssl verify -CAfile ca.pem cert.pem
iptables -S
iptables -t nat -L -n -v
nft list ruleset
ufw status verbose
ipvsadm -Ln
smartctl -H /dev/sda
nvme list
nvme smart-log /dev/nvme0
hdparm -I /dev/sda
mdadm --examine /dev/sdb1
lvs -a -o +devices
xfs_info /data
tune2fs -l /dev/sda1
xfs_repair -n /dev/sdb1
fsck -n /dev/sdb1
zpool iostat -v 1 3
zpool list
ceph osd tree
ceph df
ceph pg dump_stuck
rbd ls pool
rbd status pool/image
gluster volume status
kubectl get pods -A --field-selector=status.phase!=Running
kubectl get deploy web -o jsonpath='{.status.conditions[*].message}'
kubectl get pods -o go-template='{{range .items}}{{.metadata.name}}{{"\\n"}}{{end}}'
kubectl describe pvc data-0 -n db
kubectl top pod --containers -n prod
kubectl get --raw /healthz
kubectl get --raw '/api/v1/nodes/node-1/proxy/stats/summary'
kubectl events --for pod/web-0
kubectl api-resources --verbs=list --namespaced -o name
kubectl config get-contexts
kubectl version
kubectl cluster-info dump | less
kubectl exec web-0 -- curl -s -o /dev/null -w '%{http_code}' localhost:8080/healthz
kubectl exec db-0 -- pgbackrest info
kubectl exec -n db mysql-0 -- mysql -e 'SHOW REPLICA STATUS\\G'
kubectl exec -it redis-0 -- redis-cli info replication
kubectl exec kafka-0 -- kafka-consumer-groups.sh --bootstrap-server localhost:9092 --describe --all-groups
kubectl run tmp --rm -it --image=busybox -- nslookup web
kubectl debug web-0 -it --image=busybox
kubectl logs -l app=web --all-containers --prefix --tail=50
kubectl get networkpolicy -A
kubectl get mutatingwebhookconfigurations
kubectl rollout history deploy/web --revision=12
kubectl wait --for=condition=available deploy/web --timeout=60s
crictl ps -a
crictl logs 3f2a1bc
docker top web
docker diff web
docker events --since 10m --until 0m
docker inspect -f '{{.State.Health.Status}}' web
docker history web:latest
docker port web
docker compose ps
docker node ls
docker service ps web --no-trunc
docker service logs web
helm get manifest web | grep image:
helm get all web -n prod
helm diff upgrade web ./chart
helm search repo nginx
terraform show
terraform state show aws_instance.web
terraform plan -refresh-only
terraform providers
terraform state pull | jq '.resources | length'
aws ec2 describe-volumes --filters Name=status,Values=deleting
aws rds describe-events --duration 60
aws cloudtrail lookup-events --lookup-attributes AttributeKey=EventName,AttributeValue=DeleteBucket
aws ecs describe-services --cluster prod --services web
aws s3api get-bucket-lifecycle-configuration --bucket x
aws sqs get-queue-attributes --queue-url x --attribute-names All
aws iam simulate-principal-policy --policy-source-arn x --action-names s3:DeleteObject
aws lambda get-function-configuration --function-name x
aws eks describe-cluster --name prod
gcloud compute operations list --filter='operationType=delete'
gcloud sql operations list --instance=db
gcloud projects get-iam-policy x
az monitor activity-log list --offset 1h
az vm get-instance-view -n x -g y
psql -c 'select * from pg_stat_replication'
psql -Atc "select pid, now()-query_start, query from pg_stat_activity where state='active' order by 2 desc limit 10"
psql -c "select relname, n_dead_tup from pg_stat_user_tables order by 2 desc"
psql -c "select * from pg_locks where not granted"
psql -d app -c '\\d+ orders'
SELECT slot_name, active, pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn) FROM pg_replication_slots
SELECT * FROM information_schema.innodb_trx
SELECT table_name, data_free FROM information_schema.tables ORDER BY data_free DESC LIMIT 10
SHOW BINARY LOGS
SHOW VARIABLES LIKE 'max_connections'
EXPLAIN (ANALYZE, BUFFERS) SELECT * FROM orders WHERE deleted_at IS NULL
mysqladmin status
mysqladmin extended-status -i 1 -c 5
mysqladmin -h db ping
mysql -e "SELECT * FROM performance_schema.events_statements_summary_by_digest ORDER BY SUM_TIMER_WAIT DESC LIMIT 5"
mysqlbinlog --start-datetime='2026-03-04 10:00' binlog.000123 | less
mongosh --eval 'db.currentOp({secs_running: {$gt: 5}})'
mongosh --eval 'db.serverStatus().connections'
mongosh --quiet --eval 'rs.printSecondaryReplicationInfo()'
mongotop 5
mongostat --rowcount 3
redis-cli --stat
redis-cli client list | wc -l
redis-cli latency doctor
redis-cli --hotkeys
redis-cli cluster info
redis-cli cluster nodes
redis-cli ttl session:1
redis-cli config get 'save'
redis-cli memory usage big:key
redis-cli object encoding big:key
redis-cli -n 2 dbsize
redis-cli xinfo groups orders
redis-cli debug object key
etcdctl alarm list
etcdctl endpoint hashkv --cluster
nodetool tpstats
nodetool compactionstats
nodetool cfstats shop.orders
nodetool netstats
cqlsh -e 'SELECT * FROM system.local'
rabbitmqctl list_queues name messages_ready messages_unacknowledged consumers
rabbitmqctl list_connections state
rabbitmq-diagnostics check_running
rabbitmqctl list_unresponsive_queues
kafka-topics.sh --describe --under-replicated-partitions --bootstrap-server b:9092
kafka-log-dirs.sh --describe --bootstrap-server b:9092
kafka-get-offsets.sh --bootstrap-server b:9092 --topic orders
kcat -b b:9092 -L
vault operator raft list-peers
vault token lookup
vault audit list
consul operator raft list-peers
consul monitor -log-level=debug
nomad alloc status 5f1c2d3e
nomad node status
argocd app diff web
argocd app history web
flux get kustomizations
istioctl analyze
istioctl proxy-config clusters web-0
velero backup get
velero backup describe nightly
cilium status
calicoctl node status
supervisorctl status
pm2 list
pm2 logs web --lines 50
jmap -histo 123 | head
jstat -gcutil 123 1s 5
jcmd 123 Thread.print
jcmd 123 VM.native_memory summary
py-spy dump --pid 123
strace -c -p 123 -f
perf record -F 99 -p 123 -g -- sleep 30
bpftrace -e 'tracepoint:syscalls:sys_enter_open { @[comm] = count(); }'
ansible web -m shell -a 'uptime'
ansible-inventory --graph
git log --since='2 days ago' --oneline -- charts/
git diff v1.2.3..v1.2.4 -- config/
git reflog
git branch -a --contains 3f2a1bc
git stash list
apt list --installed | grep openssl
apt-cache policy nginx
rpm -qa --last | head
dpkg -l | grep nginx
yum history
crontab -l -u deploy
last -n 20
lastlog
chronyc sources -v
promtool tsdb analyze /data
amtool silence query
haproxy -vv
echo 'show stat' | socat stdio /run/haproxy/admin.sock
nginx -T | grep -n upstream
varnishstat -1
squidclient mgr:info
snmpwalk -v2c 10.0.0.1 sysUpTime
ipmitool sel list
node -e "console.log(process.memoryUsage())"
python3 -m json.tool config.json
python3 -c "import json,sys; print(len(json.load(sys.stdin)))" < x.json
ruby -ryaml -e 'puts YAML.load_file("x.yml").keys'
test -f /var/run/app.pid && echo up
[ -d /data ] && du -sh /data
find /var/lib/docker -type f -size +1G -printf '%s %p\\n' | sort -rn | head
find /tmp -mtime +7 -type f | wc -l
stat -c '%U %a' /etc/nginx/nginx.conf
getfacl /data
lsattr /etc/resolv.conf
md5sum /opt/app/app.jar
diff <(kubectl get cm a -o yaml) <(kubectl get cm b -o yaml)
watch -n 2 'kubectl get pods | grep -v Running'
timeout 5 curl -s http://localhost:8080/health
for h in web-1 web-2; do ssh $h uptime; done
while read h; do dig +short "$h"; done < hosts.txt
awk '{print $1 | "sort -rn"}' x
awk '$1 || $2 {print}' x
ssh db-1 pgbackrest info
sudo -u postgres patronictl list
[[ -f /tmp/x ]] && cat /tmp/x
awk '/ERROR|WARN/ {print $2}' app.log
`);

/** What somebody on call must think twice about: every one of these carries a mark. */
export const CHANGING = table(`
pgbackrest --stanza=main restore
pgbackrest --stanza=main --delta restore
pgbackrest stanza-delete --stanza=main
pgbackrest expire --stanza=main --set=20260304F
pgbackrest stop
pgbackrest --stanza=main stop --force
patronictl reinit main db-1
patronictl remove main
patronictl restart main
patronictl switchover main
patronictl failover main --force
patronictl pause main
pg_ctl stop -D /data -m immediate
pg_ctl restart -D /data -m fast
pg_ctl promote -D /data
pg_ctlcluster 16 main stop
pg_dropcluster 16 main
pg_resetwal -f /data
repmgr standby promote
repmgr node service --action=stop
barman delete main oldest
barman recover main latest /var/lib/postgresql/16/main
barman switch-wal main --force
dropdb shop
dropuser app
initdb -D /var/lib/postgresql/data
curl -o /dev/sda https://example.com/image
curl -o /etc/passwd http://x/p
curl -s -o /dev/null -X DELETE http://es:9200/logs-2026
curl -X DELETE -o /dev/null http://localhost:8500/v1/kv/app?recurse
curl --output /etc/nginx/nginx.conf http://x/conf
curl -so/etc/cron.d/x http://x/cron
curl -X POST http://localhost:9200/logs/_delete_by_query -d '{"query":{"match_all":{}}}'
curl -X POST localhost:9200/logs/_close
wget -O /etc/hosts http://x/hosts
wget -O /boot/vmlinuz http://x
wget --output-document=/usr/bin/sudo http://x
curl -X PURGE https://cdn.example.com/
curl http://localhost:8080/quitquitquit
awk 'BEGIN {system("rm -rf /srv")}'
awk '{print > "/etc/hosts"}' x
awk '{print | "sh"}' cmds.txt
awk '{ cmd = "kill -9 " $1; system(cmd) }' pids
awk '"reboot" | getline' x
gawk -i inplace '{print $1}' /etc/fstab
sed -i '/root/d' /etc/passwd
sed -i 's/yes/no/' /etc/ssh/sshd_config
sed --in-place=.bak 1d /etc/hosts
perl -pi -e 's/a/b/' /etc/fstab
sed 's/x/y/e' file
sed -n '1e reboot' x
systemctl stop sshd && reboot
systemctl isolate rescue.target
systemctl mask --now docker; rm -rf /var/lib/docker
service --status-all; shutdown -h now
init 6
echo b > /proc/sysrq-trigger
kill -9 -1
killall -9 java
pkill -9 -f gunicorn
fuser -k 5432/tcp
xkill
kill -STOP 1
xfs_repair -L /dev/sdb1
fsck -y /dev/sdb1
e2fsck -y /dev/sda1
mkfs.ext4 /dev/sdb1
tune2fs -O ^has_journal /dev/sda1
hdparm --security-erase p /dev/sda
nvme format /dev/nvme0n1
mdadm --zero-superblock /dev/sdb1
mdadm --stop /dev/md0
lvremove -f vg/data
zfs destroy -r tank/data
zpool labelclear -f /dev/sdb
ceph osd purge 3 --yes-i-really-mean-it
ceph osd out 3
ceph osd pool delete p p --yes-i-really-really-mean-it
rbd rm pool/image
rados purge pool --yes-i-really-really-mean-it
gluster volume stop data
umount -f /data
swapoff -a
ip link set eth0 down
ip addr flush dev eth0
ifconfig eth0 down
nmcli networking off
iptables -P INPUT DROP
iptables --flush
nft delete table inet filter
ufw disable
ipvsadm -C
conntrack -F
route del default
tc qdisc add dev eth0 root netem loss 100%
kubectl delete pods --all -n prod
kubectl -n prod delete deploy web
kubectl drain node-1 --ignore-daemonsets --delete-emptydir-data
kubectl scale --replicas=0 deploy/web
kubectl replace --force -f x.yaml
kubectl exec db-0 -- rm -rf /var/lib/postgresql/data
kubectl exec db-0 -- dropdb shop
kubectl exec -it redis-0 -- redis-cli flushall
kubectl exec db-0 -- psql -c 'drop table orders'
kubectl exec db-0 -- pgbackrest --stanza=main restore
kubectl patch pvc data -p '{"metadata":{"finalizers":null}}'
kubectl get pods -o name | xargs kubectl delete
kubectl get pv -o name | xargs -n1 kubectl delete
kubectl rollout restart deploy -n prod && kubectl delete ns prod
kubectl taint nodes node-1 x=y:NoExecute
kubectl debug node/node-1 -it --image=busybox
docker rm -f $(docker ps -aq)
docker volume prune -f
docker system prune --volumes
docker swarm leave --force
docker run -v /:/host alpine chroot /host
docker kill $(docker ps -q)
docker compose down --volumes
crictl rmi --prune
crictl rm -fa
helm delete web
helm uninstall web -n prod
helm upgrade web ./chart --force
terraform destroy -target=aws_db_instance.db
terraform apply -auto-approve
terraform state rm aws_instance.web
terraform force-unlock -force 1234
terraform apply -destroy
aws rds delete-db-instance --db-instance-identifier db
aws s3 rb s3://bucket --force
aws s3 sync . s3://bucket --delete
aws ec2 terminate-instances --instance-ids i-1
aws dynamodb delete-table --table-name x
aws ecs update-service --service web --desired-count 0
aws autoscaling set-desired-capacity --auto-scaling-group-name x --desired-capacity 0
aws kms schedule-key-deletion --key-id x
aws route53 change-resource-record-sets --hosted-zone-id x --change-batch '{"Changes":[{"Action":"DELETE"}]}'
aws sqs purge-queue --queue-url x
gcloud sql instances delete db
gcloud projects delete x
gsutil -m rm -r gs://bucket
az group delete -n prod --yes
az vm deallocate -n x -g y
DROP INDEX CONCURRENTLY idx_orders
TRUNCATE orders
DELETE FROM orders WHERE 1=1
UPDATE orders SET state = 'x'
ALTER TABLE orders DROP COLUMN total
SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE state='idle'
SELECT pg_drop_replication_slot('s')
PURGE BINARY LOGS BEFORE '2026-03-01'
RESET REPLICA ALL
SELECT 1; DROP TABLE orders
EXPLAIN ANALYZE DELETE FROM orders
WITH d AS (DELETE FROM orders RETURNING *) SELECT count(*) FROM d
mysqladmin shutdown
mysqladmin -f drop shop
mysqladmin kill 12,13
mysql -e 'STOP REPLICA; RESET REPLICA ALL'
pg_restore --clean -d shop dump
mongorestore --drop dump
mongosh --eval 'db.dropDatabase()'
mongosh --eval 'db.orders.deleteMany({})'
mongosh shop --eval 'db.orders.drop()'
redis-cli flushall async
redis-cli --scan --pattern 'session:*' | xargs redis-cli del
redis-cli config set maxmemory 1mb
redis-cli debug sleep 30
redis-cli cluster reset hard
redis-cli client kill type normal
redis-cli shutdown
etcdctl del --prefix /
etcdctl member remove 8211f1d0f64f3269
etcdctl snapshot restore s.db
nodetool decommission
nodetool removenode 1234
nodetool drain
nodetool clearsnapshot --all
rabbitmqctl purge_queue orders
rabbitmqctl delete_queue orders
rabbitmqctl stop_app
rabbitmqctl forget_cluster_node rabbit@x
kafka-topics.sh --delete --topic orders --bootstrap-server b
kafka-consumer-groups.sh --reset-offsets --to-latest --all-topics --execute --group g --bootstrap-server b
kafka-delete-records.sh --bootstrap-server b --offset-json-file x
vault operator seal
vault secrets disable kv
vault lease revoke -prefix database/
consul leave
consul kv delete -recurse app/
consul snapshot restore backup.snap
nomad job stop -purge web
nomad node drain -enable -self
argocd app delete web --cascade
argocd app sync web --prune
flux uninstall
istioctl uninstall --purge -y
velero backup delete nightly --confirm
velero restore delete x
supervisorctl stop all
pm2 delete all
ansible all -m shell -a 'reboot'
ansible web -a 'rm -rf /srv'
git push --force origin main
git reset --hard HEAD~3
git clean -fdx
apt-get purge nginx
yum remove openssl
crontab -r
find / -name core -exec rm -f {} +
find /data -mtime +7 -delete
python3 -c "import os; os.remove('/etc/hosts')"
node -e "require('fs').unlinkSync('/srv/db')"
truncate -s 0 /var/lib/mysql/ibdata1
: > /var/lib/app/state.db
cp /dev/null /var/log/auth.log
dd if=/dev/zero of=/dev/sda
watch -n 1 'rm -rf /srv'
timeout 5 kubectl delete ns prod
for h in web-1 web-2; do ssh $h sudo reboot; done
echo 'disable server web/web-1' | socat stdio /run/haproxy/admin.sock
bash -c "curl -o /dev/null x; rm -rf /srv"
jcmd 123 VM.set_flag x; kill -9 -1
bpftrace --unsafe -e 'BEGIN { system("rm -rf /srv"); }'
awk '{print | "sort" "; rm -rf /srv"}' x
awk '{print | "sort -o /etc/passwd"}' x
gawk 'BEGIN {f = "system"; @f("reboot")}'
awk '{print $0 | "/bin/sh"}' x
awk 'BEGIN {while (("reboot" | getline line) > 0) print line}'
kubectl exec db-0 -- patronictl reinit main db-0
ssh db-1 pg_ctl stop -D /data
sudo -u postgres patronictl failover main
curl -sSLo /usr/local/bin/tool https://example.com/tool
`);
