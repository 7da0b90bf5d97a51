import { setTimeout as sleep } from 'node:timers/promises';
import { EmbeddedJournal } from '../../kernel/adapters/embedded/embedded-journal.ts';
import { FactMemory } from '../../subgraphs/inventory/domain/fact-memory.ts';

/** A fault that a checker has to see; a hub that has one was never meant to run. */
export type PlantedFault = 'acknowledge-early' | 'forget-ids';

const LATE_MS = 60;

const plants: Readonly<Record<PlantedFault, () => void>> = {
  /** Every append is answered before it is written. */
  'acknowledge-early': () => {
    const append = Reflect.get<EmbeddedJournal, 'append'>(EmbeddedJournal.prototype, 'append');
    let written: Promise<unknown> = Promise.resolve();
    EmbeddedJournal.prototype.append = async function late(batch, expectedPrev) {
      const copy = structuredClone(batch);
      written = written.then(() => sleep(LATE_MS)).then(() => append.call(this, copy, expectedPrev));
      return expectedPrev + 1;
    };
  },
  /** No fact is ever recognised. */
  'forget-ids': () => {
    FactMemory.prototype.has = () => false;
  },
};

export function plantFault(fault: PlantedFault): void {
  plants[fault]();
}
