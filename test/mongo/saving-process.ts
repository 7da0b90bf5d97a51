import { EmbeddedLease } from '../../kernel/adapters/embedded/embedded-lease.ts';
import { openEmbeddedPlatform } from '../../kernel/adapters/embedded/open-embedded-platform.ts';
import { openMongoDocuments } from '../../kernel/adapters/mongo/open-mongo-documents.ts';
import { testEnvelope } from '../../kernel/testing/test-envelope.ts';
import { COUNTERS, STREAM, type Counter } from './saving-clients.ts';

// Counts documents up as fast as it can, each save with an event, tells of each acknowledgement, and never ends.
const [url = '', directory = ''] = process.argv.slice(2);
const platform = await openEmbeddedPlatform({ directory });
const { streams, ids } = platform;
const limits = { writerSilenceMs: 500 };
const { documents } = await openMongoDocuments({ url, streams, lease: new EmbeddedLease(), limits });
const counters = await documents.collection<Counter>(COUNTERS);

async function countUp(id: string): Promise<never> {
  let version = (await counters.get(id))?.version ?? 0;
  for (;;) {
    const envelope = testEnvelope(ids, id, { count: version + 1 });
    const event = { stream: STREAM, subject: 'stockwire.test.p00.thing-happened', envelope };
    version = await counters.save({ id, count: version + 1 }, version, [event]);
    process.stdout.write(`${id} ${version}.\n`);
  }
}

await Promise.all(['a', 'b', 'c', 'd'].map((id) => countUp(id)));
