import { describe, expect, test } from '@jest/globals';
import { sha256 } from '../planner/open-planner.ts';
import { readManifest } from './document-manifest.ts';
import type { RegisteredOperation } from './document-manifest.ts';
import { DocumentRegister } from './document-register.ts';
import { readDocuments } from './read-documents.ts';

const [KNOWN, OTHER] = ['query A { a }', 'query B { b }'];
const operations: readonly RegisteredOperation[] = [{ id: sha256(KNOWN), name: 'A', type: 'query', body: KNOWN }];
const refusedAs = (code: string) => expect.objectContaining({ code });

describe('a registered document', () => {
  test.each([true, false])('is known by its hash (only registered ones are run: %s)', (onlyRegistered) => {
    const register = new DocumentRegister({ operations, onlyRegistered });
    expect(register.resolve({ hash: sha256(KNOWN) })).toBe(KNOWN);
    expect(register.resolve({ hash: sha256(KNOWN), query: KNOWN })).toBe(KNOWN);
    expect(register.resolve({ query: KNOWN })).toBe(KNOWN);
  });

  test('is all that is run where that is asked for', () => {
    const register = new DocumentRegister({ operations, onlyRegistered: true, automatic: true });
    const refused = refusedAs('DOCUMENT_NOT_TRUSTED');
    expect(() => register.resolve({ query: OTHER })).toThrow(refused);
    expect(() => register.resolve({ query: `${KNOWN} ` })).toThrow(refused);
    expect(() => register.resolve({ query: OTHER, hash: sha256(OTHER) })).toThrow(refused);
    expect(() => register.resolve({ hash: sha256(OTHER) })).toThrow(refusedAs('PERSISTED_QUERY_NOT_FOUND'));
    expect(() => register.resolve({ query: OTHER, hash: sha256(KNOWN) })).toThrow(refusedAs('BAD_USER_INPUT'));
  });
});

describe('automatic persisted queries', () => {
  test('are off by default, and say so', () => {
    const register = new DocumentRegister();
    expect(register.resolve({ query: OTHER, hash: sha256(OTHER) })).toBe(OTHER);
    expect(() => register.resolve({ hash: sha256(OTHER) })).toThrow(refusedAs('PERSISTED_QUERY_NOT_SUPPORTED'));
  });

  test('are remembered under their hash, in a bounded number', () => {
    const register = new DocumentRegister({ automatic: true, automaticMax: 2 });
    const texts = ['{ a }', '{ b }', '{ c }'];
    expect(() => register.resolve({ hash: sha256('{ a }') })).toThrow(refusedAs('PERSISTED_QUERY_NOT_FOUND'));
    for (const query of texts) register.resolve({ query, hash: sha256(query) });
    expect(register.resolve({ hash: sha256('{ c }') })).toBe('{ c }');
    expect(() => register.resolve({ hash: sha256('{ a }') })).toThrow(refusedAs('PERSISTED_QUERY_NOT_FOUND'));
  });

  test('are not remembered under a hash of something else', () => {
    const register = new DocumentRegister({ automatic: true });
    const poisoned = { query: '{ evil }', hash: sha256('{ a }') };
    expect(() => register.resolve(poisoned)).toThrow(refusedAs('BAD_USER_INPUT'));
    expect(() => register.resolve({ hash: sha256('{ a }') })).toThrow(refusedAs('PERSISTED_QUERY_NOT_FOUND'));
  });
});

describe('the operations of files', () => {
  test('are taken letter by letter where a file is one whole document', () => {
    const text = '# A page.\nquery A { ...F }\nfragment F on Query { a }\n';
    expect(readDocuments([{ path: 'a.graphql', text }])).toEqual({
      operations: [{ id: sha256(text), name: 'A', type: 'query', body: text }],
      faults: [],
    });
  });

  test('get the fragments that they use, from whichever file', () => {
    const files = [
      { path: 'a.graphql', text: 'query A { ...F } mutation B { b }' },
      { path: 'f.graphql', text: 'fragment F on Query { ...G } fragment G on Query { g } fragment H on Query { h }' },
    ];
    const { operations: found, faults } = readDocuments(files);
    expect(faults).toEqual([]);
    expect(found.map(({ body }) => body.replaceAll(/\s+/g, ' '))).toEqual([
      'query A { ...F } fragment F on Query { ...G } fragment G on Query { g }',
      'mutation B { b }',
    ]);
    for (const { id, body } of found) expect(id).toBe(sha256(body));
  });

  test('have faults told by file', () => {
    const files = [
      { path: 'bad.graphql', text: 'query {' },
      { path: 'nameless.graphql', text: '{ a }' },
      { path: 'one.graphql', text: 'fragment F on Query { a }' },
      { path: 'two.graphql', text: 'fragment F on Query { b }' },
    ];
    expect(readDocuments(files).faults).toEqual([
      expect.stringMatching(/^bad.graphql: Syntax Error/),
      'two.graphql: the fragment F stands in another file as well.',
      'nameless.graphql: an operation needs a name to be known by.',
    ]);
  });
});

describe('a manifest', () => {
  test.each([
    ['no JSON', '{'],
    ['no object', '3'],
    ['another format', '{"format":"other","version":1,"operations":[]}'],
    [
      'a body that was changed',
      JSON.stringify({
        format: 'apollo-persisted-query-manifest',
        version: 1,
        operations: [{ ...operations[0], body: OTHER }],
      }),
    ],
  ])('of %s is refused', (_what, text) => expect(() => readManifest(text)).toThrow());
});
