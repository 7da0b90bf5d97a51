import type { EventEnvelope } from '../../model/event-envelope.ts';
import type { EmbeddedStreams } from './embedded-streams.ts';
import type { GroupCommit } from './group-commit.ts';

interface Row {
  readonly seq: number;
  readonly stream: string;
  readonly subject: string;
  readonly envelope: string;
}

/** Events that are published in one commit. */
const PAGE = 500;

/**
 * Publishes what an earlier version saved with its documents and had not published yet, in the order of the saves. One that
 * was published is known to its stream by its id.
 */
export async function publishLeftOver(
  commits: GroupCommit,
  streams: Pick<EmbeddedStreams, 'publicationOf'>,
): Promise<void> {
  const { database } = commits;
  const hasOutbox = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'outbox'";
  if (!database.prepare(hasOutbox).get()) return;
  const page = database.prepare(`SELECT seq, stream, subject, envelope FROM outbox ORDER BY seq LIMIT ${PAGE}`);
  const remove = database.prepare('DELETE FROM outbox WHERE seq <= ?');
  for (;;) {
    const rows = page.all() as unknown as Row[];
    const last = rows.at(-1);
    if (!last) return;
    const publication = streams.publicationOf(
      rows.map(({ envelope, ...row }) => ({ ...row, envelope: JSON.parse(envelope) as EventEnvelope })),
    );
    await commits.write(() => {
      publication.write();
      remove.run(last.seq);
    });
    publication.tell();
  }
}
