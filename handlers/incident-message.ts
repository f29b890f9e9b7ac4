import { eventKey, type MessageEvent } from '../src/domain/event.ts';
import type { Incident } from '../src/domain/incident.ts';
import { isIncidentChannel } from '../src/domain/incident-channel.ts';
import { alertFingerprint, isReport } from '../src/triage/index.ts';
import { endAlert, endOwnAlert, flapping } from './alert-over.ts';
import type { Answer, HandlerContext, Outcome } from './context.ts';
import { addEvidence } from './evidence.ts';
import { joinOpen } from './join.ts';
import { newestIncidents } from './newest-incidents.ts';
import { report } from './report.ts';

/** A message is evidence in an incident's thread, a report in an incident channel, and else not for us. */
export async function onMessage(context: HandlerContext, event: MessageEvent): Promise<Heard> {
  if (event.text.trim() === '' && !event.files?.length) return IGNORED;
  const settings = await context.channels.settings(event.where);
  if (settings?.mode === 'off') return IGNORED;
  const announce = settings?.mode === 'verbose';
  if (event.where.thread !== undefined)
    return { outcome: await inThread(context, event, announce) };
  const watched =
    settings?.watched === true || isIncidentChannel(event.channelName, context.incidentChannels);
  if (!watched) return IGNORED;
  return event.actor.isBot
    ? { outcome: await fromBot(context, event, announce) }
    : fromPerson(context, event);
}

/** What came of a message; with a card for whoever wrote it and nobody else. */
type Heard = { outcome: Outcome } | Answer;

const IGNORED: Heard = { outcome: 'ignored' };

async function fromPerson(context: HandlerContext, event: MessageEvent): Promise<Heard> {
  if (!isReport(event.text, false, context.classifier)) return IGNORED;
  const joined = await joinOpen(context, event);
  if (!joined) return { outcome: await newReport(context, event) };
  await readFiles(context, event, joined.incident);
  return joined;
}

async function fromBot(
  context: HandlerContext,
  event: MessageEvent,
  announce: boolean,
): Promise<Outcome> {
  if (!isReport(event.text, true, context.classifier)) return endAlert(context, event);
  if (await context.inbox.has(eventKey(event))) return 'duplicate';
  const again = (await openOfSameAlert(context, event)) ?? (await flapping(context, event));
  return again ? evidence(context, event, again, announce) : newReport(context, event);
}

async function newReport(context: HandlerContext, event: MessageEvent): Promise<Outcome> {
  const where = { ...event.where, thread: event.messageId };
  const { incident, outcome } = await report(context, event, where);
  await readFiles(context, event, incident);
  return outcome;
}

/** Other bots in the thread talk among themselves; of them only the one that reported it has a say: it is over. */
async function inThread(
  context: HandlerContext,
  event: MessageEvent,
  announce: boolean,
): Promise<Outcome> {
  const incident = await context.incidents.byThread(event.where);
  if (incident && event.actor.isBot) return endOwnAlert(context, event, incident);
  return incident ? evidence(context, event, incident, announce) : 'ignored';
}

/** An alert that fires again while its incident is open is no new incident. */
async function openOfSameAlert(
  context: HandlerContext,
  event: MessageEvent,
): Promise<Incident | undefined> {
  const open = await newestIncidents(context, event.where, 'open');
  const key = eventKey(event);
  const same = alertFingerprint(event.text);
  return open.find(
    (incident) => incident.eventKey !== key && alertFingerprint(incident.text) === same,
  );
}

async function evidence(
  context: HandlerContext,
  event: MessageEvent,
  incident: Incident,
  announce: boolean,
): Promise<Outcome> {
  await readFiles(context, event, incident);
  if (event.text.trim() === '') return 'recorded';
  return addEvidence(context, event, incident, { announce });
}

async function readFiles(
  context: HandlerContext,
  event: MessageEvent,
  { id }: Incident,
): Promise<void> {
  for (const file of event.files ?? []) await context.enqueue.readFile(id, file, event);
}
