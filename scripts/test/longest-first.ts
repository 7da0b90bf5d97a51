import { createRequire } from 'node:module';
import type * as JestSequencer from '@jest/test-sequencer';

const require = createRequire(import.meta.url);
const { default: TestSequencer } = require('@jest/test-sequencer') as (typeof JestSequencer)['default'];
type Tests = Parameters<InstanceType<typeof TestSequencer>['sort']>[0];

/** How tests are called, those that take longest first. */
const KINDS = [/\.e2e\.ts$/, /\.int\.test\.ts$/, /\.property\.test\.ts$/];

function kindOf({ path }: Tests[number]): number {
  const kind = KINDS.findIndex((name) => name.test(path));
  return kind === -1 ? KINDS.length : kind;
}

/**
 * Has all workers end at about the same time: whatever begins last is short. Jest knows how long each file took the last
 * time; where there was none, what it is called tells more than its size.
 */
class LongestFirst extends TestSequencer {
  override async sort(tests: Tests): Promise<Tests> {
    const sorted = await super.sort(tests);
    const isKnown = sorted.some(({ duration }) => duration !== undefined);
    return isKnown ? sorted : sorted.toSorted((a, b) => kindOf(a) - kindOf(b));
  }
}

// Jest loads it by `require`.
export { LongestFirst as 'module.exports' };
