/** Lines that look as if they held secrets and hold none: every one has to stay as it is. */
export const HARMLESS = `
Failed password for root from 10.3.1.9 port 60091 ssh2
Failed password for invalid user oracle from 10.3.1.9 port 49116 ssh2
Accepted password for deploy from 10.3.1.9 port 49116 ssh2
pam_unix(sshd:auth): check pass; user unknown
authentication failure; logname= uid=0 euid=0 tty=ssh ruser= rhost=10.3.1.9 user=root
crond(pam_unix)[2915]: session opened for user root by (uid=0)
Password: authentication failed for user bob
password authentication failed for user "app"
password=null token=undefined secret=<redacted>
password: **** token: [FILTERED] apiKey: {{ api_key }}
DB_PASSWORD=$DB_PASSWORD API_KEY=$(vault read key)
password: required, must be set
secretKeyRef: {name: db-creds, key: password}
valueFrom: secretKeyRef name=db-creds
mountPath: /var/run/secrets/kubernetes.io/serviceaccount/token
token file /var/run/secrets/token not found
Unexpected token } in JSON at position 412
SyntaxError: Unexpected token: identifier
wtoken = AppWindowToken{9f4ef63 token=Token{a64f992 ActivityRecord{de9231d u0 com.example/.Main t76}}}
Bad activity token: android.os.BinderProxy@2bd79ce
Adding job token for job_1445144423722_0020 to jobTokenSecretManager
max_tokens=4096 prompt_tokens=1234 total_tokens: 5678
"usage":{"completion_tokens":512,"total_tokens":1024}
the token expired 5 minutes ago
tokens per second: 1532.4
Duplicate entry 'abc123' for key 'users.email'
Key (id)=(12345) already exists
ERROR: duplicate key value violates unique constraint "orders_pkey"
cache miss key=user:12345:profile
partition key orders-2026-03-04 offset 1234567
S3 key logs/2026/03/04/app-1234abcd.gz uploaded
routing key order.created.v2 unbound
foreign key constraint fk_orders_user_id fails
sort_key: created_at
keepalive timeout 65 keyspace ks1
session 0x34ede65503f002d timed out
sessionid:0x14f05578bd8000f type:createSession cxid:0x0
Established session 0x34ede65503f002d with negotiated timeout 20000
trace_id=4bf92f3577b34da6a3ce929d0e0e4736 span_id=00f067aa0ba902b7
traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01
request id 7d3f2c1e-9a8b-4c6d-8e5f-1a2b3c4d5e6f failed
X-Request-Id: 7d3f2c1e-9a8b-4c6d-8e5f-1a2b3c4d5e6f
X-Amzn-Trace-Id: Root=1-67891233-abcdef012345678912345678
commit 3f2a1bc9d8e7f6a5b4c3d2e1f0a9b8c7d6e5f4a3
HEAD is now at 3f2a1bc fix retry
md5 d41d8cd98f00b204e9800998ecf8427e app.jar
sha256:9b2c9f1a7e8d5b4c3a2f1e0d9c8b7a6f5e4d3c2b1a0f9e8d7c6b5a4f3e2d1c0b
image registry.example.com/shop/web@sha256:9b2c9f1a7e8d5b4c3a2f1e0d9c8b7a6f5e4d3c2b1a0f9e8d7c6b5a4f3e2d1c0b
"integrity": "sha512-kX1bG0yHk3W7Y2Zr9pQ5aT8cV6dE4fM1nB3jL7uS0xI2oR5wC8vA4qN6tD9hF1gKzPmUeJyXsWlOiRbTcVaQdA=="
ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQC7vbqajDhA8kY2d6bX4q1wE5rT9yU3iO0pA2sD7fG8hJ4kL6zX
Accepted publickey for deploy: RSA SHA256:Xk3vQ9pL2mN8bR5tY7wE1zC4uI6oA0sD3fG5hJ8kL2x
blk_-1608999687919862906 of size 67108864 from /10.250.19.102
BLOCK* NameSystem.addStoredBlock: blockMap updated: 10.251.73.220:50010 is added to blk_7503483334202473044
pod web-7f9c8d6b5-x2x4l evicted from ip-10-0-1-23.ec2.internal
pod payments-api-5d8f7c9b6d-qkz7w restarted 14 times
containerd://b5a4f3e2d1c0b9a8f7e6d5c4b3a2f1e0d9c8b7a6f5e4d3c2b1a0f9e8d7c6b5a4
java.lang.OutOfMemoryError: Java heap space at com.example.checkout.PaymentAuthorizationServiceImpl.authorize(PaymentAuthorizationServiceImpl.java:412)
org.apache.hadoop.mapreduce.v2.app.rm.RMContainerAllocator: RetryUpToMaximumCountWithFixedSleep
0x00007f3c2c0a1b20 in __libc_start_main
addr=0xffff8881002a3c40 len=4096
2026-03-04T10:05:11.123456789Z took 1234567890123456 ns
1700000000123 1700000000123456 1700000000123456789
order 9007199254740993 not found
SELECT * FROM orders WHERE id = 4512345678901235
10.0.0.1 - - [04/Mar/2026:10:05:11 +0200] "GET /v2/orders HTTP/1.1" 200 512 1234
GET / 404 345 1234
192.168.1.1:443 10.251.73.220:50010 8.8.8.8
Zm9vIGJhciBiYXogaGVsbG8gd29ybGQgdGhpcyBpcyBmaW5l
payload dGhlIHF1aWNrIGJyb3duIGZveCBqdW1wcyBvdmVyIHRoZSBsYXp5IGRvZw==
/usr/lib/x86_64-linux-gnu/libcrypto.so.3 /opt/app/node_modules/@scope/package/dist/index.js
s3://bucket/path/to/2026/03/04/part-00000-7d3f2c1e-9a8b-4c6d-8e5f-1a2b3c4d5e6f-c000.snappy.parquet
https://example.com/docs/getting-started?utm_source=newsletter&page=2
https://github.com/org/repo/commit/3f2a1bc9d8e7f6a5b4c3d2e1f0a9b8c7d6e5f4a3
git@github.com:org/repo.git root@db-1 kafka@0.kafka.svc.cluster.local getty@tty1.service
postgres://db-1.internal:5432/shop redis://cache:6379/0
http://localhost:8080/@vite/client
arn:aws:iam::123456789012:role/deploy
arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/db-AbCdEf
i-0123456789abcdef0 vol-0a1b2c3d4e5f67890 subnet-0bb1c79de3EXAMPLE
status code 500 error code 482913 exit code 137
verification succeeded for block 12
12345678 rows copied in 12.5 s
120 passed, 3 failed in 12.4s
bypass=true compass v1.2.3 passive mode
keyboard interrupt, monkey test, hockey, turkey
cookie banner service is down
the authentication service returns 503
authorization: denied for role viewer
Authorization failed: user not in group admins
bearer token is missing
we rotated the secret yesterday
the api key is invalid
who has access to the password manager?
please reset your password
auth=none security=off
secret "web-tls" not found
configmaps/secrets/volumes are missing
kubectl get secret web-tls -n prod
Private key file permissions are too open
-----BEGIN CERTIFICATE-----
v1.28.3+k3s1 node18.20.4 python3.11
cpu=250m memory=512Mi limits=1Gi
Mar  4 10:05:11 combo kernel: CPU 0 irqstacks, hard=02345000 soft=02344000
pinned to core 4, pin count 1200
[req-addc1839-2ed5-4778-b57e-5854eb7b8b09 113d3a99c3da401fbd62cc2caa5b96d2 54fadb412c4e40cdbaed9335e4c35a9e - - -]
Session: 30546354_3821851 initialized by client UpdateAgent.
Package_for_KB2928120~31bf3856ad364e35~amd64~~6.1.1.2
KubeAPIErrorBudgetBurn AlertmanagerClusterFailedToSendAlerts TargetDown
sum(rate(http_requests_total{job="api",code=~"5.."}[5m])) by (instance) > 0.05
mysql -h db-1 -P 3306 -u app -p shop
docker run -p 8080:80 nginx
ssh -p 2222 deploy@10.0.0.1
psql -h db-1 -p 5432 -U app
curl -u "$USER:$PASS" https://example.com
`
  .trim()
  .split('\n');
