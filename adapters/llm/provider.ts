/** What every provider can do, in our words; what lies above it is the same for all of them. */
export interface Provider {
  readonly name: string;
  readonly model: string;
  /** One request, without retries; fails with an `AppError`. */
  send(request: ProviderRequest): Promise<ProviderReply>;
}

export type Turn = { role: 'user' | 'assistant'; text: string };

export type ProviderRequest = {
  instructions: string;
  turns: readonly Turn[];
  /** The answer is to be JSON of this shape. The instructions say so, too: not every server knows how. */
  shape?: { name: string; schema: Record<string, unknown> } | undefined;
  signal: AbortSignal;
  /** Hears the answer as it comes. */
  onText?: ((piece: string) => void) | undefined;
};

export type ProviderReply = {
  text: string;
  inputTokens: number;
  outputTokens: number;
  stop: 'end' | 'length' | 'refusal' | 'other';
};

/** How one provider is reached and asked. */
export type ProviderOptions = {
  apiKey?: string | undefined;
  baseURL: string;
  model: string;
  maxTokens: number;
  temperature: number;
};
