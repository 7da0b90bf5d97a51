import { describe, expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const SCRIPT = fileURLToPath(new URL('../testing/ask-in-child.ts', import.meta.url));
const run = promisify(execFile);

/** The planner is native code; what it cannot take ends the process. Each of these does, when it is let through. */
describe('a document that would end the process', () => {
  test.each([
    [
      'a fragment that spreads itself',
      'query { ...A } fragment A on Query { me { id } ...A }',
      'GRAPHQL_VALIDATION_FAILED',
    ],
    [
      'fragments that spread each other',
      '{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }',
      'GRAPHQL_VALIDATION_FAILED',
    ],
    [
      'an alias that hides what a fetch requires',
      '{ product(id: 1) { weight: title shipping id: price dims { w: h } } }',
      undefined,
    ],
    ['a fragment that means thousands of fields', bomb(12), 'OPERATION_LIMIT_EXCEEDED'],
  ])('%s is answered', async (_what, query, code) => {
    const { stdout } = await run(process.execPath, [SCRIPT, query]);
    const answer = JSON.parse(stdout) as { errors?: { extensions: { code: string } }[] };
    expect(answer.errors?.[0]?.extensions.code).toBe(code);
  });
});

function bomb(levels: number): string {
  const fragments = Array.from({ length: levels }, (_none, n) => {
    const inner = n === levels - 1 ? 'id' : `a: related { ...F${n + 1} } b: related { ...F${n + 1} }`;
    return `fragment F${n} on Product { ${inner} }`;
  });
  return `{ product(id: 1) { ...F0 } } ${fragments.join(' ')}`;
}
