export type PartStatus = 'up' | 'degraded' | 'down';

export type PartHealth = {
  status: PartStatus;
  /** One sentence for people: what is wrong and what it means, or which part it is when all is well. */
  detail: string;
};

/** One part of the running product that can say how it is. */
export interface Part {
  readonly name: string;
  /** Without this part the product cannot do its work: it is not ready while the part is down. */
  readonly needed: boolean;
  /** Answers within a second or two and never throws. */
  health(): Promise<PartHealth>;
}
