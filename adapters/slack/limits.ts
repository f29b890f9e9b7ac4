/**
 * What Slack accepts, as its reference documents it (docs.slack.dev/reference/block-kit). Lengths are counted in
 * UTF-16 units here, which are never fewer than the characters that Slack counts.
 */
export const LIMITS = {
  /** Blocks of a message, and of a home tab or modal. */
  blocks: 50,
  viewBlocks: 100,
  header: 150,
  /** One section's text; not documented for rich text, so the same is kept there. */
  section: 3_000,
  fields: 10,
  field: 2_000,
  elements: 25,
  button: 75,
  buttonValue: 2_000,
  options: 100,
  option: 75,
  optionValue: 150,
  placeholder: 150,
  contextText: 2_000,
  actionId: 255,
  blockId: 255,
  /** Slack cuts longer fallback texts; those above 40,000 it refuses. */
  text: 4_000,
  charts: 2,
  chartTitle: 50,
  chartSeries: 6,
  chartPoints: 20,
  chartSegments: 6,
  chartLabel: 20,
  tables: 2,
  tableRows: 100,
  tableColumns: 20,
  /** Slack says 10,000, without saying what it counts beside the text. */
  tableCharacters: 8_000,
  tablePage: 10,
  modalTitle: 24,
  input: 3_000,
} as const;

/**
 * All that a message shows. Slack answers msg_blocks_too_long somewhere above 13,000 characters without
 * documenting where; what does not fit goes into a file.
 */
export const MESSAGE_CHARACTERS = 11_000;

/** Code beyond this is handed out whole as a file, with its beginning on the card. */
export const LONGEST_CODE = 2_500;
export const CODE_BEGINNING = 600;

/** One quotation, one step: longer ones hide the others. */
export const LONGEST_QUOTE = 400;
