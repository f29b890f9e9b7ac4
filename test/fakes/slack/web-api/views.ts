import type { JsonObject } from '../json.ts';
import { checkView } from '../limits/views.ts';
import { viewShape } from '../world/shapes.ts';
import type { World } from '../world/world.ts';
import { type Call, type Method, Refusal, refuse, type Surroundings } from './call.ts';
import { withIds } from './drafts.ts';

export function viewMethods({ world, takeTrigger }: Surroundings): Record<string, Method> {
  const open = (call: Call, onTop: boolean) => {
    const user = takeTrigger(call.arguments.required('trigger_id'));
    const onto = onTop ? world.views.openOf(user).at(-1) : undefined;
    if (onTop && !onto) throw new Refusal('not_found');
    const view = world.views.open(call.workspace.id, user, takeView(world, call, 'modal'), onto);
    if (!view) throw new Refusal('push_limit_reached');
    world.messages.changed();
    return { view: viewShape(world, view) };
  };

  return {
    'views.open': { token: 'bot', run: (call) => open(call, false) },

    'views.push': { token: 'bot', run: (call) => open(call, true) },

    'views.update': {
      token: 'bot',
      run(call) {
        const id = call.arguments.text('view_id');
        const externalId = call.arguments.text('external_id');
        const view =
          id === undefined ? world.views.byExternalId(externalId ?? '') : world.views.byId(id);
        if (!view?.open) throw new Refusal('not_found');
        const hash = call.arguments.text('hash');
        if (hash !== undefined && hash !== view.hash) throw new Refusal('hash_conflict');
        world.views.update(view, takeView(world, call, 'modal'));
        world.messages.changed();
        return { view: viewShape(world, view) };
      },
    },

    'views.publish': {
      token: 'bot',
      run(call) {
        const user = call.arguments.required('user_id');
        if (!world.users.has(user)) throw new Refusal('user_not_found');
        const view = takeView(world, call, 'home');
        world.homes.set(user, view);
        world.messages.changed();
        const id = world.nextId('V');
        return {
          view: viewShape(world, {
            id,
            workspace: call.workspace.id,
            user,
            hash: world.nextId('h'),
            view,
            root: id,
            previous: undefined,
            open: false,
            errors: {},
          }),
        };
      },
    },
  };
}

function takeView(world: World, call: Call, type: 'modal' | 'home'): JsonObject {
  const view = call.arguments.object('view', 'invalid_arguments');
  const problem = checkView(view, type, call.workspace.olderPlan);
  if (problem) throw refuse(problem);
  return withBlockIds(world, view ?? {});
}

export function withBlockIds(world: World, view: JsonObject): JsonObject {
  return { ...view, blocks: withIds(world, (view.blocks ?? []) as JsonObject[]) };
}
