import { chainIndexContract } from './chain-index.contract.ts';
import { journalContract } from './journal.contract.ts';
import { MemoryChainFile, MemoryChainIndex } from './memory-chain-index.ts';
import { keyIndexContract } from './key-index.contract.ts';
import { MemoryJournal, MemoryLog } from './memory-journal.ts';
import { MemoryIndexFile, MemoryKeyIndex } from './memory-key-index.ts';
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

keyIndexContract('memory', async (epoch) => {
  const file = new MemoryIndexFile();
  const open = async (): Promise<{ port: MemoryKeyIndex; close: () => Promise<void> }> => {
    const port = new MemoryKeyIndex(file, epoch());
    return { port, close: () => port.close() };
  };
  return { open, remove };
});

chainIndexContract('memory', async (epoch) => {
  const file = new MemoryChainFile();
  const open = async (): Promise<{ port: MemoryChainIndex; close: () => Promise<void> }> => {
    const port = new MemoryChainIndex(file, epoch());
    return { port, close: () => port.close() };
  };
  return { open, remove };
});

snapshotStoreContract('memory', async () => {
  const port = new MemorySnapshotStore();
  return { open: async () => ({ port, close: remove }), remove };
});
