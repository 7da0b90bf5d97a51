import type { MappingRows } from './code-mapping.ts';
import type { Inbound, Origin } from './inbound.ts';
import type { Inbox } from './inbox.ts';
import type { WaitingMessage } from './kept-messages.ts';

/**
 * Reads what messages were made of again: with the adapter and the mapping as they are now, or with other rows of some
 * mapping sets.
 */
export type ReadAgain = (origin: Origin, rows?: MappingRows) => Promise<readonly Inbound[]>;

export interface ReplayOptions {
  readonly source: string;
  /** Only messages of this exception. */
  readonly cause?: string;
  readonly read: ReadAgain;
}

const PAGE = 100;

/**
 * Reads the messages that wait once more and takes in those that can be read by now, one after the other in the order in
 * which they came, so that what belongs together keeps its order. One that still cannot be read goes on waiting by itself.
 */
export async function replayQuarantined(
  inbox: Inbox,
  { source, cause, read }: ReplayOptions,
): Promise<{ readonly replayed: number; readonly waiting: number }> {
  let [replayed, waiting] = [0, 0];
  let after: WaitingMessage | undefined;
  for (;;) {
    const page = await inbox.waiting({ source, after, first: PAGE, ...(cause !== undefined && { cause }) });
    for (const message of page) {
      if (await replay(inbox, message, { source, read })) replayed++;
      else waiting++;
    }
    after = page.at(-1);
    if (page.length < PAGE) return { replayed, waiting };
  }
}

async function replay(
  inbox: Inbox,
  { eventId, origin }: WaitingMessage,
  { source, read }: ReplayOptions,
): Promise<boolean> {
  if (!origin) return false;
  const messages = await read(origin);
  const outcomes = await inbox.receive(source, messages);
  if (outcomes.some(({ outcome }) => outcome === 'QUARANTINED')) return false;
  // A body that could not be read at all was kept under its hash: now it has an id of its own.
  if (!messages.some((message) => message.eventId === eventId)) await inbox.replaced(source, eventId);
  return true;
}
