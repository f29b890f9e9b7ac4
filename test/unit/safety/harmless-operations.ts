/** What on-call engineers paste and runbooks say, full of words that also introduce secrets; none holds one. */
export const HARMLESS_OPERATIONS = `
kubectl get configmap,secret --sort-by=.metadata.creationTimestamp -n payments
kubectl get secret,configmap,deployment --sort-by=.metadata.name --all-namespaces
kubectl get secrets --field-selector=type=kubernetes.io/tls -o wide
kubectl get secret -l app=checkout,tier=backend -o name
kubectl get secret web-tls -o jsonpath='{.data.tls\\.crt}' | base64 -d | openssl x509 -noout -enddate
kubectl get secret db-credentials -o json | jq '.data | keys'
kubectl describe secret payments-db-credentials -n payments
kubectl create token prometheus-k8s --duration=10m --audience=vault
kubectl -n kube-system get pods -l k8s-app=kube-dns -o custom-columns=NAME:.metadata.name,NODE:.spec.nodeName
kubectl auth can-i get secrets --as=system:serviceaccount:payments:checkout -n payments
kubectl auth can-i list pods --as-group=system:authenticated --as=jenkins
kubectl rollout restart deployment/auth-service -n identity
kubectl logs deploy/auth-proxy-7c9d8f6b5-k2x4l -c oauth2-proxy --since=15m --tail=200
kubectl logs session-store-0 -n cache --previous | tail -50
kubectl exec -it vault-0 -- vault status -format=json
kubectl top pods -n token-service --sort-by=memory
kubectl get events -A --field-selector=reason=FailedMount --sort-by='.lastTimestamp'
kubectl patch serviceaccount default -p '{"imagePullSecrets": [{"name": "registry-pull-secret"}]}'
imagePullSecrets: [{name: registry-credentials}]
Warning  FailedMount  3m  kubelet  MountVolume.SetUp failed for volume "tls" : secret "checkout-tls" not found
Error: secret "payments-db-credentials-v2" not found, configmap "payments-config" found
Warning  Failed  2m (x4 over 3m)  kubelet  Error: couldn't find key DATABASE_URL in Secret payments/db-credentials
Unable to attach or mount volumes: unmounted volumes=[secret-store], unattached volumes=[secret-store kube-api-access-7xk2p]
envFrom: - secretRef: {name: checkout-secrets, optional: true}
secretName: wildcard-example-com-tls
existingSecret: postgres-credentials
passwordSecretRef: {name: pg-credentials, key: pg-password}
tokenSecretRef: name=vault-token key=token
serviceAccountName: payments-api automountServiceAccountToken: false
annotations: cert-manager.io/cluster-issuer=letsencrypt-prod
apiVersion: external-secrets.io/v1beta1 kind: ExternalSecret
refreshInterval: 1h secretStoreRef: {name: vault-backend, kind: ClusterSecretStore}
remoteRef: {key: prod/payments/db, property: password}
- secretKey: DATABASE_PASSWORD
ExternalSecret payments/db-credentials SecretSyncedError: could not get secret data from provider
SealedSecret payments/checkout unsealed, secret checkout-config updated
pod/payments-api-6f8b9c7d5f-2xk9p 0/1 CrashLoopBackOff 14 (2m ago) 41m
NAME READY STATUS RESTARTS AGE ingress-nginx-controller-5bdc7c8f6b-zt7wq 1/1 Running 0 12d
node ip-10-42-7-19.eu-central-1.compute.internal NotReady kubelet stopped posting node status
Successfully assigned payments/checkout-84b7d9c6f4-hx8rt to gke-prod-pool-1-3fa8c2d1-x9kq
Created container: keycloak, image quay.io/keycloak/keycloak:24.0.5@sha256:4a01a5f2d2b7a8e9b1a0e6d7c5f4b3a29180716253443526170819203a4b5c6d
Pulled image "ghcr.io/org/auth:v2.14.3-rc.1+build.7781"
Failed to pull image "registry.example.com/shop/web:3f2a1bc": 401 Unauthorized
OOMKilled container token-refresher in pod auth-0 (exit code 137, limit 512Mi)
helm upgrade --install auth ./charts/auth -f values-prod.yaml --set image.tag=3f2a1bc --atomic --timeout 10m
helm upgrade vault hashicorp/vault --version 0.28.1 --set server.ha.enabled=true --reuse-values
helm rollback session-service 41 -n identity --wait
helm get values keycloak -n identity --revision 12
helm history auth-gateway -n identity --max 5
helm template . --set global.existingSecret=pg-secret --set auth.enabled=true
helm diff revision payments 41 42 --show-secrets=false
helm secrets decrypt values.enc.yaml | less
Error: UPGRADE FAILED: cannot patch "auth-secret" with kind Secret: field is immutable
Release "keycloak" does not exist. Installing it now.
systemctl status sssd.service --no-pager -l
systemctl list-units --type=service --state=failed
systemctl restart systemd-logind.service
journalctl -u keycloak.service --since "15 min ago" -o short-iso
journalctl _SYSTEMD_INVOCATION_ID=5f1c2d3e4b5a69788796a5b4c3d2e1f0
systemd[1]: Started Session 4213 of User deploy.
systemd[1]: session-4213.scope: Deactivated successfully.
systemd-logind[812]: New session 4213 of user deploy.
systemd[1]: user@1001.service: Consumed 1min 12.345s CPU time.
sshd[31871]: Received disconnect from 10.3.1.9 port 51022:11: disconnected by user
sshd[31871]: Connection closed by authenticating user root 10.3.1.9 port 51022 [preauth]
sshd[4401]: error: maximum authentication attempts exceeded for root from 10.3.1.9 port 40022 ssh2 [preauth]
sshd[910]: Accepted publickey for deploy from 10.3.1.9 port 52144 ssh2: ED25519 SHA256:0pXW1kq3vV7Q9m2N5bT8rY4uE6iO1aS3dF7gH9jK2lZ
sudo: deploy : TTY=pts/0 ; PWD=/home/deploy ; USER=root ; COMMAND=/usr/bin/systemctl restart nginx
sudo: pam_unix(sudo:session): session closed for user root
sudo: pam_unix(sudo:auth): authentication failure; logname=deploy uid=1001 euid=0 tty=/dev/pts/1 ruser=deploy rhost= user=deploy
CRON[20114]: (root) CMD (/usr/local/bin/rotate-keys.sh >> /var/log/rotate-keys.log 2>&1)
kernel: audit: type=1400 audit(1732190000.123:4567): apparmor="DENIED" operation="open" profile="docker-default"
kernel: Out of memory: Killed process 31245 (java) total-vm:8123456kB, anon-rss:4123456kB, oom_score_adj:990
kernel: EXT4-fs error (device nvme1n1p1): ext4_find_entry:1536: inode #262145: comm nginx: reading directory lblock 0
kernel: nf_conntrack: nf_conntrack: table full, dropping packet
kernel: Key type dns_resolver registered
kernel: Loaded X.509 cert 'Build time autogenerated kernel key: 6c4f3e2d1b0a9f8e7d6c5b4a39281706f5e4d3c2'
grep 'proxy_pass|keepalive' /etc/nginx/nginx.conf
grep -E 'proxy_pass|keepalive_timeout|upstream' -r /etc/nginx/conf.d
grep -rn "password_hash|passwd" src/ | head
grep -c 'auth_failed|token_expired' /var/log/app.log
grep -E "bypass|passthrough|compass" config.yaml
rg 'secret_name|secretKeyRef' charts/ --type yaml
awk '/keepalive|session/ {print $1, $7}' access.log | sort | uniq -c
sed -n '/auth_basic/,/}/p' /etc/nginx/conf.d/admin.conf
proxy_pass http://backend_pool; proxy_set_header Connection "";
proxy_pass http://auth-service.identity.svc.cluster.local:8080/validate;
proxy_set_header X-Forwarded-User $upstream_http_x_auth_user;
proxy_set_header Authorization $http_authorization;
proxy_set_header Cookie $http_cookie;
auth_basic "Restricted"; auth_basic_user_file /etc/nginx/.htpasswd;
auth_request /oauth2/auth; error_page 401 = /oauth2/sign_in;
auth_jwt_key_file /etc/nginx/keys/jwks.json; auth_jwt "closed site";
ssl_certificate_key /etc/nginx/ssl/example.com.key; ssl_session_cache shared:SSL:10m;
ssl_session_tickets off; ssl_session_timeout 1d; ssl_session_ticket_key /etc/nginx/ticket.key;
fastcgi_pass unix:/run/php/php8.2-fpm.sock; fastcgi_keep_conn on;
uwsgi_pass unix:/run/app.sock; grpc_pass grpc://127.0.0.1:50051;
proxy_cache_key "$scheme$request_method$host$request_uri";
limit_req_zone $binary_remote_addr zone=login:10m rate=5r/s;
limit_req zone=auth burst=20 nodelay; limit_req_status 429;
2026/03/04 10:05:11 [error] 31#31: *1204 upstream timed out (110: Connection timed out) while reading response header from upstream, client: 10.3.1.9, request: "POST /oauth/token HTTP/1.1", upstream: "http://10.4.2.7:8080/oauth/token"
2026/03/04 10:05:11 [warn] 31#31: *1204 an upstream response is buffered to a temporary file /var/cache/nginx/proxy_temp/4/12/0000000124
2026/03/04 10:05:11 [crit] 31#31: *88 SSL_do_handshake() failed (SSL: error:0A00006C:SSL routines::bad key share) while SSL handshaking
10.3.1.9 - admin [04/Mar/2026:10:05:11 +0000] "GET /api/v1/sessions/4213/keys?limit=50 HTTP/2.0" 200 1843 "-" "curl/8.5.0" rt=0.012 uct=0.001
10.3.1.9 - - [04/Mar/2026:10:05:11 +0000] "POST /auth/realms/prod/protocol/openid-connect/token HTTP/1.1" 503 190
GET /.well-known/openid-configuration 200 in 14ms
GET /login?redirect_uri=https%3A%2F%2Fapp.example.com%2Fcallback&response_type=code&scope=openid+profile 302
GET /reset-password?step=2&locale=en-GB 200
OPTIONS /v1/auth/session 204 access-control-allow-headers: authorization,x-api-key,content-type
access-control-expose-headers: x-request-id,x-auth-token,etag
vary: Accept-Encoding, Authorization, Cookie
strict-transport-security: max-age=31536000; includeSubDomains
www-authenticate: Bearer realm="https://auth.example.com/token",service="registry.example.com",scope="repository:shop/web:pull"
www-authenticate: Basic realm="Restricted Area"
set-cookie: locale=en; Path=/; SameSite=Lax
etag: W/"5f3c-18c2a9d4b60" x-cache: HIT cf-ray: 8b1d2f3a4c5e6f70-FRA
etag: "33a64df551425fcc55e4d42a148795d9f25f89d4"
x-amz-request-id: 7A62C49F347SAMPL x-amz-id-2: Uuag1LuByRx9e6j5Onimru9pO4ZVKnJ2Qz7/C1NPcfTWAtRPfTaOFg==
x-cloud-trace-context: 105445aa7843bc8bf206b12000100000/1;o=1
x-b3-traceid: 463ac35c9f6413ad48485a3953bb6124 x-b3-spanid: a2fb4a1d1a96d312 x-b3-sampled: 1
traceresponse: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01
uber-trace-id: 7be2fa4b5d6c7e8f:1a2b3c4d5e6f7081:0:1
{"level":"error","trace_id":"0af7651916cd43dd8448eb211c80319c","span_id":"b7ad6b7169203331","msg":"token validation failed: signature is invalid"}
{"level":"info","ts":1772618711.123,"caller":"auth/session.go:142","msg":"session refreshed","session_count":14,"user_id":48213}
{"level":"warn","msg":"cache miss","key":"session:48213:profile","ttl":300}
{"msg":"publishing","routing_key":"orders.created.eu-west-1","exchange":"orders","delivery_tag":18213}
{"kafka_key":"order-48213","partition":7,"offset":91823712,"topic":"orders.v2"}
{"idempotency_key":"order-48213-attempt-2","status":"replayed"}
{"sort_key":"2026-03-04T10:05:11Z#48213","partition_key":"TENANT#acme"}
{"token_type":"Bearer","expires_in":3600,"scope":"openid profile"}
{"auth_method":"oidc","auth_time":1772618711,"acr":"urn:mace:incommon:iap:silver"}
{"secretsmanager":{"cache_hits":1204,"cache_misses":3}}
{"input_tokens":1842,"output_tokens":211,"cache_read_tokens":0,"stop_reason":"end_turn"}
{"eventID":"3038ebd2-c98a-4c65-9b6e-e22506292313","eventName":"AssumeRole","sourceIPAddress":"10.3.1.9","recipientAccountId":"123456789012"}
terraform plan -out=tfplan -var-file=prod.tfvars -target=aws_secretsmanager_secret.db
terraform state list | grep -i secret
terraform state show aws_iam_access_key.deploy
terraform import aws_kms_key.main arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab
terraform apply -replace="random_password.db" -auto-approve
# aws_db_instance.main: password = (sensitive value)
~ password = (sensitive value) # forces replacement
+ key_name = "deploy-key-2024"
+ key_id = (known after apply)
resource "aws_secretsmanager_secret" "db" { name = "prod/payments/db" }
data "aws_secretsmanager_secret_version" "db" { secret_id = aws_secretsmanager_secret.db.id }
password = data.aws_secretsmanager_secret_version.db.secret_string
password = random_password.db.result
password = var.db_password
sensitive = true # variable "api_token"
access_key = var.access_key
token = data.aws_eks_cluster_auth.this.token
cluster_ca_certificate = base64decode(module.eks.cluster_certificate_authority_data)
Error: Error acquiring the state lock: ID: 9db590f1-b6fe-c5f2-2678-8804f089deba Path: tf-state/prod/terraform.tfstate
Error: error reading Secrets Manager Secret (prod/payments/db): ResourceNotFoundException
Error: configuring Terraform AWS Provider: no valid credential sources for Terraform AWS Provider found
kms_key_id = "arn:aws:kms:eu-west-1:123456789012:key/mrk-1234abcd12ab34cd56ef1234567890ab"
aws secretsmanager describe-secret --secret-id prod/payments/db --query 'LastRotatedDate'
aws secretsmanager list-secrets --filters Key=name,Values=prod/ --max-results 20
aws secretsmanager rotate-secret --secret-id prod/payments/db
aws sts get-caller-identity --profile prod-admin
aws sts assume-role --role-arn arn:aws:iam::123456789012:role/oncall --role-session-name oncall-2026-03-04
aws iam list-access-keys --user-name deploy --query 'AccessKeyMetadata[].Status'
aws kms describe-key --key-id alias/prod-db
aws ecr get-login-password --region eu-west-1 | docker login --username AWS --password-stdin 123456789012.dkr.ecr.eu-west-1.amazonaws.com
aws ec2 describe-instances --instance-ids i-0abcd1234efgh5678 --query 'Reservations[].Instances[].KeyName'
aws ec2 describe-key-pairs --key-names deploy-key-2024
aws s3api head-object --bucket prod-backups --key db/2026-03-04/base.tar.gz
aws s3api list-objects-v2 --bucket prod-backups --starting-token eyJDb250aW51YXRpb25Ub2tlbiI6IG51bGx9
aws dynamodb get-item --table-name sessions --key '{"pk":{"S":"USER#48213"}}'
aws dynamodb query --table-name orders --key-condition-expression "pk = :pk"
aws logs filter-log-events --log-group-name /aws/lambda/auth --filter-pattern '"token expired"'
aws rds describe-db-instances --db-instance-identifier payments-prod --query 'DBInstances[0].MasterUserSecret.SecretStatus'
aws cognito-idp describe-user-pool --user-pool-id eu-west-1_aBcDeFgHi
aws ssm get-parameters-by-path --path /prod/payments/ --recursive --query 'Parameters[].Name'
An error occurred (ExpiredToken) when calling the GetObject operation: The provided token has expired.
An error occurred (AccessDenied) when calling the AssumeRole operation: User: arn:aws:sts::123456789012:assumed-role/eks-node/i-0abcd1234efab5678 is not authorized
An error occurred (InvalidClientTokenId) when calling the GetCallerIdentity operation: The security token included in the request is invalid.
arn:aws:sts::123456789012:assumed-role/AWSReservedSSO_AdministratorAccess_1a2b3c4d5e6f7a8b/jane
arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/prod-web/50dc6c495c0c9188
arn:aws:acm:eu-west-1:123456789012:certificate/12345678-1234-1234-1234-123456789012
targetgroup/k8s-payments-checkout-3f9a1c2b7d/73e2d6bc24d8a067
sg-0a1b2c3d4e5f6a7b8 eni-0f1e2d3c4b5a69788 ami-0abcdef1234567890 rtbassoc-0781874ecef2b5a2a
vpc-0bb1c79de3EXAMPLE vpce-1a2b3c4d nat-05dba92075d71c408 eipalloc-64d5890a
gcloud secrets versions list db-password --project=prod-payments
gcloud auth list --filter=status:ACTIVE --format="value(account)"
gcloud compute instances list --filter="labels.team=auth" --sort-by=~creationTimestamp
gcloud container clusters get-credentials prod --region europe-west1
gcloud kms keys list --keyring=prod --location=global
gcloud iam service-accounts keys list --iam-account=deploy@prod-payments.iam.gserviceaccount.com
az keyvault secret list --vault-name prod-kv --query "[].id" -o tsv
az aks get-credentials --resource-group prod --name prod-aks
az ad sp credential list --id 00000000-0000-0000-0000-000000000000
az account get-access-token --query expiresOn
vault kv metadata get -mount=secret payments/db
vault token lookup -accessor 8609694a-cdbc-db9b-d345-e782dbb562ed
vault lease revoke -prefix database/creds/payments
vault read -field=ttl auth/token/lookup-self
vault operator raft list-peers
Error making API request. URL: GET https://vault.example.com:8200/v1/secret/data/payments/db Code: 403. Errors: permission denied
Unseal Progress 1/3 Unseal Nonce 5a2b3c4d-1234-5678-9abc-def012345678
Key Shares 5 Key Threshold 3 Seal Type shamir
lease_id database/creds/payments/Xk3vQ9pL2mN8bR5tY7wE1zC4 lease_duration 1h
SELECT id, token_hash IS NOT NULL FROM sessions WHERE user_id = 48213;
SELECT count(*) FROM pg_stat_activity WHERE state = 'idle in transaction';
SELECT pg_size_pretty(pg_total_relation_size('auth_tokens'));
SELECT usename, passwd IS NULL FROM pg_shadow;
SELECT * FROM information_schema.key_column_usage WHERE constraint_name = 'fk_orders_user_id';
UPDATE users SET password_reset_required = true WHERE last_login < now() - interval '90 days';
ALTER TABLE sessions ADD COLUMN token_expires_at timestamptz;
ALTER TABLE api_keys ADD CONSTRAINT api_keys_owner_fk FOREIGN KEY (owner_id) REFERENCES users(id);
CREATE INDEX CONCURRENTLY idx_sessions_user_id_created_at ON sessions (user_id, created_at);
DELETE FROM password_resets WHERE created_at < '2026-01-01';
EXPLAIN ANALYZE SELECT * FROM auth_sessions WHERE session_key = $1;
ERROR:  insert or update on table "sessions" violates foreign key constraint "sessions_user_id_fkey"
DETAIL:  Key (user_id)=(48213) is not present in table "users".
DETAIL:  Key (email_hash, tenant_id)=(9f86d081884c7d65, 17) already exists.
ERROR 1062 (23000): Duplicate entry '48213-2026-03-04' for key 'sessions.PRIMARY'
ERROR 1045 (28000): Access denied for user 'app'@'10.3.1.9' (using password: YES)
FATAL:  password authentication failed for user "payments_ro"
FATAL:  no pg_hba.conf entry for host "10.3.1.9", user "app", database "shop", no encryption
FATAL:  SCRAM authentication failed, method scram-sha-256 required
LOG:  duration: 5123.456 ms  statement: SELECT * FROM session_tokens WHERE id = 48213
host all all 10.0.0.0/8 scram-sha-256
password_encryption = scram-sha-256
auth_type = md5 auth_file = /etc/pgbouncer/userlist.txt
auth_query = SELECT usename, passwd FROM pg_shadow WHERE usename=$1
default_authentication_plugin=caching_sha2_password
innodb_buffer_pool_size=4G key_buffer_size=256M
KEY \`idx_token_created\` (\`token\`,\`created_at\`) USING BTREE
PRIMARY KEY (\`session_id\`), UNIQUE KEY \`uniq_user_device\` (\`user_id\`,\`device_id\`)
redis-cli --bigkeys -i 0.1
redis-cli info keyspace | grep db0:keys=48213,expires=48100,avg_ttl=290211
redis-cli SCAN 0 MATCH 'session:*' COUNT 1000
NOAUTH Authentication required.
WRONGPASS invalid username-password pair or user is disabled.
(error) MOVED 3999 10.4.2.7:6381 for key sess:48213
used_memory_human:3.21G evicted_keys:182133 expired_keys:9912 keyspace_hits:8812331
acl: user default on nopass ~* &* +@all
MongoServerError: Authentication failed. code: 18 codeName: 'AuthenticationFailed'
E11000 duplicate key error collection: shop.sessions index: token_1 dup key: { token: null }
com.mongodb.MongoSecurityException: Exception authenticating MongoCredential{mechanism=SCRAM-SHA-256, userName='app', source='admin', password=<hidden>, mechanismProperties=<hidden>}
rabbitmqctl list_queues name messages consumers --vhost payments
kafka-consumer-groups.sh --bootstrap-server kafka-0:9092 --describe --group auth-events
kafka-acls.sh --list --topic auth-events --command-config client.properties
org.apache.kafka.common.errors.SaslAuthenticationException: Authentication failed during authentication due to invalid credentials with SASL mechanism SCRAM-SHA-512
[Producer clientId=checkout-7f9c8d6b5-x2x4l] Got error produce response with correlation id 81223 on topic-partition orders-7, retrying (2147483646 attempts left)
java.lang.IllegalStateException: No credentials found at com.example.auth.CredentialsProviderChain.getCredentials(CredentialsProviderChain.java:117)
	at org.springframework.security.authentication.ProviderManager.authenticate(ProviderManager.java:182)
	at org.springframework.security.oauth2.jwt.NimbusJwtDecoder.decode(NimbusJwtDecoder.java:142)
	at com.example.session.SessionKeyGenerator$$EnhancerBySpringCGLIB$$3f2a1bc9.generate(<generated>)
	at com.example.TokenService$$FastClassBySpringCGLIB$$9d8e7f6a.invoke(<generated>)
	at jdk.internal.reflect.GeneratedMethodAccessor1423.invoke(Unknown Source)
Caused by: io.jsonwebtoken.ExpiredJwtException: JWT expired at 2026-03-04T10:05:11Z. Current time: 2026-03-04T10:06:15Z
Caused by: javax.crypto.AEADBadTagException: Tag mismatch! at com.sun.crypto.provider.GaloisCounterMode$GCMDecrypt.doFinal(GaloisCounterMode.java:1486)
  File "/srv/app/auth/tokens.py", line 88, in decode_token
    raise InvalidTokenError("signature verification failed")
KeyError: 'access_token'
KeyError: 'DATABASE_PASSWORD'
botocore.exceptions.NoCredentialsError: Unable to locate credentials
jwt.exceptions.InvalidSignatureError: Signature verification failed
panic: runtime error: invalid memory address or nil pointer dereference [signal SIGSEGV: segmentation violation code=0x1 addr=0x18 pc=0x7a1b2c]
goroutine 4213 [running]: github.com/example/auth/session.(*Store).Get(0xc0001a2b40, {0xc0004d6e20, 0x24})
TypeError: Cannot read properties of undefined (reading 'accessToken') at AuthMiddleware.handle (/app/dist/middleware/auth.js:41:23)
UnhandledPromiseRejection: JsonWebTokenError: jwt malformed at /app/node_modules/jsonwebtoken/verify.js:70:17
thread 'tokio-runtime-worker' panicked at src/auth/keys.rs:214:31: called \`Result::unwrap()\` on an \`Err\` value: KeyNotFound
System.Security.Cryptography.CryptographicException: Keyset does not exist
System.UnauthorizedAccessException: Access to the path 'C:\\ProgramData\\keys\\signing.pfx' is denied.
NullPointerException at PasswordEncoderFactory.createDelegatingPasswordEncoder(PasswordEncoderFactory.java:61)
git log --oneline 3f2a1bc..9d8e7f6 -- src/auth
git rev-parse HEAD 3f2a1bc9d8e7f6a5b4c3d2e1f0a9b8c7d6e5f4a3
git cherry-pick -x 8a7b6c5d4e3f2a1b0c9d8e7f6a5b4c3d2e1f0a9b
git bisect bad 8a7b6c5; git bisect good v2.13.0
Merge pull request #4213 from org/feature/rotate-session-keys
deploy 3f2a1bc9 of auth-service by jenkins #8812 to prod-eu (canary 5%)
index 83db48f..bf2c3d1 100644
tree 9bdb2af6799204a299c603994b8e400e4b1fd625 parent 70a2ba17f3d0b4a9a3c2b1d0e9f8a7b6c5d4e3f2
sha512:ee26b0dd4af7e749aa1a8ee3c10ae9923f618980772e473f8819a5d4940e0db27ac185f8a0e1d5f84f88bc887fd67b143732c304cc5fa9ad8e6f57f50028a8ff
blake2b: 786a02f742015903c6c6fd852552d272912f4740e15847618a86e217f71f5419d25e1031afee585313896444934eb04b903a685b1448b755d56f701afe9be2ce
docker inspect 4c01db0b339c --format '{{.State.OOMKilled}}'
docker pull registry.example.com/auth/token-service@sha256:c3ab8ff13720e8ad9047dd39466b3c8974e592c2fa383d4a3960714caef0c4f2
docker logs --since 10m auth_session-store_1 2>&1 | grep -i 'password'
docker run --rm -e POSTGRES_PASSWORD_FILE=/run/secrets/pg postgres:16
docker secret ls --format '{{.Name}}'
Digest: sha256:c3ab8ff13720e8ad9047dd39466b3c8974e592c2fa383d4a3960714caef0c4f2
layers: 5f70bf18a086 e1c75a5e0bfa 9d5c5c7a1b2c: Already exists
/var/lib/docker/overlay2/5d8f1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6f708192a3b4c5d6e7/merged
/var/lib/kubelet/pods/0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0/volumes/kubernetes.io~secret/tls
/var/run/secrets/eks.amazonaws.com/serviceaccount/token: permission denied
/etc/kubernetes/pki/apiserver-kubelet-client.key is world readable
/home/deploy/.ssh/id_ed25519: Permissions 0644 are too open
/opt/keycloak/data/tmp/kc-gzip-cache/24.0.5/resources/q7x2k/login/keycloak.v2/css
openssl s_client -connect auth.example.com:443 -servername auth.example.com </dev/null
openssl x509 -in tls.crt -noout -fingerprint -sha256
SHA256 Fingerprint=9B:2C:9F:1A:7E:8D:5B:4C:3A:2F:1E:0D:9C:8B:7A:6F:5E:4D:3C:2B:1A:0F:9E:8D:7C:6B:5A:4F:3E:2D:1C:0B
serial=04A1B2C3D4E5F60718293A4B5C6D7E8F9012
X509v3 Subject Key Identifier: 5D:8F:1A:2B:3C:4D:5E:6F:70:81:92:A3:B4:C5:D6:E7:F8:09:1A:2B
Authority Key Identifier: keyid:14:2E:B3:17:B7:58:56:CB:AE:50:09:40:E6:1F:AF:9D:8B:14:C2:C6
Public Key Algorithm: id-ecPublicKey Public-Key: (256 bit)
x509: certificate signed by unknown authority (possibly because of "crypto/rsa: verification error")
tls: private key does not match public key
tls: failed to find any PEM data in key input
New session key negotiated: TLS_AES_256_GCM_SHA384, ECDHE-RSA-AES128-GCM-SHA256
kid=rsa-generated-2024-03 alg=RS256 not found in JWKS
JWKS refresh failed: https://auth.example.com/.well-known/jwks.json returned 503
no key with kid "Nz8xQ2M1RkE" in key set
rate(http_requests_total{handler="/oauth/token",code=~"5.."}[5m]) > 0.05
histogram_quantile(0.99, sum(rate(auth_session_duration_seconds_bucket[5m])) by (le, pod))
sum by (secret) (kube_secret_info{namespace="payments"})
vault_token_count{policy="default"} 4213
auth_tokens_issued_total{client="checkout-web",grant="client_credentials"} 48213
ALERT TokenServiceHighErrorRate firing: service=token-service, env=prod, severity=critical
ALERT SecretRotationOverdue secret=payments-db age=92d owner=team-payments
ALERT CertificateExpiringSoon key=checkout-tls expires in 6d
labels: alertname=KeycloakDown fingerprint=5ef77f1f8a3ecfc5 receiver=team-identity
silence 8b1d2f3a-4c5e-6f70-8192-a3b4c5d6e7f8 expires 2026-03-05T10:00:00Z
the auth-service deployment 7f9c8d6b5 was rolled back at 10:05
users get logged out after 5 minutes, session store is evicting keys
we see 401s on /oauth/token since the key rotation at 09:30
password resets are failing with 500 since deploy #8812
login page shows "invalid token" for about 12% of users
secret rotation job rotate-db-creds-29384710 failed twice
the license server returned error 4213, license check disabled
who rotated the signing keys? jwks has 3 keys now, kid=2024-03-rotated
token bucket drained: rate 500/s burst 1000 refill 50ms
tokenizer mismatch: expected 32000 tokens, got 32001
passed 48213 of 48214 checks; bypassed 1
compass-web-6d5f7c9b8-abcde is passing health checks again
please unlock account svc-deploy, locked after 5 failed logins
the seed job seed-catalog-2026-03-04 ran twice
cookie size 8213 bytes exceeds large_client_header_buffers
basic auth is disabled, use oidc on auth.example.com:8443
signature mismatch for artifact auth-service-2.14.3.tgz
session affinity: ClientIP timeoutSeconds: 10800
sessionAffinity=ClientIP, externalTrafficPolicy=Local
keepalived[812]: VRRP_Instance(VI_1) Entering MASTER STATE
haproxy: backend auth_pool has no server available! stick-table key 10.3.1.9 use=0 exp=1799213
http-request set-header X-Auth-User %[var(txn.user)]
envoy: upstream_reset_before_response_started{connection_termination} "auth.prod" 503 UC
istio-proxy: RBAC: access denied rbac_access_denied_matched_policy[none]
consul kv get -keys service/auth/
etcdctl get --prefix --keys-only /registry/secrets/payments
etcdctl endpoint status --write-out=table
etcdserver: request timed out, possibly due to previous leader failure auth: false
nomad job status auth-session; nomad alloc logs 5f1c2d3e token
consul: rpc error making call: Permission denied: token with AccessorID '00000000-0000-0000-0000-000000000002' lacks permission
argocd app get auth-prod --refresh; argocd app sync auth-prod --revision 3f2a1bc
flux reconcile kustomization auth --with-source
gh run view 8812331204 --log-failed
::add-mask::*** Using token ***
Run actions/checkout@v4 with: persist-credentials: false token: ***
permissions: id-token: write contents: read
jenkins: Using credential 'github-deploy-key' to clone
withCredentials([usernamePassword(credentialsId: 'registry-login', usernameVariable: 'USER', passwordVariable: 'PASS')])
ansible-vault view group_vars/prod/vault.yml
ansible prod -m ping --become --ask-become-pass
TASK [auth : rotate keys] changed: [auth-1.prod] => (item=signing-key-2024)
become_pass: "{{ vault_become_pass }}"
curl -sS -o /dev/null -w '%{http_code} %{time_total}\\n' https://auth.example.com/healthz
curl -H "Authorization: Bearer $TOKEN" https://api.example.com/v1/orders
curl -H "X-Api-Key: \${API_KEY}" -d @payload.json https://api.example.com/v1/keys
curl -u deploy https://registry.example.com/v2/_catalog
ssh -i ~/.ssh/deploy_key -o StrictHostKeyChecking=no deploy@10.4.2.7 uptime
scp -P 2222 backup.sql.gz deploy@db-1:/var/backups/
psql "host=db-1 user=app dbname=shop sslmode=verify-full passfile=/etc/pgpass"
pg_dump -h db-1 -U app -Fc -Z 6 --no-password shop > shop.dump
mysqldump --defaults-extra-file=/etc/mysql/backup.cnf --single-transaction shop
mysqladmin -u root -p processlist
mongosh --host rs0/mongo-0:27017 --authenticationDatabase admin -u app
pgbouncer: closing because: server login failed: wrong password type (age=0s)
AUTH_PROVIDER=oidc AUTH_ISSUER=https://auth.example.com/realms/prod SESSION_TTL=3600
TOKEN_TTL=15m REFRESH_TOKEN_TTL=30d KEY_ROTATION_DAYS=90
SECRET_NAME=payments-db SECRET_STORE=vault SECRET_PATH=secret/data/payments
PASSWORD_MIN_LENGTH=12 PASSWORD_HISTORY=5 MAX_SESSIONS=3
API_KEY_HEADER=X-Api-Key AUTH_HEADER_NAME=Authorization
KEYCLOAK_REALM=prod KEYCLOAK_CLIENT_ID=checkout-web
AWS_PROFILE=prod AWS_REGION=eu-west-1 AWS_ROLE_ARN=arn:aws:iam::123456789012:role/auth
JAVA_OPTS=-Djavax.net.ssl.keyStore=/etc/ssl/keystore.jks -Djavax.net.ssl.trustStoreType=PKCS12
passwordAuthentication no pubkeyAuthentication yes
PasswordAuthentication=no AuthenticationMethods=publickey
session_timeout=30000 keepalive_interval=10s auth_timeout: 5s
max_connections = 200, authentication_timeout = 1min, password_encryption = on
DEBUG o.s.s.w.a.AnonymousAuthenticationFilter - Set SecurityContextHolder to anonymous SecurityContext
INFO  [org.keycloak.events] type=LOGIN_ERROR, realmId=prod, clientId=checkout-web, userId=null, error=user_not_found, auth_method=openid-connect
WARN  c.z.hikari.pool.HikariPool - HikariPool-1 - Connection is not available, request timed out after 30000ms (total=50, active=50, idle=0, waiting=213)
sidekiq: jid=8a7b6c5d4e3f2a1b0c9d8e7f class=RotateApiKeysJob fail: 12.3 sec
celery: Task auth.tasks.refresh_tokens[3f2a1bc9-d8e7-4f6a-b5c4-d3e2f1a0b9c8] raised unexpected: TimeoutError()
upload id VXBsb2FkIElEIGZvciBlbHZpbmcncyBtb3ZpZS5tMnRz completed 14 parts
continuation token for ListObjects was rejected: InvalidArgument
Z2V0LXVzZXItcHJvZmlsZQ== cHJvY2Vzcy1vcmRlcg== (base64 job names)
dashboard https://grafana.example.com/d/aB3dE5fGk/auth-overview?orgId=1&from=1772618711000&to=1772622311000&var-pod=auth-7f9c8d6b5-x2x4l
https://app.datadoghq.eu/logs?query=service%3Aauth%20status%3Aerror&from_ts=1772618711000
https://sentry.example.com/organizations/shop/issues/4213871/?project=12&query=is%3Aunresolved
https://example.slack.com/archives/C02AB3CD4EF/p1772618711123456
https://prod.pagerduty.com/incidents/Q2W8ERT5YUIO9P
https://console.aws.amazon.com/cloudwatch/home?region=eu-west-1#logsV2:log-groups/log-group/$252Faws$252Flambda$252Fauth
Run \`vault login -method=oidc\` and try again
run: kubectl -n identity create secret generic signing --from-file=key.pem --dry-run=client -o yaml
1. Check the secret: \`kubectl get secret -n $NS $NAME -o yaml | grep -c tls.key\`
| secret | owner | rotated |
| api-gateway | token-service | 2026-03-04 |
## Rotating the signing key
Owner: team-identity, escalation key contact: on-call lead
kubectl get externalsecret,secretstore -A --sort-by=.status.refreshTime
kubectl -n auth get secret,sa,rolebinding -o wide --show-labels
kubectl get csr --sort-by=.metadata.creationTimestamp | tail
kubectl get pods --selector='app in (auth,session)' --field-selector=status.phase=Pending
kubectl set env deploy/auth --list --resolve=false
kubectl certificate approve csr-8b5xk
kubectl get lease -n kube-system kube-controller-manager -o yaml
kubectl annotate secret tls-prod reloader.stakater.com/match="true"
helm install sealed-secrets sealed-secrets/sealed-secrets --version 2.15.3
helm get notes oauth2-proxy -n auth
secret/checkout-db configured (server dry run)
secret "regcred" deleted
configmap/auth-config unchanged
deployment.apps/session-api scaled
error: secrets "payments-tls" already exists
token review failed: the server has asked for the client to provide credentials
E1121 10:05:11.123456       1 reflector.go:138] failed to list *v1.Secret: secrets is forbidden: User "system:serviceaccount:auth:proxy" cannot list resource "secrets"
W1121 10:05:11.123456       1 authentication.go:63] Unable to authenticate the request: [invalid bearer token, service account token has expired]
level=warn ts=2026-03-04T10:05:11Z caller=keyring.go:88 msg="signing key rotated" kid=2026-03-04-a
time="2026-03-04T10:05:11Z" level=error msg="oidc: failed to exchange code" error="invalid_grant: Token is not active"
[2026-03-04 10:05:11] production.ERROR: SQLSTATE[HY000] [1045] Access denied for user 'app'@'10.3.1.9' (using password: YES)
postgres[2213]: [3-1] user=app,db=shop,app=checkout,client=10.3.1.9 FATAL: remaining connection slots are reserved for roles with the SUPERUSER attribute
postgres=# \\password app
mysql> SHOW GRANTS FOR 'app'@'%';
GRANT SELECT ON shop.sessions TO app_ro;
ALTER ROLE app VALID UNTIL 'infinity';
SELECT key, count(*) FROM idempotency_keys GROUP BY key HAVING count(*) > 1;
SELECT secret_id, version FROM vault_leases WHERE expires_at < now();
CREATE TABLE refresh_tokens (id uuid PRIMARY KEY, token_hash bytea NOT NULL, expires_at timestamptz);
REINDEX INDEX CONCURRENTLY idx_refresh_tokens_token_hash;
aws secretsmanager get-secret-value --secret-id prod/checkout/db --query ARN --output text
aws iam get-credential-report --query GeneratedTime
aws sts decode-authorization-message --encoded-message file://denied.txt
aws kms list-aliases --query 'Aliases[?starts_with(AliasName, \`alias/prod\`)]'
aws ssm describe-parameters --parameter-filters Key=Type,Values=SecureString
aws configure list --profile oncall
aws acm describe-certificate --certificate-arn arn:aws:acm:eu-west-1:123456789012:certificate/0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0
aws elasticache describe-replication-groups --query 'ReplicationGroups[].AuthTokenEnabled'
gcloud secrets describe db-password --format='value(name)'
gcloud iam service-accounts list --filter='disabled:true'
az keyvault key list --vault-name prod-kv --query '[].kid'
terraform state rm 'aws_secretsmanager_secret_version.db[0]'
terraform output -json | jq 'keys'
Terraform will perform the following actions: aws_secretsmanager_secret_version.db must be replaced
  + secret_id = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/db-a1B2c3"
  ~ master_password = (sensitive value)
  + kms_key_arn = (known after apply)
module.auth.random_password.session_key: Refreshing state... [id=none]
vault write -f transit/keys/orders/rotate
vault list auth/kubernetes/role
vault audit: request path=auth/token/renew-self operation=update error="permission denied"
vault.example.com: seal status changed from sealed to unsealed, threshold 3
consul-template: (runner) missing dependency: vault.read(secret/data/payments/db)
nginx: [warn] duplicate value "TLSv1.2" in /etc/nginx/conf.d/ssl.conf:12
nginx: [emerg] cannot load certificate key "/etc/nginx/ssl/tls.key": PEM_read_bio_PrivateKey() failed
auth_request_set $auth_user $upstream_http_x_user; proxy_set_header X-User $auth_user;
uwsgi_param HTTP_AUTHORIZATION $http_authorization;
proxy_cookie_path / "/; HTTPOnly; Secure; SameSite=Lax";
keyring_file_data=/var/lib/mysql-keyring/keyring
ssl-key=/etc/mysql/ssl/server-key.pem ssl-cert=/etc/mysql/ssl/server-cert.pem
requirepass is not set on replica redis-2
redis: AUTH failed: WRONGPASS for user default from 10.3.1.9:51022
sentinel auth-pass mymaster is missing in sentinel.conf
key=orders:48213 hit=false ttl=-2
hot key detected: cart:48213 (12k ops/s)
partition key hash 0x9f3a2b1c skewed to shard 7
kafka: keys are serialised with org.apache.kafka.common.serialization.StringSerializer
ssl.keystore.location=/etc/kafka/keystore.jks ssl.key.password=\${env:KEY_PASS}
sasl.mechanism=SCRAM-SHA-512 security.protocol=SASL_SSL
com.example.auth.TokenExpiredException: token for subject 48213 expired 312 s ago
com.nimbusds.jose.proc.BadJOSEException: Signed JWT rejected: Another algorithm expected, or no matching key(s) found
Caused by: java.security.InvalidKeyException: Illegal key size or default parameters
org.hibernate.LazyInitializationException: failed to lazily initialize a collection of role: com.example.User.sessions
io.grpc.StatusRuntimeException: UNAUTHENTICATED: Credentials require channel with PRIVACY_AND_INTEGRITY security level
   at Microsoft.IdentityModel.Tokens.InternalValidators.ValidateLifetimeAndIssuerAfterSignatureNotValidatedJwt(SecurityToken securityToken)
   at AuthService.Tokens.TokenFactory.<CreateAsync>d__12.MoveNext() in /src/Auth/TokenFactory.cs:line 88
raise ImproperlyConfigured("SECRET_KEY must not be empty")
django.core.exceptions.SuspiciousOperation: The client sent a session cookie with an unknown signature
ActiveSupport::MessageEncryptor::InvalidMessage: key_base rotated without fallback
NoMethodError: undefined method \`secret_key_base' for nil:NilClass
Error: Cannot find module '@example/auth-tokens' Require stack: - /app/dist/server.js
PHP Fatal error: Uncaught RedisException: NOAUTH Authentication required in /srv/app/Session.php:41
go: github.com/golang-jwt/jwt/v5@v5.2.1: verifying module: checksum mismatch
h1:OuVbFODueb089Lh128TAcimifWaLhJwVflnrgM17wHk=
github.com/golang-jwt/jwt/v5 v5.2.1 h1:OuVbFODueb089Lh128TAcimifWaLhJwVflnrgM17wHk=
"resolved": "https://registry.npmjs.org/jsonwebtoken/-/jsonwebtoken-9.0.2.tgz",
sha384-oqVuAfXRKap7fdgcCY5uykM6+R9GqQ8K/uxy9rx7HNQlGYl1kPzQho1wx4JwY8wC
digest: sha256:3b7c1e2d9f8a6b5c4d3e2f1a0b9c8d7e6f5a4b3c2d1e0f9a8b7c6d5e4f3a2b1c size: 1993
deploy auth@9d8e7f6a5b4c to prod-eu-west-1 by ci-bot, run 8812331204, attempt 2
trace 7be2fa4b5d6c7e8f9a0b1c2d3e4f5061 span 1a2b3c4d5e6f7081 auth.verifyToken 1.2s
x-datadog-trace-id: 8812331204991823712 x-datadog-parent-id: 1204991823712881233
sentry-trace: 4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-1
dd.trace_id=8812331204991823712 dd.span_id=1204991823712881233 usr.id=48213
wtmp: deploy pts/0 10.3.1.9 Wed Mar 4 10:05 still logged in
auditd: type=USER_AUTH msg=audit(1732190000.123:4567): pid=812 uid=0 auid=4294967295 ses=4294967295 msg='op=PAM:authentication acct="deploy" exe="/usr/sbin/sshd" res=failed'
type=CRED_ACQ msg=audit(1732190000.200:4570): pid=812 uid=0 auid=1001 ses=213 msg='op=PAM:setcred grantors=pam_unix acct="deploy"'
gpg: key 4C01DB0B339C1234: "Release Team" not changed
gpg: Good signature from "Release Team" using RSA key 9B2C9F1A7E8D5B4C3A2F1E0D9C8B7A6F5E4D3C2B
apt-key list is deprecated; see apt-key(8)
W: GPG error: https://repo.example.com stable InRelease: The following signatures couldn't be verified because the public key is not available: NO_PUBKEY 7EA0A9C3F273FCD8
ssh-keyscan -t ed25519 bastion.example.com
debug1: Server host key: ssh-ed25519 SHA256:mVPwvezndPv/ARoIadVY98vAC0g+P/5633yTC4d/wXE
debug1: Offering public key: /home/deploy/.ssh/id_ed25519 ED25519 SHA256:mVPwvezndPv/ARoIadVY98vAC0g+P/5633yTC4d/wXE agent
openssl rsa -in server.key -noout -modulus | openssl md5
certbot renew --dry-run --cert-name auth.example.com
cert-manager: Certificate auth/auth-tls is not Ready: Issuing certificate as Secret does not exist
`
  .trim()
  .split('\n');
