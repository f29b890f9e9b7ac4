import type { Action, Category, Severity } from '../../src/domain/taxonomy.ts';

/** What a source says about itself, as far as it says it in words that we know. */
export type Labels = {
  title?: string;
  category?: Category;
  severity?: Severity;
  action?: Action;
  service?: string;
  tags: string[];
  href?: string;
};

/** A piece of text that stays together: a paragraph, a list, a table, a fence of code, a heading. */
export type Block = {
  kind: 'heading' | 'text' | 'list' | 'table' | 'code';
  text: string;
  /** First line in the source, from 1. */
  line: number;
  /** Of a heading: its level and its words. */
  level: number;
  heading: string;
};

/** A source that was read: what it says, piece by piece. */
export type Page = {
  title: string;
  labels: Labels;
  blocks: Block[];
  /** What was not understood, for the report. */
  notes: string[];
};

/** What is found as one: a part of a page. */
export type Chunk = {
  section: string[];
  text: string;
  line: number;
};
