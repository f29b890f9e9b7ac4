import type { Action } from '../../domain/taxonomy.ts';
import type { Step } from '../../domain/triage.ts';

type Suggestion = Required<Pick<Step, 'text' | 'check' | 'risk' | 'rollback'>>;

/**
 * What to do first by the kind of remedy that the local model would try. It names the right one in fewer than
 * half of the cases, so this is a suggestion, and only where no runbook and no past incident says better.
 */
const SUGGESTIONS: Record<Action, Suggestion> = {
  rollback: {
    text: 'See what was released or changed just before this began, and take that back.',
    check: 'Errors fall to their usual level within minutes of the change being back.',
    risk: 'Data that the new version wrote may not fit the old one.',
    rollback: 'Release the new version again.',
  },
  fix_config: {
    text: 'Compare the settings in force with the last ones that worked, and put the difference right.',
    check: 'The component takes the setting and its errors stop.',
    risk: 'A setting that is shared changes more than this one component.',
    rollback: 'Put the former value back; keep a copy of it before you change it.',
  },
  fix_code: {
    text: 'Find the input or the path that fails and switch it off or guard it, until the code is mended.',
    check: 'The error no longer appears for new requests of that kind.',
    risk: 'What is switched off is missing for those who need it.',
    rollback: 'Switch it on again.',
  },
  restart: {
    text: 'Save logs and a dump of one instance, then restart one instance and watch it.',
    check: 'The restarted instance stays healthy for ten minutes while the others do not.',
    risk: 'What it had in memory is lost, and the cause may be lost with it.',
    rollback: 'None is needed; stop if the restarted one fails in the same way.',
  },
  scale: {
    text: 'Add capacity where it is saturated, after checking that what stands behind it can bear more.',
    check: 'Saturation falls and waiting times follow.',
    risk: 'More instances open more connections to what stands behind them.',
    rollback: 'Go back to the former size.',
  },
  shed_load: {
    text: 'Turn away or slow down the least important traffic until the rest is served again.',
    check: 'Waiting times of the important requests are back to normal.',
    risk: 'Whoever is turned away is not served.',
    rollback: 'Lift the limit in steps.',
  },
  failover: {
    text: 'Make sure that the standby is healthy and up to date, then move to it.',
    check: 'Traffic is served by the standby and the old one takes no writes.',
    risk: 'What was not yet copied is lost; two that both take writes drift apart.',
    rollback: 'Move back once the first is healthy and has caught up.',
  },
  repair_data: {
    text: 'Stop what writes the wrong data, find out since when and which rows, and keep a copy before repairing.',
    check: 'A sample of repaired rows agrees with its source, and no new wrong ones appear.',
    risk: 'A repair that is wrong itself destroys what could still have been saved.',
    rollback: 'Put the copy back.',
  },
  tune_query: {
    text: 'Find the statement that takes the most time or holds the lock, and end, limit or speed it up.',
    check: 'Waiting sessions are gone and the time of the usual statements is back.',
    risk: 'Ending a statement undoes its work, and that takes time too.',
    rollback: 'Run the statement again when it is quiet.',
  },
  free_space: {
    text: 'Find what grew, and move or compress it; make room before deleting anything.',
    check: 'Free space stays above the alert line for half an hour.',
    risk: 'What looks like an old file may still be open or be needed for recovery.',
    rollback: 'Move it back.',
  },
  replace_hardware: {
    text: 'Take the broken part out of service so that nothing depends on it, then have it replaced.',
    check: 'Work has moved elsewhere and its health checks are green.',
    risk: 'With less redundancy the next failure is felt at once.',
    rollback: 'Put the part back into service if it proves to be sound.',
  },
  rotate_credentials: {
    text: 'Issue a new credential, bring it to everybody who uses it, then withdraw the old one.',
    check: 'Logs show only the new one in use, and refusals stop.',
    risk: 'Whoever was forgotten is locked out when the old one is withdrawn.',
    rollback: 'Let the old one live a little longer, unless it has leaked.',
  },
  renew_certificate: {
    text: 'Renew the certificate, install it with its whole chain, and reload what serves it.',
    check: 'A client from outside sees the new end date and trusts the chain.',
    risk: 'Clients that pin the old certificate refuse the new one.',
    rollback: 'Put the old one back if it is still valid.',
  },
  contain_attack: {
    text: 'Isolate what is affected, keep its logs and memory, withdraw the access that was used, and call security.',
    check: 'No new traces of the same kind appear elsewhere.',
    risk: 'Switching machines off destroys evidence.',
    rollback: 'Lift the isolation piece by piece once security agrees.',
  },
  engage_provider: {
    text: "Look at the provider's status page, open a ticket with times and request ids, and switch to a fallback if there is one.",
    check: 'The provider confirms, and your own error rate follows its recovery.',
    risk: 'A fallback that was never tried may fail too.',
    rollback: 'Switch back once the provider has been stable for a while.',
  },
  investigate: {
    text: 'Find out what changed shortly before it began: releases, settings, traffic, certificates, the provider.',
    check: 'One change explains when it began and whom it affects.',
    risk: 'None; it only looks.',
    rollback: 'None is needed.',
  },
};

export function suggestionFor(action: Action): Step {
  return { ...SUGGESTIONS[action], dangerous: false, from: SUGGESTION };
}

/** Where a step comes from that nobody wrote for this case. */
export const SUGGESTION = 'a suggestion of the local model';
