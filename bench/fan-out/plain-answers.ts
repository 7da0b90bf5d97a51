import { readFileSync } from 'node:fs';
import { printSchema } from 'graphql';
import { createQueryPlanner } from '../../gateway/planner/query-planner.ts';
import { formatChangeCursor } from '../../kernel/model/change-cursor.ts';
import type { ChangeRecord } from '../../kernel/ports/change-feed.ts';
import type { ChangeScript } from './change-script.ts';
import type { PlainFrame } from './topic-channels.ts';

/** The hub's public schema, for servers that know nothing of federation. */
export function plainSdl(): string {
  const sdl = readFileSync(new URL('../../schema/graphql/supergraph.graphql', import.meta.url), 'utf8');
  return printSchema(createQueryPlanner(sdl).publicSchema);
}

/** What the resolvers of a plain server read. */
export function plainFrame(script: ChangeScript, records: readonly ChangeRecord[], reset: boolean): PlainFrame {
  const cursor = formatChangeCursor({ context: 'inventory', epoch: script.epoch, seq: script.seq });
  const changes = records.map(({ key, version, value }) => ({
    ...value,
    key,
    version,
    deleted: false,
    sku: { id: value['sku'] },
  }));
  return { availabilityChanged: { cursor, reset, changes } };
}
