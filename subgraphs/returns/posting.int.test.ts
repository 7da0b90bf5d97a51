/* How the books follow returns over the embedded platform: an ERP that is away for long, that says no, and two processes. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import { replayPostings } from '../../schema/commands/return-postings.ts';
import { rpcSubjectOf } from '../../schema/events/subjects.ts';
import { POSTING_LIMITS } from './app/posting/posting-limits.ts';
import { openPostingStore } from './app/posting/posting-store.ts';
import { runPosting } from './app/posting/run-posting.ts';
import { RETURNS_LIMITS } from './app/returns-limits.ts';
import { followDisposal } from './domain/posting/follow-return.ts';
import { newPostingState } from './domain/posting/posting-state.ts';
import { BooksInMemory } from './testing/books-in-memory.ts';
import { saleOf } from './testing/return-samples.ts';
import { AGENT, CUSTOMER, openReturnsDesk, STORE, type ReturnsDesk, type SeenReturn } from './testing/returns-desk.ts';

const POSTINGS = `query ($id: ID!) { return(id: $id) {
  postings { id subject kind status attempts document reason bookings { account amount { amountMinor currencyCode } } }
  shelfMoves { direction isDone lines { quantity } } } }`;

interface Posted {
  readonly postings: readonly { readonly subject: string; readonly kind: string; readonly status: string }[];
  readonly shelfMoves: readonly { readonly direction: string; readonly isDone: boolean }[];
}

let books: BooksInMemory;
let desk: ReturnsDesk;

beforeEach(async () => {
  books = new BooksInMemory();
  desk = await openReturnsDesk({ erp: books.erp, outbound: books });
  books.serveShelf(desk.platform);
  desk.orders.add(saleOf([{ returnable: '4', ordered: '4' }]));
});

afterEach(() => desk.close());

async function done(identity: typeof AGENT, name: string, input: object): Promise<SeenReturn> {
  const answer = await desk.mutate(identity, name, input);
  if (!answer.return) throw new Error(`${name} was refused: ${String(answer.code)}`);
  return answer.return;
}

/** Two units of 2.50 each that were bought come back, and go on the shelf again. */
async function restocked(): Promise<SeenReturn> {
  const lines = [{ orderLine: 'ol1', quantity: '2', reason: 'UNWANTED' }];
  const { id } = await done(CUSTOMER, 'requestReturn', { idempotencyKey: 'k1', order: 'o1', lines });
  const { lines: received } = await done(STORE, 'receiveReturn', { return: id, location: 'S1' });
  const named = received.map(({ id: line }) => ({ line }));
  await done(STORE, 'inspectReturn', { return: id, lines: named.map((line) => ({ ...line, condition: 'A' })) });
  const decided = named.map((line) => ({ ...line, disposition: 'RESTOCK' }));
  return done(STORE, 'dispositionReturn', { return: id, lines: decided });
}

const posted = async (id: string): Promise<Posted> =>
  (await desk.ask(AGENT, POSTINGS, { id })).data['return'] as unknown as Posted;
const allPosted = async (id: string, count: number): Promise<Posted | undefined> => {
  const state = await posted(id);
  const isThrough = state.postings.length === count && state.postings.every(({ status }) => status === 'POSTED');
  return isThrough && state.shelfMoves.every(({ isDone }) => isDone) ? state : undefined;
};
const BOOKED = { INVENTORY: 220, COGS: -220, RETURNS: 500, CLEARING: -500 };

test('stock, customer and money of a return are in the books, and on the timeline', async () => {
  const { id } = await restocked();
  const state = await desk.passUntil(() => allPosted(id, 3), 'the books');
  expect(state.postings.map(({ subject, kind }) => `${subject} ${kind}`).toSorted()).toEqual([
    'GOODS JOURNAL',
    'PAYMENT JOURNAL',
    'REFUND CREDIT_NOTE',
  ]);
  expect(books.balances()).toEqual(BOOKED);
  const steps = (await desk.published()).filter(({ data }) => data['step'] === 'POSTED');
  expect(steps).toHaveLength(3);
  expect(steps[0]?.data).toMatchObject({ order: 'o1', summary: expect.stringContaining('DOC-') });
});

test('while the ERP is away the customer has the money, and what it missed is posted in order after a restart', async () => {
  books.isUp = false;
  const { id, refunds } = await restocked();
  expect(refunds).toMatchObject([{ status: 'SUCCEEDED' }]);
  await waitFor(async () => (await posted(id)).postings.length === 2, 'what does not wait for costs');
  await desk.restart();
  expect(books.documents).toEqual([]);
  await books.resume(desk.platform);
  await desk.passUntil(() => allPosted(id, 3), 'the books');
  expect(books.balances()).toEqual(BOOKED);
  expect(new Set(books.documents.map(({ reference }) => reference)).size).toBe(3);
  expect(books.moves).toEqual([]);
});

describe('what the ERP says no to', () => {
  test('holds the goods until somebody has mended it and replays', async () => {
    books.refuses = 'The period is closed.';
    const { id } = await restocked();
    const refused = await desk.passUntil(async () => {
      const state = await posted(id);
      const isHeld = state.shelfMoves.some(({ isDone }) => isDone);
      const isRefused = state.postings.every(({ status }) => status === 'REFUSED');
      return isHeld && isRefused && state.postings.length === 3 ? state : undefined;
    }, 'the held goods');
    expect(refused.shelfMoves).toMatchObject([{ direction: 'HOLD', lines: [{ quantity: '2' }] }]);
    expect(books.moves).toMatchObject([{ from: 'SELLABLE', to: 'QC_HOLD', return: id, location: 'S1' }]);
    const failed = (await desk.published()).filter(({ type }) => type === 'return-posting-failed');
    expect(failed.at(-1)?.data).toMatchObject({ exceptionId: `posting-${id}`, order: 'o1', location: 'S1' });

    books.refuses = undefined;
    const subject = rpcSubjectOf(replayPostings.context, replayPostings.name);
    const asked = { timeoutMs: 5_000, correlationId: 'test' };
    expect(await desk.platform.rpc.request(subject, { return: id }, asked)).toEqual({ postings: 3 });
    const mended = await desk.passUntil(() => allPosted(id, 3), 'the books');
    expect(mended.shelfMoves).toMatchObject([{ direction: 'HOLD' }, { direction: 'RELEASE' }]);
    expect(books.balances()).toEqual(BOOKED);
    const told = (await desk.published()).map(({ type }) => type);
    expect(told.filter((type) => type === 'return-posting-recovered')).toHaveLength(1);
    // Replayed once more, there is nothing to do.
    expect(await desk.platform.rpc.request(subject, { return: id }, asked)).toEqual({ postings: 0 });
  });
});

test('two processes at once bring each posting and each movement about once', async () => {
  const { platform, store } = desk;
  const postings = await openPostingStore(platform.documents);
  const parts = {
    returns: { platform, store, limits: RETURNS_LIMITS },
    postings,
    limits: POSTING_LIMITS,
    system: books.erp.system,
    journal: books.erp.journal as NonNullable<typeof books.erp.journal>,
    outbound: books,
    takesSales: false,
  };
  const about = { id: 'r9', number: 'R-9', order: null, correlationId: 'k', isOfTill: false };
  const line = { returnLine: 'l1', orderLine: null, sku: 'A1', quantity: '2', disposition: 'RESTOCK' as const };
  const event = { return: 'r9', order: null, location: 'S1', lines: [line] };
  books.refuses = 'No.';
  await postings.save(followDisposal(newPostingState(about), { eventId: 'e1', atMs: 1 }, event), 0);
  await Promise.all([runPosting(parts, 'r9'), runPosting(parts, 'r9'), runPosting(parts, 'r9')]);
  const { document } = (await postings.get('r9')) ?? {};
  expect(document?.entries).toMatchObject([{ status: 'REFUSED' }]);
  expect(document?.moves).toMatchObject([{ direction: 'HOLD', isDone: true }]);
  expect(books.moves).toHaveLength(1);
});
