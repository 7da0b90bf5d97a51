import { describe, expect, test } from '@jest/globals';
import { DocumentCache } from './document-cache.ts';

interface Order {
  readonly id: string;
  readonly lines?: readonly string[];
}

const LIMITS = { cachedDocumentsMax: 2, cachedDocumentCharsMax: 60, cachedCharsMax: 90 };
const row = (id: string, version: number, lines: readonly string[] = []) => {
  return { id, version, body: JSON.stringify({ id, lines }) };
};

function openCache() {
  const cache = new DocumentCache<Order>(LIMITS);
  const hold = (id: string): void => {
    cache.read(row(id, 1), true);
  };
  return { cache, hold };
}

describe('the documents that were read last', () => {
  test('are given again without being read, and nobody can change them', () => {
    const { cache } = openCache();
    const found = cache.read(row('a', 1, ['MUG']), true);
    expect(cache.get('a')).toBe(found);
    expect(() => (found.document.lines as string[]).push('JUG')).toThrow(TypeError);
  });

  test('are no more than the bound, the one that was used last stays', () => {
    const { cache, hold } = openCache();
    for (const id of ['a', 'b']) hold(id);
    cache.get('a');
    hold('c');
    expect(['a', 'b', 'c'].map((id) => cache.get(id)?.document.id)).toEqual(['a', undefined, 'c']);
  });

  test('are no more than take up the room that there is', () => {
    const { cache } = openCache();
    for (const id of ['a', 'b']) cache.read(row(id, 1, ['x'.repeat(30)]), true);
    expect(['a', 'b'].map((id) => cache.get(id)?.document.id)).toEqual([undefined, 'b']);
    cache.forget('b');
    cache.read(row('a', 1, ['x'.repeat(30)]), true);
    expect(cache.get('a')?.document.id).toBe('a');
  });

  test('do not take in lists and large documents', () => {
    const { cache } = openCache();
    cache.read(row('a', 1), false);
    cache.read(row('b', 1, ['x'.repeat(60)]), true);
    expect([cache.get('a'), cache.get('b')]).toEqual([undefined, undefined]);
  });

  test('are what was written once the commit is through, whatever the writer does to it', () => {
    const { cache, hold } = openCache();
    hold('a');
    const lines = ['MUG'];
    const kept = cache.prepare({ id: 'a', lines }, '{}') as NonNullable<ReturnType<typeof cache.prepare>>;
    lines.push('JUG');
    cache.written('a', 2);
    expect(cache.get('a')).toBeUndefined();
    cache.keep(kept, 2);
    expect(cache.get('a')).toEqual({ document: { id: 'a', lines: ['MUG'] }, version: 2 });
    expect(cache.prepare({ id: 'b' }, '{}')).toBeUndefined();
    expect(cache.prepare({ id: 'a', lines }, 'x'.repeat(61))).toBeUndefined();
  });

  test('a write that ends late does not take the place of a newer one, or of a deletion', () => {
    const { cache, hold } = openCache();
    hold('a');
    cache.written('a', 2);
    cache.written('a', 3);
    cache.keep({ document: { id: 'a' }, chars: 2 }, 2);
    expect(cache.get('a')).toBeUndefined();
    const newest = cache.read(row('a', 3), true);
    cache.keep({ document: { id: 'a', lines: ['OLD'] }, chars: 2 }, 3);
    expect(cache.get('a')).toBe(newest);
    cache.written('a', 4);
    cache.forget('a');
    cache.keep({ document: { id: 'a' }, chars: 2 }, 4);
    expect(cache.get('a')).toBeUndefined();
  });

  test('a list gives what is held of the same version alone', () => {
    const { cache } = openCache();
    const held = cache.read(row('a', 1), true);
    expect(cache.read(row('a', 1), false)).toBe(held);
    cache.written('a', 2);
    expect(cache.read(row('a', 2, ['NEW']), false)).toEqual({ document: { id: 'a', lines: ['NEW'] }, version: 2 });
  });
});
