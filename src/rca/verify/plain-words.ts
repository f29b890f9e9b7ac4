import { stem } from '../words/stem.ts';

/**
 * Words that say nothing about which part failed: anybody telling any incident uses them. What is neither one
 * of them nor in the analysis is a claim from elsewhere when it stands where a cause or a name belongs.
 */
const PLAIN = `
a about above across act action actually add adding affect affecting after again against ago ahead all allow allowed allowing almost along
already also although always am amount an analysis and another any anybody anyone anything apart appear are area around as
aside ask at attempt available away back bad badly be became because become been before began begin beginning begun behind
being believe below best better between beyond big both break breakdown breaking brief briefly bring broad broadly broke broken
brought business but by call came can cannot care careful case cause causing central certain chain change changing check
checking clear clearly close closely come common company complete completely component concern condition confidence
confident confirm connect connected connection consequence consider consistently could cover crash critical cross current
customer customer-facing damage data day deal deep degraded delay depend dependency dependent did different difficulty digital direct
directly discover disrupt disruption do does done doubt down downtime due during each earlier early effect either else elsewhere end
engineer engineering enough entire entirely error essential estimate even event eventually every everybody everyone everything
evidence exact exactly examine example executive existing expect experience explain extend external extra fact fail failed
failing failure fall far fast faster fault faulty feature felt few final finally find finding first fit fix focus follow following for
form former found from front full fully function further future gave general get give given go goes going gone good got
great grew group had half hand happen hard has have having he heart heavily held help her here high higher highly hit hold how
however hurt idea identify if immediate impact impacting important improve in incident include including incorrect increase
indeed indicate individual information initial initially inner inside instead intend interest internal interruption into
investigate involve is issue it item its itself just keep key kind knock know known large last late later latest lead
leading least leave led left less let level life light like likely line link linked list little live long longer look lose
lost low lower made main mainly make making malfunction manage many mark matter may maybe mean meaning meant measure might
minor mistake misconfiguration misconfigured moment more most mostly move much must name nature near nearly necessary need never new
next no none nor normal normally not note nothing notice now number obvious occur of off offer often ok old on once one ongoing
only open operate operation operational or order ordinary origin original originate other our out outage outcome outside over overall own page part
particular partly party pass past path pattern pause people perform performance perhaps period person picture place plain plan platform
play please point poor position possible potential precede present pressure prevent previous primarily primary prior probable probably
problem process processing produce product program proper properly protect prove provide public pull purpose push put question quick
quickly quite raise ran range rate rather reach reaching react read ready real really reason receive recent recommend record recover recovery reduce
refuse regular reject relate related release reliable rely remain report request require required resolve respond response rest
restore result return review right rise risk role root rose run running said same sat saw say scale score second section
see seem seen send sense separate series serious service serve set setting setup severe severity shape share short shortly should show shown
side sign signal significant similar simple simply since single site situation slight slow slowdown slowed slower slowly small smooth so
software solve some someone something soon source spark speak specific spend spike spread stable stage standard start started state
status stay steady step still stop stopped story strain stream strength strong strongly struggle subsequent substantial such sudden suddenly
suffer suggest summary support supposed sure surface system take taken talk task team technical tell term test than that the their them then
there therefore these they thing think third this those though through throughout thus tie tightly time to today together told
too took top total touch toward trace traffic tried trigger trouble true try trying turn two type typical unable under underlying understand
unexpected unexpectedly unit unlikely until unusual up upstream downstream us use used user using usual usually value various very via view visible visitor wait
want warn warning was watch wave way we weak week well went were what when where whether which while who whole whom whose why wide
wider will window with within without word work working worse worst would write wrong yes yet you your zero
accept access account accurate activity additional alert alone anomaly apply appropriate assess assure attention automatic aware
blame block blocked bottleneck boundary build calm carry cascade catch challenge choose circumstance clean collapse combine complaint
concentrate conclude consistent contact contain contribute control correct correction correlated correlation correspond countermeasure culprit decline deeper define
degradation deliver demand deny describe detail determine develop diagnose drag driver drop elevated emerge enable ensure error-prone escalate
exceed explanation expose fallout fine flow force frequent frustrated frustration glitch grow guard handle health healthy hence hiccup hidden hour
ill implement improper inability inaccessible incorrectly indication inspect instability interact interrupt invalid isolate join journey jump
lack largely launch lesson load locate logic loss maintain meanwhile mechanism message minimal minute mitigate monitor monitoring moreover multiple
negative notable observe obtain offline online option organisation organization outright overload overloaded overwhelm pace party peak permit
phase piece poorly post precisely preliminary procedure propagate purchase quality quietly ratio reaction rejection relationship relation remedy repair
repeat repeated repeatedly replace representative resource responsible restart revert ripple routine safe safeguard safety satisfy schedule search seconds secure sequence
shop shopper silent skip solid sort speed stall statistic statistical strain stress subset succeed success successful supply surge suspect suspicion sustain
symptom tail target temporary thorough thoroughly threshold tightly transaction transfer translate unavailable unavailability unclear undergo unhealthy unresponsive unstable unstoppable update urgent valid
verify version victim vital volume weakness welcome worth yield
domino chokepoint trouble-maker offender fuse straight upset intermittent partial partially sluggish buckle buckled stumble stumbled falter faltered misbehave misbehaved misbehaving
monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december
nobody overnight midway here's alike apologise apologize inconvenience patience thank sorry revenue director executive isolation
background context conclusion recommendation timeline takeaway bottom-line overview synopsis headline
utc gmt am pm spearman mr ms dr i
`;

const STEMS = new Set(PLAIN.split(/\s+/).filter(Boolean).map(stem));
const ENDINGS = /(?:ingly|edly|ing|ed|ly|er|est|d|es)$/;

/** Whether a word, in whichever form, is one of everybody's. */
export function isPlain(word: string): boolean {
  const bare = stem(word);
  if (STEMS.has(bare) || bare.length < 2 || /^\d/.test(bare)) return true;
  const cut = bare.replace(ENDINGS, '');
  if (cut === bare || cut.length < 3) return false;
  return STEMS.has(cut) || STEMS.has(`${cut}e`) || STEMS.has(cut.replace(/(.)\1$/, '$1'));
}

/** Things that are named by the words before them: "the billing service". */
export const THINGS = new Set(
  (
    'service server api module component microservice platform endpoint worker pipeline container pod node ' +
    'handler manager controller layer backend subsystem system application app tier resolver ' +
    'machine deployment job lambda host'
  ).split(' '),
);

/** Things of which there are many, so that even an everyday word before them says which: "the mail gateway". */
export const NAMED_THINGS = new Set(
  (
    'database db gateway cache queue proxy cluster broker store balancer engine scheduler registry validator router ' +
    'daemon bus provider vendor firewall ledger warehouse portal datastore indexer mesh team region zone center centre ' +
    'bucket rack runner topic stream replica index table disk volume farm datacenter supplier partner department'
  ).split(' '),
);

/** Words before a thing that do not say which one it is. */
export const DESCRIBES = new Set(
  (
    'a an the our their its your this that these those each every any some no one another other same own single whole ' +
    'new old main major minor key core critical central important relevant right wrong responsible technical internal external ' +
    'shared common different several many few more most next last previous first second third busy full big large small ' +
    'engineering engineer operation operations support call on-call response product business whole company crisis review ' +
    'various specific particular certain similar adjacent nearby local remote good bad healthy slow own such which what'
  ).split(' '),
);

/** People and everyday things that end like programs do. */
export const MADE_OF_VERBS = new Set(
  (
    'user customer other another after under over order number matter manner center power paper letter answer offer former ' +
    'latter later earlier longer shorter faster slower higher lower greater smaller larger stronger weaker clearer deeper closer ' +
    'wider broader better either neither rather whether further never ever together however moreover consumer caller reader ' +
    'writer buyer seller shopper visitor engineer operator developer leader owner member partner stakeholder shareholder ' +
    'teller passenger traveller traveler driver trigger computer error factor behavior behaviour favor favour honor labor minor ' +
    'major prior interior exterior error mirror investor vendor actor author editor doctor director investigator observer ' +
    'responder winner loser layer corner border quarter chapter disaster character remainder reminder disorder answer barrier ' +
    'culprit offender contributor perpetrator troublemaker summer winter october november december september weather water danger ' +
    'finger anger hunger wonder encounter counter transfer suffer differ refer prefer consider discover recover deliver trader ' +
    'user monitor sponsor successor predecessor indicator denominator initiator instigator killer breaker maker dealbreaker ' +
    'dominator precursor forerunner harbinger domino floor door poor nor for or her per newer older easier harder simpler safer ' +
    'healthier quieter smoother tighter looser richer poorer fewer cleaner plainer'
  ).split(' '),
);

/** Well-known programs, and departments that services are named after: never a word by accident. */
export const NAMES_ELSEWHERE = new Set(
  (
    'redis kafka rabbitmq postgres postgresql mysql mariadb mongodb mongo cassandra elasticsearch opensearch memcached nginx apache envoy ' +
    'istio consul vault etcd zookeeper kubernetes docker jenkins terraform ansible aws azure gcp cloudflare akamai fastly stripe paypal twilio okta auth0 ' +
    'snowflake datadog splunk grafana prometheus salesforce oracle dynamodb s3 lambda sqs sns dns cdn ldap smtp vpn dhcp ntp oauth kerberos haproxy traefik ' +
    'billing inventory invoicing fulfilment fulfillment loyalty pricing promotion promotions wishlist logistics ledger warehouse procurement payroll onboarding subscription subscriptions geolocation telemetry ' +
    'ransomware malware hacker hackers attacker attackers phishing ddos cyberattack flood earthquake storm'
  ).split(' '),
);
