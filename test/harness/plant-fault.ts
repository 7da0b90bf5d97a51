import { ConsumerTable } from '../../kernel/adapters/embedded/consumer-table.ts';
import { EmbeddedJournal } from '../../kernel/adapters/embedded/embedded-journal.ts';
import type { CommandRecord } from '../../kernel/engine/command-record.ts';
import { FactMemory } from '../../subgraphs/inventory/domain/fact-memory.ts';
import type { LedgerEvent } from '../../subgraphs/inventory/domain/ledger-event.ts';

/**
 * A fault that a checker has to see; a hub that has one was never meant to run. `deliver-again` is none: whoever takes
 * messages must bear that each of them comes again after every start, and a checker must find nothing wrong with it.
 */
export type PlantedFault = 'acknowledge-early' | 'forget-ids' | 'deliver-again';

const plants: Readonly<Record<PlantedFault, () => void>> = {
  /** A reservation is answered and never comes to be written; the log has no hole by which the hub could notice. */
  'acknowledge-early': () => {
    const append = Reflect.get<EmbeddedJournal, 'append'>(EmbeddedJournal.prototype, 'append');
    EmbeddedJournal.prototype.append = function withheld({ batchId, recordedAtMs, events }, expectedPrev) {
      const records = events as readonly CommandRecord<LedgerEvent>[];
      const written = records.map((record) => {
        return { ...record, events: record.events.filter(({ type }) => type !== 'stock-reserved') };
      });
      return append.call(this, { batchId, recordedAtMs, events: written }, expectedPrev);
    };
  },
  /** No fact is ever recognised; that every one comes again shows it at the first start. */
  'forget-ids': () => {
    FactMemory.prototype.has = () => false;
    plants['deliver-again']();
  },
  /** How far consumers have come is not remembered. */
  'deliver-again': () => {
    ConsumerTable.prototype.saveProgress = () => undefined;
  },
};

export function plantFault(fault: PlantedFault): void {
  plants[fault]();
}
