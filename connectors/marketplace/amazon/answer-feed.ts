import type { Clock } from '../../../kernel/ports/clock.ts';
import type { Versioned } from '../../../kernel/ports/documents.ts';
import { marketplaceAnswerTold } from '../../../schema/events/inbox-marketplace.ts';
import type { Feed, FeedPage } from '../../runtime/feed.ts';
import type { InboundMessage } from '../../runtime/inbound.ts';
import { messageOf } from '../../runtime/message-of.ts';
import { ACKNOWLEDGEMENT_FEED, acknowledgementXml, refusedMessages } from './acknowledgement-xml.ts';
import type { AmazonApi } from './amazon-api.ts';
import type { AnswerDesk, KeptAnswer } from './answer-desk.ts';

export interface AnswerFeedParts {
  readonly api: AmazonApi;
  readonly desk: AnswerDesk;
  readonly sellerId: string;
  readonly clock: Clock;
}

const MESSAGES_PER_FEED_MAX = 1_000;
const ROWS_PER_PAGE = 500;
/** Clocks of two processes that read one after the other may differ. */
const OVERLAP_MS = 60_000;
/** As long as the queues know the keys of their commands. */
const KEPT_MS = 90 * 86_400_000;
const REMOVED_AT_ONCE_MAX = 100;

/**
 * What became of the acknowledgements and cancellations that the account was told. Amazon takes them in feeds, a few an
 * hour, and says later what became of each message: so each look sends what has gathered, asks for what was sent, and tells
 * what is settled. A process that ends in between sends a feed a second time, which changes nothing more.
 */
export function answerFeed(parts: AnswerFeedParts): Feed {
  return { name: 'answers', overlap: OVERLAP_MS, read: (after) => readAnswers(parts, after) };
}

async function readAnswers(parts: AnswerFeedParts, after: number): Promise<FeedPage> {
  const { desk, clock } = parts;
  await sendWaiting(parts);
  await settleSent(parts);
  for (const old of await desk.settledBefore(clock.nowMs() - KEPT_MS, REMOVED_AT_ONCE_MAX)) await desk.remove(old);
  const settled = await desk.settledSince(after, ROWS_PER_PAGE);
  const last = Math.max(after, ...settled.map(({ document }) => document.settledAtMs ?? 0));
  const messages = settled.map(({ document }) => answerMessage(document));
  return { messages, last, hasMore: settled.length === ROWS_PER_PAGE && last > after };
}

function answerMessage({ key, channel, answer, settledAtMs = 0, outcome, reason }: KeptAnswer): InboundMessage {
  return messageOf(
    marketplaceAnswerTold,
    { eventId: `answer:${key}`, occurredAtMs: settledAtMs },
    {
      channel,
      externalId: answer.orderId,
      command: key,
      outcome: outcome ?? 'FAILED',
      ...(reason !== undefined && { reason: reason.slice(0, 2_000) }),
    },
  );
}

async function sendWaiting({ api, desk, sellerId }: AnswerFeedParts): Promise<void> {
  const waiting = await desk.inState('WAITING', MESSAGES_PER_FEED_MAX);
  const byMarketplace = Map.groupBy(waiting, ({ document }) => document.marketplaceId);
  for (const [marketplaceId, some] of byMarketplace) {
    if (!api.mayAsk('createFeed')) return;
    const xml = acknowledgementXml(
      sellerId,
      some.map(({ document }) => document.answer),
    );
    const feed = await api.sendFeed(ACKNOWLEDGEMENT_FEED, marketplaceId, xml);
    for (const [index, answer] of some.entries()) await desk.markSent(answer, { feed, messageNo: index + 1 });
  }
}

async function settleSent({ api, desk }: AnswerFeedParts): Promise<void> {
  const sent = await desk.inState('SENT', MESSAGES_PER_FEED_MAX);
  for (const [feed, some] of Map.groupBy(sent, ({ document }) => document.feed ?? '')) {
    if (!api.mayAsk('getFeed')) return;
    const report = await api.reportOfFeed(feed);
    if (report === undefined) continue;
    await settleAll(desk, some, report === null ? undefined : refusedMessages(desk.system, report));
  }
}

/** @param refused undefined: the feed as a whole could not be read */
async function settleAll(
  desk: AnswerDesk,
  answers: readonly Versioned<KeptAnswer>[],
  refused: ReadonlyMap<number, string> | undefined,
): Promise<void> {
  for (const answer of answers) {
    const { messageNo = 0 } = answer.document;
    await desk.settle(answer, refused ? refused.get(messageNo) : 'Amazon could not read the feed that it went with.');
  }
}
