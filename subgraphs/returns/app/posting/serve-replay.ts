import { parseAs } from '../../../../kernel/model/json-schema.ts';
import type { Rpc } from '../../../../kernel/ports/rpc.ts';
import { replayCommand } from '../../../../schema/commands/outbound.ts';
import type { RequestOf } from '../../../../schema/commands/command-definition.ts';
import { replayPostings } from '../../../../schema/commands/return-postings.ts';
import { rpcSubjectOf } from '../../../../schema/events/subjects.ts';
import type { PostingEntry } from '../../domain/posting/posting-state.ts';
import { replayEntries } from '../../domain/posting/settle-posting.ts';
import { sendCommand } from '../send-command.ts';
import { changePosting } from './change-posting.ts';
import type { PostingParts } from './posting-parts.ts';
import { keyOf, runPosting } from './run-posting.ts';

/** Answers operators. @param parts absent where no ERP keeps books, so that nobody waits in vain @returns stops it */
export function serveReplay(rpc: Rpc, parts?: PostingParts): () => Promise<void> {
  const stop = rpc.serve(rpcSubjectOf(replayPostings.context, replayPostings.name), async ({ payload }) => {
    const { return: id } = parseAs<RequestOf<typeof replayPostings>>(
      replayPostings.request,
      payload,
      replayPostings.name,
    );
    return { postings: parts ? await replay(parts, id) : 0 };
  });
  return async () => stop();
}

async function replay(parts: PostingParts, id: string): Promise<number> {
  let [replayed, givenUp]: [number, readonly PostingEntry[]] = [0, []];
  const state = await changePosting(parts, id, (known) => {
    if (!known) return known;
    const asked = replayEntries(known);
    [replayed, givenUp] = [asked.replayed, asked.givenUp];
    return replayed > 0 ? asked.state : known;
  });
  for (const entry of givenUp) {
    const request = { system: parts.system, key: keyOf(entry) };
    await sendCommand(parts.returns, replayCommand, { request, correlationId: state?.correlationId ?? id });
  }
  await runPosting(parts, id);
  return replayed + givenUp.length;
}
