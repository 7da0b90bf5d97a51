import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';

const ROOT = join(import.meta.dirname, '..');
const PAGE = readFileSync(join(ROOT, 'docs', 'invariants.md'), 'utf8');
const numbers = (letter: string, ...ids: readonly number[]): string[] => ids.map((id) => `${letter}${id}`);
const PROMISED = [
  ...Array.from({ length: 23 }, (_, index) => `I${index + 1}`),
  ...numbers('I', 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 40, 41, 44, 45, 46, 48),
  ...numbers('F', 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 20, 21, 26),
];

interface Row {
  readonly id: string;
  readonly files: readonly string[];
  readonly tests: readonly { readonly file: string; readonly title: string }[];
}

function readRows(): readonly Row[] {
  return PAGE.split('\n').flatMap((line): Row[] => {
    const [, id = '', , enforced = '', shown = ''] = line.split('|').map((cell) => cell.trim());
    if (!/^[IF]\d+$/.test(id)) return [];
    const files = [...enforced.matchAll(/`([^`]+\.ts)`/g)].map(([, file = '']) => file);
    const tests = [...shown.matchAll(/`([^`]+\.ts)` "([^"]+)"/g)].map(([, file = '', title = '']) => ({ file, title }));
    return [{ id, files, tests }];
  });
}

/** The words of every title in a test file; titles may be cut into several lines. */
function titlesOf(file: string): string {
  return existsSync(join(ROOT, file)) ? readFileSync(join(ROOT, file), 'utf8') : '';
}

describe('the page of promises', () => {
  const rows = readRows();

  test('has each promise once', () => {
    expect(rows.map(({ id }) => id).toSorted()).toEqual(PROMISED.toSorted());
  });

  test('names modules that exist', () => {
    const missing = rows.flatMap(({ id, files }) =>
      files.filter((file) => !existsSync(join(ROOT, file))).map((file) => `${id}: ${file}`),
    );
    expect(missing).toEqual([]);
  });

  test.each(rows.map(({ id, tests }) => ({ id, tests })))('names tests that exist for $id', ({ tests }) => {
    expect(tests.length).toBeGreaterThan(0);
    const missing = tests.filter(({ file, title }) => !titlesOf(file).includes(title));
    expect(missing).toEqual([]);
  });
});
