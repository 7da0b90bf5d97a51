import { createConnection, type Connection } from 'mongoose';
import { EmbeddedLease } from '../../kernel/adapters/embedded/embedded-lease.ts';
import { openEmbeddedPlatform, type EmbeddedPlatform } from '../../kernel/adapters/embedded/open-embedded-platform.ts';
import type { MongoLimits } from '../../kernel/adapters/mongo/mongo-limits.ts';
import type { OutboxNudges } from '../../kernel/adapters/mongo/outbox-nudges.ts';
import { openMongoDocuments } from '../../kernel/adapters/mongo/open-mongo-documents.ts';
import type { Documents } from '../../kernel/ports/documents.ts';
import type { Streams } from '../../kernel/ports/streams.ts';
import { temporaryDirectory } from '../../kernel/testing/temporary-directory.ts';

interface OpenedProcess {
  readonly limits?: Partial<MongoLimits>;
  readonly streams?: Streams;
  readonly nudges?: OutboxNudges;
}

/** One database, streams beside it, and as many processes over both as a test opens. */
export interface MongoBench {
  readonly streams: Streams;
  /** The database itself, past the adapter. */
  readonly raw: Connection;
  /** Documents as one more process has them; all share the lease. */
  open(options?: OpenedProcess): Promise<Documents>;
  end(): Promise<void>;
}

export async function openMongoBench(url: string): Promise<MongoBench> {
  const directory = await temporaryDirectory();
  const platform: EmbeddedPlatform = await openEmbeddedPlatform({ directory: directory.path });
  const lease = new EmbeddedLease();
  const raw = await createConnection(url).asPromise();
  const closers: (() => Promise<void>)[] = [];
  return {
    streams: platform.streams,
    raw,
    open: async ({ streams = platform.streams, ...options } = {}) => {
      const opened = await openMongoDocuments({ url, streams, lease, ...options });
      closers.push(() => opened.close());
      return opened.documents;
    },
    end: async () => {
      for (const close of closers) await close();
      await raw.dropDatabase();
      await raw.close();
      await platform.close();
      await directory.remove();
    },
  };
}
