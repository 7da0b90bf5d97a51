import { journalContract } from './journal.contract.ts';
import { MemoryJournal, MemoryLog } from './memory-journal.ts';
import { MemorySnapshotStore } from './memory-snapshot-store.ts';
import { snapshotStoreContract } from './snapshot-store.contract.ts';

const remove = async (): Promise<void> => undefined;

journalContract('memory', async () => {
  const log = new MemoryLog();
  const open = async (): Promise<{ port: MemoryJournal; close: () => Promise<void> }> => {
    const port = new MemoryJournal(log);
    return { port, close: () => port.close() };
  };
  return { open, remove };
});

snapshotStoreContract('memory', async () => {
  const port = new MemorySnapshotStore();
  return { open: async () => ({ port, close: remove }), remove };
});
