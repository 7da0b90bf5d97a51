import { ContendedFollower, ContendedLog, ContendedWriter, LogLink } from './contended-log.ts';
import { followedJournalContract } from './followed-journal.contract.ts';

followedJournalContract('in memory', async () => {
  const link = new LogLink(new ContendedLog());
  return {
    writer: new ContendedWriter(link),
    follow: async () => new ContendedFollower(link),
    remove: async () => undefined,
  };
});
