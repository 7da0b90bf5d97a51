import { createInbox, type Inbox } from '../../connectors/runtime/inbox.ts';
import type { Poller } from '../../connectors/runtime/poller.ts';
import type { ReadAgain } from '../../connectors/runtime/replay-quarantined.ts';
import { serveInbox } from '../../connectors/runtime/serve-inbox.ts';
import type { Platform } from '../../kernel/ports/platform.ts';
import { connectionsOf, type ConnectedSystems } from './systems.ts';

export interface OpenIntakeOptions {
  readonly platform: Platform;
  readonly systems: ConnectedSystems;
  /** Gets the pollers later. */
  readonly pollers: readonly Pick<Poller, 'source' | 'rewind'>[];
  readonly opened: AsyncDisposableStack;
}

/** The inbox of the hub, with what operators may ask of it. */
export async function openIntake({ platform, systems, pollers, opened }: OpenIntakeOptions): Promise<Inbox> {
  const inbox = await createInbox({ platform });
  opened.defer(() => inbox.close());
  const pollersOf = (system: string) => pollers.filter(({ source }) => source === system);
  opened.defer(serveInbox({ inbox, platform, readers: readersOf(systems), pollersOf }));
  return inbox;
}

function readersOf(systems: ConnectedSystems): ReadonlyMap<string, ReadAgain> {
  return new Map(
    connectionsOf(systems).flatMap(({ receiver, readAgain }) =>
      readAgain ? [[receiver.system, readAgain] as const] : [],
    ),
  );
}
