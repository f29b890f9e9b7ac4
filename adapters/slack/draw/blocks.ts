import type { KnownBlock } from '@slack/types';
import type { DataVisualizationBlock } from './chart.ts';

export type SlackBlock = KnownBlock | DataVisualizationBlock;

/** What goes beside a message: a text too long for it, or one that asked to be a file. */
export type DrawnFile = { name: string; text: string };
