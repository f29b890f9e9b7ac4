import { isObject, type JsonObject } from '../json.ts';
import { type Check, checkItems, checkLength, checkOneOf } from './checks.ts';

/** Limits of tables and charts, as https://docs.slack.dev/reference/block-kit/blocks publishes them. */

const CELLS = ['raw_text', 'raw_number', 'rich_text'];
const MOST_TABLE_CHARACTERS = 10_000;

function checkCells(
  check: Check,
  rows: unknown[],
  header: readonly string[],
  pointer: string,
): void {
  let characters = 0;
  for (const [i, row] of rows.entries()) {
    const cells = checkItems(check, row, 1, 20, `${pointer}/rows/${i}`);
    for (const [j, cell] of cells.entries()) {
      const at = `${pointer}/rows/${i}/${j}`;
      if (!isObject(cell)) {
        check.complain('must be an object', at);
        continue;
      }
      checkOneOf(check, cell.type, i === 0 ? header : CELLS, `${at}/type`);
      if (cell.type === 'raw_text') checkLength(check, cell.text, 10_000, `${at}/text`);
      if (cell.type === 'raw_number' && typeof cell.value !== 'number') {
        check.complain('must be a number', `${at}/value`);
      }
      const content = cell.text ?? cell.value ?? cell.elements ?? '';
      characters += (typeof content === 'string' ? content : JSON.stringify(content)).length;
    }
  }
  if (characters > MOST_TABLE_CHARACTERS) {
    check.complain(`must be less than ${MOST_TABLE_CHARACTERS + 1} characters`, `${pointer}/rows`);
  }
}

export function checkTable(check: Check, block: JsonObject, pointer: string): void {
  const rows = checkItems(check, block.rows, 1, 100, `${pointer}/rows`);
  checkCells(check, rows, CELLS, pointer);
  if (block.column_settings !== undefined) {
    checkItems(check, block.column_settings, 0, 20, `${pointer}/column_settings`);
  }
}

export function checkDataTable(check: Check, block: JsonObject, pointer: string): void {
  checkLength(check, block.caption, 3000, `${pointer}/caption`);
  const rows = checkItems(check, block.rows, 2, 101, `${pointer}/rows`);
  checkCells(check, rows, ['raw_text', 'raw_number'], pointer);
  const widths = new Set(rows.map((row) => (Array.isArray(row) ? row.length : 0)));
  if (widths.size > 1)
    check.complain('all rows must have the same number of cells', `${pointer}/rows`);
  const size = block.page_size;
  if (size !== undefined && (typeof size !== 'number' || size < 1 || size > 100)) {
    check.complain('must be between 1 and 100', `${pointer}/page_size`);
  }
}

export function checkChart(check: Check, block: JsonObject, pointer: string): void {
  checkLength(check, block.title, 50, `${pointer}/title`);
  const { chart } = block;
  const at = `${pointer}/chart`;
  if (!isObject(chart)) {
    check.complain('missing required field: chart', pointer);
    return;
  }
  checkOneOf(check, chart.type, ['pie', 'bar', 'area', 'line'], `${at}/type`);
  if (chart.type === 'pie') checkSegments(check, chart, at);
  else checkSeries(check, chart, at);
}

function checkSegments(check: Check, chart: JsonObject, pointer: string): void {
  const segments = checkItems(check, chart.segments, 1, 6, `${pointer}/segments`);
  for (const [i, segment] of segments.entries()) {
    const at = `${pointer}/segments/${i}`;
    if (!isObject(segment)) check.complain('must be an object', at);
    else {
      checkLength(check, segment.label, 20, `${at}/label`);
      if (typeof segment.value !== 'number' || !(segment.value > 0)) {
        check.complain('must be greater than 0', `${at}/value`);
      }
    }
  }
}

/** Every series has one point for every category, under a name of its own. */
function checkSeries(check: Check, chart: JsonObject, pointer: string): void {
  const axis = isObject(chart.axis_config) ? chart.axis_config : {};
  if (!isObject(chart.axis_config)) check.complain('missing required field: axis_config', pointer);
  const categories = checkItems(check, axis.categories, 1, 20, `${pointer}/axis_config/categories`);
  for (const [i, category] of categories.entries()) {
    checkLength(check, category, 20, `${pointer}/axis_config/categories/${i}`);
  }
  for (const label of ['x_label', 'y_label']) {
    if (axis[label] !== undefined) {
      checkLength(check, axis[label], 50, `${pointer}/axis_config/${label}`);
    }
  }
  const names = new Set<unknown>();
  const series = checkItems(check, chart.series, 1, 6, `${pointer}/series`);
  for (const [i, one] of series.entries()) {
    const at = `${pointer}/series/${i}`;
    if (!isObject(one)) {
      check.complain('must be an object', at);
      continue;
    }
    checkLength(check, one.name, 20, `${at}/name`);
    if (names.has(one.name)) check.complain('series names must be unique', `${at}/name`);
    names.add(one.name);
    const points = checkItems(check, one.data, 1, 20, `${at}/data`);
    const labels = points.map((point) => (isObject(point) ? point.label : undefined));
    const fits =
      new Set(labels).size === categories.length &&
      labels.length === categories.length &&
      labels.every((label) => categories.includes(label));
    if (!fits) check.complain('data labels must match axis_config categories', `${at}/data`);
    for (const [j, point] of points.entries()) {
      if (!isObject(point) || !Number.isFinite(point.value)) {
        check.complain('must be a number', `${at}/data/${j}/value`);
      }
    }
  }
}
