import { createFolderIntake, type FolderIntake } from '../../connectors/file/folder-intake.ts';
import { openLocalFileStore } from '../../connectors/file/local-file-store.ts';
import { createSftpFetcher, type SftpLimits } from '../../connectors/file/sftp-fetcher.ts';
import { createInbox, type Inbox } from '../../connectors/runtime/inbox.ts';
import { openOwnershipRegistry } from '../../connectors/runtime/ownership-registry.ts';
import type { Poller } from '../../connectors/runtime/poller.ts';
import { replayQuarantined, type ReadAgain } from '../../connectors/runtime/replay-quarantined.ts';
import type { BalanceSource } from '../../connectors/runtime/balance-source.ts';
import { serveBalances } from '../../connectors/runtime/serve-balances.ts';
import { serveInbox } from '../../connectors/runtime/serve-inbox.ts';
import { leadByLease } from '../../kernel/engine/lead-by-lease.ts';
import type { Platform } from '../../kernel/ports/platform.ts';
import type { SftpSource, WatchedFolderConfig } from './read-folders.ts';
import { connectionsOf, type ConnectedSystems } from './systems.ts';

export interface OpenIntakeOptions {
  readonly platform: Platform;
  readonly systems: ConnectedSystems;
  /** Gets the pollers later. */
  readonly pollers: readonly Pick<Poller, 'source' | 'rewind' | 'nudge'>[];
  /** Folders whose files are taken in. */
  readonly folders: readonly WatchedFolderConfig[];
  readonly opened: AsyncDisposableStack;
}

/**
 * The inbox of the hub, with what operators may ask of it. When other rows of a mapping begin to hold for a system, what
 * waits of it is read again.
 */
export async function openIntake({ platform, systems, pollers, folders, opened }: OpenIntakeOptions): Promise<Inbox> {
  const { mappings } = systems;
  const ownership = await openOwnershipRegistry(platform);
  opened.defer(() => ownership.close());
  const inbox = await createInbox({
    platform,
    ownerOf: (place) => ownership.ownerOf(place),
    ...(mappings && { mappingVersions: (source) => mappings.versionsOf(source) }),
  });
  opened.defer(() => inbox.close());
  const readers = readersOf(systems);
  const pollersOf = (system: string) => pollers.filter(({ source }) => source === system);
  opened.defer(serveInbox({ inbox, platform, readers, mappings: wordsOf(systems), pollersOf }));
  opened.defer(serveBalances({ platform, sources: balancesOf(systems), pollersOf }));
  if (mappings) {
    const tell = async (system: string): Promise<void> => {
      const read = readers.get(system);
      if (read) await replayQuarantined(inbox, { source: system, read });
    };
    // One process at a time reads again what waited.
    opened.defer(leadByLease({ name: 'connectors-mappings', platform, lead: async () => mappings.onChanged(tell) }));
  }
  for (const config of folders) {
    const folder = await openFolder(config, { inbox, platform });
    opened.defer(() => folder.stop());
    folder.start();
  }
  return inbox;
}

async function openFolder(
  { source, directory, isChecksumRequired = false, sftp }: WatchedFolderConfig,
  { inbox, platform }: { readonly inbox: Inbox; readonly platform: Platform },
): Promise<FolderIntake> {
  const store = await openLocalFileStore(directory);
  const fetcher = sftp && createSftpFetcher({ ...sftp, source, directory, platform, limits: limitsOf(sftp) });
  return createFolderIntake({ source, store, inbox, platform, isChecksumRequired, ...(fetcher && { fetcher }) });
}

function limitsOf({ pollMs }: SftpSource): Partial<SftpLimits> {
  return pollMs === undefined ? {} : { pollMs };
}

function wordsOf(systems: ConnectedSystems): ReadonlyMap<string, object> {
  return new Map(
    connectionsOf(systems).flatMap(({ port, mapping }) => (mapping ? [[port.system, mapping] as const] : [])),
  );
}

function readersOf(systems: ConnectedSystems): ReadonlyMap<string, ReadAgain> {
  return new Map(
    connectionsOf(systems).flatMap(({ port, readAgain }) => (readAgain ? [[port.system, readAgain] as const] : [])),
  );
}

function balancesOf(systems: ConnectedSystems): ReadonlyMap<string, BalanceSource> {
  return new Map(
    connectionsOf(systems).flatMap(({ port, balances }) => (balances ? [[port.system, balances] as const] : [])),
  );
}
