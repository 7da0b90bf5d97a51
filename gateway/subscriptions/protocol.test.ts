import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { DEFAULT_CLIENT_LIMITS } from '../limits/client-limits.ts';
import { SUBSCRIPTION_LIMITS } from './subscription-limits.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const protocol = readFileSync(join(import.meta.dirname, 'PROTOCOL.md'), 'utf8');

test('every test that the protocol names for a guarantee is there', () => {
  const named = [...protocol.matchAll(/`([\w./-]+\.(?:test|e2e)\.ts)`/g)].map(([, file = '']) => file);
  expect(named.length).toBeGreaterThan(20);
  const missing = named.filter((file) => !existsSync(join(import.meta.dirname, file)) && !existsSync(join(ROOT, file)));
  expect(missing).toEqual([]);
});

test('every limit that the protocol names is one', () => {
  const [, section = ''] = protocol.split('## Limits');
  const named = [...section.matchAll(/`(\w+(?:Max|Ms))`/g)].map(([, name = '']) => name);
  expect(named.length).toBeGreaterThan(15);
  const known = new Set([...Object.keys(SUBSCRIPTION_LIMITS), ...Object.keys(DEFAULT_CLIENT_LIMITS)]);
  expect(named.filter((name) => !known.has(name) && name !== 'retryAfterMs')).toEqual([]);
});
