import type { IncomingHttpHeaders } from 'node:http';

export type Dialect = 'openai' | 'anthropic' | 'huggingface' | 'ollama' | 'vllm';

/** One request as the service sees it. */
export type ProviderCall = {
  path: string;
  headers: IncomingHttpHeaders;
  /** The key that it came with, in whichever header the dialect has it. */
  key: string | undefined;
  body: Record<string, unknown>;
  isStream: boolean;
  /** Everything that the model gets to read. */
  prompt: string;
};

export type Behaviour =
  | Answer
  /** Fails with the dialect's own form of an error. */
  | { status: number; headers?: Record<string, string>; message?: string }
  /** Takes the request and never answers. */
  | 'hang'
  /** Closes the connection without an answer. */
  | 'reset'
  /** Breaks off in the middle: of the stream, or of the body. */
  | 'cut'
  /** Ends a stream in good order, but too early: without the reason why it stopped. */
  | 'unfinished'
  | 'refusal'
  | 'empty'
  /** Status 200 with a page in HTML, as gateways do. */
  | 'garbage'
  | ((call: ProviderCall) => Behaviour);

export type Answer = {
  /** Waits so long before it answers. */
  slowMs?: number;
  /** Answers with status 400 to a request that has one of these parameters, as newer models do. */
  refuses?: readonly string[];
  stop?: 'length';
  /** Leaves out how many tokens were used. */
  silent?: boolean;
} & (
  | { text: string }
  /** JSON, in the way of the dialect: as text, or as what a tool was called with. */
  | { value: unknown }
);

export type ProviderDouble = {
  /** What the base address of the provider is set to. */
  url: string;
  calls: ProviderCall[];
  say(...behaviours: Behaviour[]): void;
  close(): Promise<void>;
};
