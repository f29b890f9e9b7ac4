import type { PlatformName } from '../domain/thread-ref.ts';

/** A file as its platform hands it out; whoever reads it sets the limit for its size. */
export type OpenFile = {
  name: string;
  mediaType: string;
  /** What the platform says; the content may still be longer. */
  bytes: number;
  content: AsyncIterable<Uint8Array>;
};

/** Files that people shared where we can see them. */
export interface SharedFiles {
  /** Fails with `forbidden` or `not_found` when there is nothing to read. */
  open(platform: PlatformName, workspace: string, id: string): Promise<OpenFile>;
}
