import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readEdgeConfig } from '../gateway/edge-config.ts';
import { DEFAULT_GATEWAY_LIMITS } from '../gateway/gateway-limits.ts';
import { EMPTY_MANIFEST } from '../gateway/documents/document-manifest.ts';
import { ERROR_CODES } from '../schema/errors.ts';

const PAGE = readFileSync(join(import.meta.dirname, '..', 'docs', 'edge.md'), 'utf8');
const ROWS = [...PAGE.matchAll(/^\| `(\w+)` +\| ([\d,]+|no bound) +\|.*\| (?:`(\w+)`)? *\|$/gm)];

describe('the page about the edge', () => {
  test('lists every limit with its default, and no other', () => {
    const listed = ROWS.map(([, name = '', value = '']) => [
      name,
      value === 'no bound' ? Infinity : Number(value.replaceAll(',', '')),
    ]);
    expect(Object.fromEntries(listed)).toEqual(DEFAULT_GATEWAY_LIMITS);
  });

  test('names codes that are registered', () => {
    const codes = ROWS.flatMap(([, , , code]) => code ?? []);
    expect(codes.length).toBeGreaterThan(10);
    expect(codes.filter((code) => !Object.hasOwn(ERROR_CODES, code))).toEqual([]);
  });

  test('shows a configuration that is taken', () => {
    const example = /```json\n([^]*?)```/.exec(PAGE)?.[1] ?? '';
    const read = readEdgeConfig(example, { readFile: () => JSON.stringify(EMPTY_MANIFEST), isProduction: true });
    expect(read.policy.clientOverrides).toEqual({ 'partner-acme': { requestsPerWindowMax: 600 } });
  });
});
