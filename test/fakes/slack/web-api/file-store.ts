import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBody } from '../http.ts';
import type { World } from '../world/world.ts';

/** Takes the bytes of an upload: as they are, or as the one file of a form. */
export async function takeUpload(
  world: World,
  request: IncomingMessage,
  response: ServerResponse,
  id: string,
): Promise<void> {
  const file = world.files.get(id);
  const body = await readBody(request);
  if (!file || file.content.length > 0) {
    response.writeHead(404).end();
    return;
  }
  file.content = await contentOf(request.headers['content-type'] ?? '', body);
  response.writeHead(200).end(`OK - ${file.content.length}`);
}

async function contentOf(type: string, body: Buffer): Promise<Buffer> {
  if (!type.startsWith('multipart/form-data')) return body;
  const form = await new Response(new Uint8Array(body), {
    headers: { 'content-type': type },
  }).formData();
  for (const value of form.values()) {
    if (typeof value !== 'string') return Buffer.from(await value.arrayBuffer());
  }
  return Buffer.alloc(0);
}

/** Private files need the token; without one Slack answers with its sign-in page and status 200. */
export function sendFile(
  world: World,
  request: IncomingMessage,
  response: ServerResponse,
  id: string,
): void {
  const token = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const file = world.files.get(id);
  const workspace = file && world.workspaces.get(file.workspace);
  if (!workspace || token !== workspace.botToken || workspace.refused !== undefined) {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    response.end('<!DOCTYPE html><html><head><title>Sign in to Slack</title></head></html>');
    return;
  }
  response.writeHead(200, {
    'content-type': 'application/octet-stream',
    'content-length': file.content.length,
  });
  response.end(file.content);
}
