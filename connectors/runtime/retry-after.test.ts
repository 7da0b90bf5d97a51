import { expect, test } from '@jest/globals';
import { retryAfterMs } from './retry-after.ts';

const NOW_MS = Date.UTC(2026, 0, 5, 9);

test.each([
  ['3', 3_000],
  ['0', 0],
  ['Mon, 05 Jan 2026 09:00:10 GMT', 10_000],
  ['Mon, 05 Jan 2026 08:59:00 GMT', 0],
  ['soon', undefined],
  [undefined, undefined],
])('reads Retry-After %p as %p ms', (header, waitMs) => {
  expect(retryAfterMs(header, NOW_MS)).toBe(waitMs);
});
