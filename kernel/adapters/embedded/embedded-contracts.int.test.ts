import type { Platform } from '../../ports/platform.ts';
import { chainIndexContract } from '../../testing/chain-index.contract.ts';
import { changeFeedContract } from '../../testing/change-feed.contract.ts';
import { documentsContract } from '../../testing/documents.contract.ts';
import { journalContract } from '../../testing/journal.contract.ts';
import { keyIndexContract } from '../../testing/key-index.contract.ts';
import { leaseContract } from '../../testing/lease.contract.ts';
import type { OpenPort, PortSubject } from '../../testing/port-subject.ts';
import { rpcContract } from '../../testing/rpc.contract.ts';
import { snapshotStoreContract } from '../../testing/snapshot-store.contract.ts';
import { streamsContract } from '../../testing/streams.contract.ts';
import { temporaryDirectory } from '../../testing/temporary-directory.ts';
import { openEmbeddedPlatform } from './open-embedded-platform.ts';

journalContract(
  'embedded',
  overPlatform((platform) => platform.openJournal('inventory')),
);
streamsContract(
  'embedded',
  overPlatform((platform) => platform.streams),
);
documentsContract(
  'embedded',
  overPlatform(({ documents, streams }) => ({ documents, streams })),
);
changeFeedContract(
  'embedded',
  overPlatform((platform) => platform.changeFeed),
);
rpcContract(
  'embedded',
  overPlatform((platform) => platform.rpc),
);
leaseContract(
  'embedded',
  overPlatform((platform) => platform.lease),
);
snapshotStoreContract(
  'embedded',
  overPlatform((platform) => platform.snapshots),
);

chainIndexContract('embedded', (epoch) => overPlatform((platform) => platform.openChainIndex('positions', epoch()))());
keyIndexContract('embedded', (epoch) => overPlatform((platform) => platform.openKeyIndex('facts', epoch()))());

/** A subject that opens the whole platform over one folder and hands out one port of it. */
function overPlatform<Port>(pick: (platform: Platform) => Port | Promise<Port>): () => Promise<PortSubject<Port>> {
  return async () => {
    const temporary = await temporaryDirectory();
    const open = async (): Promise<OpenPort<Port>> => {
      const platform = await openEmbeddedPlatform({ directory: temporary.path });
      return { port: await pick(platform), close: () => platform.close() };
    };
    return { open, remove: () => temporary.remove() };
  };
}
