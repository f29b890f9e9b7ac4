/** What an alert says, without what its system wraps around it. */
export type AlertText = {
  /** Its name, summary and description; of any other text, all of it. */
  telling: string;
  /** Values of labels that are neither the one nor mere furniture: of what service, by which job. */
  labels: string;
};

/** In lower case, without underscores and blanks. */
const TELLING = new Set(
  `alertname alarmname alarmdescription description summary message title subject reason text name output problem
   error errormessage body details check checkname metric metricname monitorname rulename alert headline
   shortdescription longdescription`.split(/\s+/),
);
const FURNITURE = new Set(
  `status state severity priority urgency receiver fingerprint groupkey version type eventtype id number orgid team env
   environment region cluster zone account awsaccount awsaccountid accountid arn alarmarn topicarn folder
   grafanafolder value values valuestring metricvalue tags timestamp time date startsat endsat started ended updatedat
   createdat triggeredat statechangetime statechange oldstatevalue newstatevalue statechangetime truncatedalerts source
   silence dashboard panel view link url href runbook signature signatureversion messageid unsubscribeurl prometheus
   escalationpolicy assignee ruleid ruleuid alertuid notificationtype action client clientversion routingkey dedupkey
   priority commonlabels stateinsufficientdata evalmatches imageurl threshold period unit statistic`.split(
    /\s+/,
  ),
);
const FURNITURE_LINE = [
  /^%%%$/,
  /^\W*(?:firing|resolved|alerting|triggered|labels|annotations|alarm details|monitored metric|state change actions|threshold|ok|alarm|insufficient_data)\W*$/i,
  /^you are receiving this (?:e-?mail|message|notification)/i,
  /^(?:this|the) (?:monitor|alert|alarm|rule) (?:was|is) (?:last )?(?:triggered|fired|firing|created|raised)/i,
  /^view this (?:alarm|alert|incident|monitor)/i,
  /^(?:\W*\[[^\]]{1,40}\]\(\S+\))+/,
  /^\W*(?:\w+ )?https?:\/\/\S+\W*$/i,
];
/** Of `Key: value`, `- key = value` and the like. */
const LABEL_LINE = /^\s*(?:[-*•]\s*)?([A-Za-z][\w .-]{0,30}?)\s*(?:=|:(?=\s|$))\s*(.*)$/;
const BRACKETED_STATE =
  /\[(?:firing|resolved|alerting|triggered|warn|ok|re-triggered|no data)[^\]]{0,120}\]/gi;
const DEEPEST = 8;

const keyOf = (key: string) => key.toLowerCase().replace(/[^a-z]/g, '');
const isFurniture = (key: string) => FURNITURE.has(key) || /(?:url|arn|id|time|at)$/.test(key);

export function readAlertText(text: string): AlertText {
  return fromJson(text) ?? fromLines(text) ?? { telling: text, labels: '' };
}

function fromJson(text: string): AlertText | undefined {
  const start = text.indexOf('{"') >= 0 ? text.indexOf('{"') : text.search(/\{\s*"/);
  const end = text.lastIndexOf('}');
  if (start < 0 || end <= start) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text.slice(start, end + 1));
  } catch {
    return undefined;
  }
  const telling = new Set<string>();
  const labels = new Set<string>();
  collect(value, '', 0, telling, labels);
  if (telling.size === 0) return undefined;
  const around = `${text.slice(0, start)}\n${text.slice(end + 1)}`.trim();
  return {
    telling: [...(around === '' ? [] : [around]), ...telling].join('\n'),
    labels: [...labels].join('\n'),
  };
}

function collect(
  value: unknown,
  key: string,
  depth: number,
  telling: Set<string>,
  labels: Set<string>,
): void {
  if (depth > DEEPEST) return;
  if (typeof value === 'string') {
    if (TELLING.has(key)) telling.add(value);
    else if (!isFurniture(key) && !/^https?:/.test(value)) labels.add(value);
  } else if (Array.isArray(value)) {
    for (const one of value) collect(one, key, depth + 1, telling, labels);
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, one] of Object.entries(value)) {
      // A rule's name is telling, a service's is a label, and both are called `name` or `summary`.
      const inside = /^(?:service|team|escalationpolic(?:y|ies)|user|assignees?|responders?)$/.test(
        key,
      );
      collect(one, inside ? '' : keyOf(name), depth + 1, telling, labels);
    }
  }
}

/** At least so many lines of furniture make a text one that a system wrote. */
const FEWEST_FURNITURE = 2;
const LONGEST_FURNITURE = 400;

function fromLines(text: string): AlertText | undefined {
  const telling = new Set<string>();
  const labels = new Set<string>();
  let furniture = 0;
  for (const line of text.split('\n')) {
    const plain = line.replace(BRACKETED_STATE, ' ').replace(/%{3}/g, ' ').trim();
    if (plain === '') continue;
    const [, name = '', value = ''] = LABEL_LINE.exec(plain) ?? [];
    const key = keyOf(name);
    const isFrame =
      plain.length <= LONGEST_FURNITURE && FURNITURE_LINE.some((pattern) => pattern.test(plain));
    if (isFrame || (key !== '' && isFurniture(key))) {
      furniture += 1;
    } else if (TELLING.has(key)) {
      telling.add(value);
    } else if (key !== '' && /^\s*[-*•]\s/.test(line) && plain.includes(' = ')) {
      labels.add(value);
    } else {
      telling.add(plain);
    }
  }
  if (furniture < FEWEST_FURNITURE || telling.size === 0) return undefined;
  return { telling: [...telling].join('\n'), labels: [...labels].join('\n') };
}
