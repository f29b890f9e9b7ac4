import { z } from 'zod';
import { AppError } from '../../../src/domain/errors.ts';
import type { OpenFile } from '../../../src/ports/shared-files.ts';
import { fileInfo, uploadPlace } from './answers.ts';
import { CALL_TIMEOUT_MS, type Call } from './calls.ts';
import { translate } from './errors.ts';
import { readAhead } from './read-ahead.ts';

export type Files = {
  /** Puts a text into a channel or thread, as a file that can be opened and saved. */
  share(
    token: string,
    where: { channel: string; thread?: string | undefined },
    file: { name: string; text: string },
  ): Promise<void>;
  open(token: string, id: string): Promise<OpenFile>;
};

/** A large log over a slow line; whoever reads it has a limit of their own for its size. */
const DOWNLOAD_TIMEOUT_MS = 60_000;

/** What is held in memory is bounded by the size that Slack says, which whoever reads it has agreed to. */
const SLACK_MISCOUNTS_BY = 65_536;

const shared = z.looseObject({});

export function createFiles({ call, apiUrl }: { call: Call; apiUrl: string }): Files {
  return {
    async share(token, { channel, thread }, { name, text }) {
      const content = new TextEncoder().encode(text);
      const place = await call(
        token,
        'files.getUploadURLExternal',
        { filename: name, length: content.byteLength },
        uploadPlace,
      );
      const response = await reach(place.upload_url, {
        method: 'POST',
        headers: { 'content-type': 'application/octet-stream' },
        body: content,
        signal: AbortSignal.timeout(CALL_TIMEOUT_MS),
      });
      await response.body?.cancel();
      if (!response.ok) throw new AppError('unavailable', 'Slack did not take the file.');
      const files = [{ id: place.file_id, title: name }];
      await call(
        token,
        'files.completeUploadExternal',
        { files, channel_id: channel, ...(thread === undefined ? {} : { thread_ts: thread }) },
        shared,
      );
    },

    async open(token, id) {
      const { file } = await call(token, 'files.info', { file: id }, fileInfo);
      const address = file.url_private_download ?? file.url_private;
      if (address === undefined || !isOfSlack(address, apiUrl)) {
        throw new AppError(
          'forbidden',
          'This file is not kept by Slack, so Sitrep cannot read it.',
        );
      }
      const response = await reach(address, {
        headers: { authorization: `Bearer ${token}` },
        redirect: 'error',
        signal: AbortSignal.timeout(DOWNLOAD_TIMEOUT_MS),
      });
      const type = response.headers.get('content-type') ?? '';
      // Without the right to read it, Slack shows a page for signing in.
      if (!response.ok || (type.startsWith('text/html') && file.mimetype !== 'text/html')) {
        await response.body?.cancel();
        throw new AppError(
          response.status >= 500 ? 'unavailable' : 'forbidden',
          'Slack did not hand out the file.',
        );
      }
      const { name, mimetype: mediaType, size: bytes } = file;
      return { name, mediaType, bytes, content: chunks(response, bytes) };
    },
  };
}

async function reach(address: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(address, init);
  } catch (error) {
    throw translate({ original: error });
  }
}

async function* chunks({ body }: Response, bytes: number): AsyncGenerator<Uint8Array> {
  if (body === null) return;
  try {
    yield* readAhead(body, bytes + SLACK_MISCOUNTS_BY);
  } catch (error) {
    throw translate({ original: error });
  }
}

/** The token goes nowhere else, whatever address a file claims to have. */
function isOfSlack(address: string, apiUrl: string): boolean {
  const { protocol, hostname, origin } = new URL(address);
  if (origin === new URL(apiUrl).origin) return true;
  return protocol === 'https:' && (hostname === 'slack.com' || hostname.endsWith('.slack.com'));
}
