import { deepStrictEqual } from 'node:assert/strict';
import type { PublishArgument } from './change-script.ts';
import type { Delivery, Subject } from './subject.ts';

/** Each server is measured so often, in turns, after one round that does not count; its best round counts. */
const ROUNDS = 2;

export interface BestRounds {
  readonly subjects: readonly Subject[];
  readonly publish: PublishArgument;
  readonly progress: (text: string) => void;
}

/** The round of each subject that took the least CPU time per change. All have to send the same. */
export async function bestRounds({ subjects, publish, progress }: BestRounds): Promise<ReadonlyMap<Subject, Delivery>> {
  const best = new Map<Subject, Delivery>();
  for (let round = 0; round <= ROUNDS; round++) {
    const lastChanges: unknown[] = [];
    for (const subject of subjects) {
      progress(`${round === 0 ? 'warming up' : `round ${round} of ${ROUNDS}`}, ${subject.name}`);
      const delivery = await subject.deliver(publish);
      lastChanges.push(delivery.lastChange);
      deepStrictEqual(delivery.lastChange, lastChanges[0], `${subject.name} sends something else.`);
      const known = best.get(subject);
      const isBetter = !known || delivery.cpuUs / delivery.changes < known.cpuUs / known.changes;
      if (round > 0 && isBetter) best.set(subject, delivery);
    }
  }
  return best;
}
