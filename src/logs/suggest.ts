import type { LogAnomaly, LogPattern } from './result.ts';

const MOST_ACTIONS = 5;

/** What to look at first. Which team and which remedy is for the triage to say, which reads this as evidence. */
export function suggestActions(
  anomalies: readonly LogAnomaly[],
  patterns: readonly LogPattern[],
): string[] {
  const actions: string[] = [];
  const firstError = anomalies
    .filter(({ kind, at }) => kind === 'new' && at !== undefined)
    .toSorted((a, b) => (a.at ?? '').localeCompare(b.at ?? ''))[0];
  if (firstError?.at) {
    actions.push(
      `Look for a deploy or a change just before ${firstError.at.slice(0, 19)}: ${firstError.template} is new since then.`,
    );
  }
  for (const anomaly of anomalies) {
    const pattern = patterns.find(({ id }) => id === anomaly.templateId);
    if (anomaly.kind === 'burst') actions.push(burstAction(anomaly, pattern));
    if (anomaly.kind === 'silence') {
      actions.push(`Check that whatever writes "${anomaly.template}" still runs: it stopped.`);
    }
  }
  return [...new Set(actions)].slice(0, MOST_ACTIONS);
}

function burstAction(anomaly: LogAnomaly, pattern: LogPattern | undefined): string {
  const single = pattern?.variables.find(
    ({ distinct, top }) => distinct > 1 && isDominated(top, pattern.count),
  );
  const who = single?.top[0];
  if (single && who) {
    return `Start with ${single.name} ${who.value}: it is in ${who.count} of ${pattern?.count} lines of "${anomaly.template}".`;
  }
  return `Find out what makes "${anomaly.template}" come ${anomaly.observed} times at once.`;
}

function isDominated(top: readonly { count: number }[], count: number): boolean {
  return (top[0]?.count ?? 0) > count / 2;
}
