import { el } from './dom.js';

export const EXAMPLE = '/triage checkout is timing out since 10:05';

/** What a newcomer sees first: what to type, and what will happen then. */
export function emptyChannel(channel, onExample) {
  const incident = channel.startsWith('inc');
  return el(
    'div',
    { class: 'empty' },
    el('h2', {}, incident ? 'All quiet here' : 'Tell Sitrep what is wrong'),
    incident
      ? el(
          'p',
          {},
          'In an incident channel, such as #inc-checkout, Sitrep reads along. Write what you see, in your own words: every new message is taken as a report and answered in its thread.',
        )
      : el(
          'p',
          {},
          'Say ',
          el('code', {}, '/triage'),
          ' and what you see, in your own words. A card appears here with what kind of incident it is, how bad, and how sure that is. It stays up to date while you add what you find in its thread.',
        ),
    el(
      'button',
      {
        class: 'plain example',
        on: { click: () => onExample(incident ? EXAMPLE.slice(8) : EXAMPLE) },
      },
      el('span', {}, 'Try it: '),
      el('code', {}, incident ? EXAMPLE.slice(8) : EXAMPLE),
    ),
  );
}
