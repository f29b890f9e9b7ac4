import { stem } from './stem.ts';

/**
 * Names of products that people run or are told about by alerts, and words for matters of everyday life and of the
 * office. A question that says one is about it, and a page that does not say it rarely answers. What stands here is
 * a name and hardly anything else where operations people talk; names in one line stand for one another.
 */
const NAMES = `
  3par
  activemq artemis
  adfs
  aerospike
  airflow dag dags
  alertmanager
  ansible
  anyconnect
  appdynamics
  arangodb
  argocd argo
  artifactory jfrog
  aruba clearpass
  asterisk freepbx pjsip freeswitch
  atlassian jira confluence
  auth0
  bacula bareos
  barracuda
  bigquery
  bitbucket
  blazemeter
  caddy
  camunda zeebe
  cassandra scylla scylladb
  celery
  ceph osd osds rgw rados
  certmanager
  chef
  cics jes2 racf zos mainframe abend
  citrix vda netscaler
  clamav
  clickhouse
  cockroachdb crdb cockroach
  concourse
  consul
  cosmosdb
  couchbase xdcr
  couchdb
  crowdstrike falcon
  crowdsec
  cups
  cyberark
  cyrus
  dagster
  databricks
  db2
  dbt
  debezium
  dovecot
  druid
  dynamodb
  dynatrace oneagent
  eks
  elastic elasticsearch opensearch
  emqx mosquitto mqtt
  envoy istio
  etcd
  exim
  f5 bigip
  fastly cloudflare akamai cloudfront cdn
  filebeat metricbeat
  firebase
  flink
  fluentd fluentbit
  flux fluxcd
  fortigate fortinet
  freeipa
  freeradius radius
  gatling
  gerrit
  gitea
  gitlab gitaly sidekiq
  glassfish
  gluster glusterfs
  grafana
  graylog
  hadoop ambari cloudera hdfs yarn namenode datanode
  hana sap abap idoc netweaver
  haproxy
  harbor
  hazelcast
  helm
  heroku
  hive
  hyperv
  iis
  infinispan
  influxdb telegraf
  informatica
  isilon
  jaeger
  jenkins
  jitsi
  juniper junos
  jupyter jupyterhub
  kafka
  keepalived
  keycloak
  keystone
  kibana
  kong
  kubeflow
  kubestatemetrics
  kubevirt
  ldap openldap
  liferay
  linkerd
  litespeed
  logstash
  loki
  longhorn
  magento
  mailchimp
  mariadb mysql galera
  mattermost
  meilisearch
  memcached
  meraki
  mikrotik
  milvus
  mimir cortex
  minecraft
  minio
  mlflow
  moodle
  mongodb mongo mongos mongod
  mssql sqlserver
  mulesoft
  jetstream
  neo4j
  netapp snapmirror ontap
  netdata
  nexus
  nextcloud owncloud
  nginx
  nifi
  nomad
  nutanix
  okta
  openebs
  opensearch
  openshift
  openstack nova neutron
  openvpn
  opentelemetry otel otelcol
  oracle
  outlook
  paloalto globalprotect
  papercut
  patroni
  pgbouncer
  phpfpm
  plc scada
  postfix
  postgres postgresql
  powerbi
  prefect
  presto trino
  prometheus promtail
  proxmox
  puppet
  pulsar
  puma
  pytorch tensorflow cuda
  qdrant
  qlik
  qualys
  rabbitmq
  redis
  redshift
  rook
  rspamd spamassassin
  rundeck
  salesforce
  saltstack
  samba
  sccm
  scom
  servicenow
  sharepoint
  shopify
  shopware
  smartermail
  snowflake
  solarwinds
  solr
  sonarqube
  spark
  spinnaker
  splunk
  squid
  stackstorm
  strimzi
  supabase
  superset
  synology
  tableau
  talend
  teamcity
  temporal
  tempo
  tenable nessus
  teradata
  terraform
  thanos
  tibco
  tidb tikv
  timescaledb
  tomcat
  traefik
  triton
  typesense
  typo3
  ubiquiti unifi
  unity
  uwsgi
  varnish
  vault
  vcenter vsphere vmware esxi vsan
  velero
  veeam
  vertica
  victoriametrics vmagent vmstorage
  vitess
  voip sip voicemail
  weaviate
  weblogic websphere
  wordpress
  wso2
  yugabyte
  zebra
  zeek
  zookeeper
  zscaler
  zfs
  activedirectory
  powerscale storwize flasharray purestorage vmax powermax
  datadomain commvault netbackup rubrik cohesity zerto
  firebird informix singlestore greenplum impala kudu pinot questdb rethinkdb ravendb dgraph foundationdb voltdb
  ibmmq rocketmq nsq zeromq solace
  sendmail zimbra sendgrid mailgun proofpoint mimecast
  avaya cucm kamailio opensips genesys pbx
  drupal joomla prestashop woocommerce hybris
  navision netsuite workday peoplesoft
  travis circleci bamboo buildkite tekton gocd
  huggingface vllm sagemaker xgboost
  newrelic instana librenms cacti
  infoblox sonicwall watchguard pfsense opnsense arista infiniband
  unreal roblox fortnite
  openvz lxd rancher tanzu
  sophos mcafee symantec kaspersky sentinelone
  slurm lustre gpfs beegfs
  siemens profinet historian
  intune jamf airprint
  geoserver matomo rocketchat discourse bigbluebutton
  graphite statsd collectd
  opa kyverno gatekeeper
  knative openfaas
  pihole
  nominatim
  oozie sqoop
  orthanc dicom pacs
  epic fhir hl7
  odoo
  asana trello notion miro
  figma photoshop illustrator
  zoom webex
  arangodb
  backstage
  blockchain ethereum bitcoin
  boomi
  cilium calico
  crossplane
  forklift
  hbase
  ignite
  kiali
  matlab
  modbus opcua
  podman
  qnap
  rsyslog
  snmp
  sybase
  wazuh
  xen xenserver

  agreement clause nda jurisdiction
  allergy
  bake baking oven
  basketball
  beer wine cocktail
  birthday
  boil boiled
  bonus
  bread dough flour
  pancake
  canteen
  dog pet
  chess
  chicken beef pork
  contract contracts
  copyright trademark patent
  cook cooking recipe
  court lawyer lawsuit attorney
  diet calories
  egg eggs
  excel powerpoint
  football soccer
  gdpr
  gym
  guitar piano
  headset headphones
  holiday vacation
  joke poem
  keyboard mouse
  landlord rent
  laptop
  liability
  dinner breakfast
  marathon
  meat
  meeting
  mortgage
  movie novel song
  passport visa
  pasta rice soup sauce salad
  payslip salary
  pizza
  planet moon
  printer printers toner
  resignation
  salt sugar butter
  shoe shirt dress
  swimming
  tennis
  vegan
  wedding
`;

const GROUPS = new Map<string, readonly string[]>();
for (const line of NAMES.trim().split('\n')) {
  const group = line.trim().split(/\s+/).map(stem);
  for (const name of group) GROUPS.set(name, [...(GROUPS.get(name) ?? []), ...group]);
}

/** The names that stand for the subject that this term names; none where it names none. */
export function subjectNames(term: string): readonly string[] {
  return GROUPS.get(term) ?? [];
}
