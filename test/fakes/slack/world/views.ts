import type { JsonObject } from '../json.ts';
import type { View } from './records.ts';

/** Slack stacks at most three modals. */
const MOST_STACKED = 3;

export function createViews(nextId: (prefix: string) => string) {
  const views = new Map<string, View>();
  const openOf = (user: string) =>
    [...views.values()].filter((view) => view.user === user && view.open);

  return {
    byId: (id: string) => views.get(id),
    byExternalId: (externalId: string) =>
      [...views.values()].find((each) => each.open && each.view.external_id === externalId),
    /** Topmost last. */
    openOf,

    /** Undefined when the stack is full. */
    open(workspace: string, user: string, view: JsonObject, onto?: View): View | undefined {
      if (onto && openOf(user).length >= MOST_STACKED) return undefined;
      if (!onto) for (const old of openOf(user)) old.open = false;
      const id = nextId('V');
      const made: View = {
        id,
        workspace,
        user,
        hash: nextId('h'),
        view,
        root: onto?.root ?? id,
        previous: onto?.id,
        open: true,
        errors: {},
      };
      views.set(id, made);
      return made;
    },

    update(known: View, view: JsonObject): void {
      known.view = view;
      known.hash = nextId('h');
      known.errors = {};
    },
  };
}
