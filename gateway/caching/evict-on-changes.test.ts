import { beforeEach, expect, test } from '@jest/globals';
import type { ChangeFeed, ChangeMessage } from '../../kernel/ports/change-feed.ts';
import { silentTelemetry } from '../../kernel/ports/silent-telemetry.ts';
import { FakeClock } from '../../kernel/testing/fake-clock.ts';
import { CacheStore } from './cache-store.ts';
import { evictOnChanges } from './evict-on-changes.ts';

let store: CacheStore;
let publish: (message: Partial<ChangeMessage>) => void;
let stop: () => void;
let changeFeed: ChangeFeed;

beforeEach(() => {
  store = new CacheStore({ bytesMax: 100_000, clock: new FakeClock(), telemetry: silentTelemetry });
  changeFeed = {
    publish: () => undefined,
    subscribe: (_context: string, listener: (message: ChangeMessage) => void) => {
      publish = (message) => listener({ context: 'stock', epoch: 'e', seq: 1, prevSeq: 0, records: [], ...message });
      return () => (publish = () => undefined);
    },
  };
  stop = evictOnChanges({ changeFeed, contexts: ['stock'], store });
  publish({ seq: 0, prevSeq: 0 });
  for (const value of ['a', 'b'])
    store.put({
      key: value,
      text: value,
      expiresAtMs: store.expiryAfter(1_000),
      tags: [{ context: 'stock', value }],
      since: store.position,
    });
});

const kept = (): string[] => ['a', 'b'].filter((key) => store.get(key) !== undefined);
const recordOf = (sku: string) => ({
  event: 'availability-changed',
  key: `${sku}|web`,
  version: 1,
  value: { sku, available: 5 },
});

test('a change forgets what depends on a word of its record', () => {
  publish({ seq: 1, records: [recordOf('a')] });
  expect(kept()).toEqual(['b']);
});

test('changes that follow each other forget nothing else, heartbeats and those of a twin included', () => {
  publish({ seq: 5, prevSeq: 0 });
  publish({ seq: 6, prevSeq: 5, records: [recordOf('z')] });
  publish({ seq: 6, prevSeq: 4 });
  expect(kept()).toEqual(['a', 'b']);
});

test('changes that were lost forget everything of the context', () => {
  publish({ seq: 5, prevSeq: 0 });
  publish({ seq: 9, prevSeq: 8 });
  expect(kept()).toEqual([]);
});

test('what was told before anything was heard is forgotten, because changes may have been lost before', () => {
  stop();
  stop = evictOnChanges({ changeFeed, contexts: ['stock'], store });
  publish({ seq: 5, prevSeq: 5 });
  expect(kept()).toEqual([]);
});

test('another log forgets everything of the context', () => {
  publish({ seq: 5, prevSeq: 0 });
  publish({ epoch: 'f', seq: 1, prevSeq: 0 });
  expect(kept()).toEqual([]);
});

test('nothing is heard any more after the end', () => {
  stop();
  publish({ records: [recordOf('a')] });
  expect(kept()).toEqual(['a', 'b']);
});
