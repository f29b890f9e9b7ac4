import { App, type Receiver } from '@slack/bolt';
import { z } from 'zod';
import { AppError } from '../../../src/domain/errors.ts';
import type { Logger } from '../../../src/ports/logger.ts';
import { clientOptions } from '../api/calls.ts';
import type { Take } from '../deliveries.ts';
import { isGoodbye } from '../read/happenings.ts';
import { respond } from '../respond.ts';
import type { Workspaces } from '../workspaces.ts';
import { receiverOf } from './ack-after.ts';
import { createBoltLogger } from './bolt-logger.ts';

export type AppOptions = {
  receiver: Pick<Receiver, 'init'>;
  workspaces: Workspaces;
  take: Take;
  apiUrl: string;
  logger: Logger;
};

const teamSchema = z.object({ teamId: z.string().min(1), enterpriseId: z.string().optional() });

/** Bolt verifies and says whose it is; what it means is decided in one place, by `take`. */
export function attachApp({ receiver, workspaces, take, apiUrl, logger }: AppOptions): void {
  const app = new App({
    receiver: receiverOf(receiver, respond),
    authorize: async ({ teamId, enterpriseId }) => {
      // Installed for a whole organisation, some deliveries name no workspace.
      const team = teamId ?? enterpriseId;
      if (team === undefined)
        throw new AppError('forbidden', 'Slack did not say for whom this is.');
      const { token, botUserId, botId } = await workspaces.of(team, enterpriseId);
      return {
        teamId: team,
        botToken: token,
        botUserId,
        ...(botId === undefined ? {} : { botId }),
        ...(enterpriseId === undefined ? {} : { enterpriseId }),
      };
    },
    clientOptions: clientOptions(apiUrl),
    logger: createBoltLogger(logger),
    // Our own messages are told apart while reading, and nothing here is kept between deliveries.
    ignoreSelf: false,
    convoStore: false,
    attachFunctionToken: false,
  });

  app.use(async ({ body, context, ...rest }) => {
    const { teamId, enterpriseId } = teamSchema.parse(context);
    if (isGoodbye(body)) {
      logger.warn('Slack says that Sitrep was uninstalled or its token was revoked.', {
        platform: 'slack',
      });
      return workspaces.leave(teamId, enterpriseId);
    }
    const workspace = await workspaces.of(teamId, enterpriseId);
    const answer = await take({ ...body }, workspace);
    if ('ack' in rest && typeof rest.ack === 'function') {
      // What it takes depends on what came; only slash commands are answered with a body.
      await (rest.ack as (response?: unknown) => Promise<void>)(answer);
    }
  });

  // What is thrown on from here is not acknowledged, and Slack delivers it again.
  app.error(async (error) => {
    // Bolt wraps what `authorize` threw.
    const refusal = 'original' in error ? error.original : undefined;
    if (refusal instanceof AppError && refusal.code === 'forbidden') {
      logger.info(FOREIGN, { platform: 'slack' });
      return;
    }
    const origin = refusal ?? error;
    logger.error('Something that Slack sent could not be taken.', { platform: 'slack' }, origin);
    throw origin;
  });
}

const FOREIGN =
  'Slack sent something for a workspace that has not installed Sitrep; it was ignored.';
