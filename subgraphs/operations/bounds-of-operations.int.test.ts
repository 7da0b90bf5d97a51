/* What the operations context keeps for how long, and the bounds that a deployment sets for itself. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import { Obstacle } from '../../kernel/model/errors.ts';
import { erasePersonalData } from '../../schema/commands/inbox.ts';
import { skuChanged } from '../../schema/events/products.ts';
import { publicationOf } from '../../schema/events/publication.ts';
import { rpcSubjectOf } from '../../schema/events/subjects.ts';
import { openOperationsDesk, OPERATOR, type OperationsDesk } from './testing/operations-desk.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const AUDIT = `{ auditTrail { edges { node { action status actor reason outcome } } } }`;

let desk: OperationsDesk;

beforeEach(async () => {
  desk = await openOperationsDesk({
    limits: {
      closedExceptionKeptMs: 10 * DAY_MS,
      auditKeptMs: 20 * DAY_MS,
      sweepEveryMs: HOUR_MS,
      sweepPage: 2,
      fourEyesAboveMinor: 5_000,
      escalateAfterMs: { LOW: DAY_MS, MEDIUM: DAY_MS, HIGH: 3 * HOUR_MS },
    },
  });
});

afterEach(() => desk.close());

const resolve = (id: string) => desk.mutate('resolveException', `exception: "${id}", reason: "It was counted."`);
const waive = (id: string) => desk.mutate('waiveException', `exception: "${id}", reason: "It is known."`);
/** Without what is told of consumers, which stand still for days when the clock jumps while a busy machine delivers. */
const ids = async () =>
  (await desk.list())
    .map(({ id }) => id)
    .filter((id) => !id.startsWith('consumer-'))
    .toSorted();

async function trail(): Promise<readonly { readonly action: string; readonly status: string }[]> {
  const { data } = await desk.ask(AUDIT);
  const { auditTrail } = data as unknown as { auditTrail: { edges: { node: { action: string; status: string } }[] } };
  return auditTrail.edges.map(({ node }) => node);
}

/** Lets time pass, an hour at a time, so that what is done now and then is done. */
async function pass(ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += HOUR_MS) {
    desk.clock.advance(HOUR_MS);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe('what is over', () => {
  test('goes when it was kept for long enough: exceptions whose cause is gone, and not those that wait or are waived while told of', async () => {
    for (const id of ['open', 'a', 'b', 'c', 'waived', 'told-again']) {
      await desk.raise(id);
      await desk.seen(id, 'OPEN');
    }
    for (const id of ['a', 'b', 'c']) await resolve(id);
    for (const id of ['waived', 'told-again']) await waive(id);
    await pass(8 * DAY_MS);
    expect(await ids()).toHaveLength(6);
    await desk.raise('told-again', { quantity: '3' });
    await waitFor(async () => (await desk.list()).some(({ quantity }) => quantity === '3'));
    await pass(3 * DAY_MS);
    await waitFor(async () => {
      desk.clock.advance(HOUR_MS);
      return (await ids()).length === 2;
    });
    expect(await ids()).toEqual(['open', 'told-again']);
    expect(await desk.seen('told-again', 'WAIVED')).toMatchObject({ quantity: '3' });
    // A cause that is back is an exception of its own.
    await desk.raise('a');
    expect(await desk.seen('a', 'OPEN')).toMatchObject({ closedBy: null });
  });

  test('goes from the audit trail when it was kept for long enough', async () => {
    await desk.raise('a');
    await desk.seen('a', 'OPEN');
    await waive('a');
    await waitFor(async () => (await trail()).length === 2);
    await pass(19 * DAY_MS);
    expect(await trail()).toHaveLength(2);
    await pass(2 * DAY_MS);
    await waitFor(async () => {
      desk.clock.advance(HOUR_MS);
      return (await trail()).length === 0;
    });
  });
});

describe('the bounds of a deployment', () => {
  test('say above which value at risk a second person has to agree', async () => {
    await sellFor('A', 2_600);
    await desk.raise('small', { quantity: '1' });
    await desk.raise('large', { quantity: '2' });
    await waitFor(async () => (await ids()).length === 2);
    await waive('small');
    await waive('large');
    expect(await desk.seen('small', 'WAIVED')).toMatchObject({ id: 'small' });
    expect(await desk.seen('large', 'OPEN')).toMatchObject({ id: 'large' });
  });

  test('say when what nobody answers is told again', async () => {
    await desk.raise('a');
    await desk.seen('a', 'OPEN');
    const escalations = async () => {
      const { data } = await desk.ask('{ exception(id: "a") { escalations } }');
      return (data as unknown as { exception: { escalations: number } }).exception.escalations;
    };
    await pass(2 * HOUR_MS);
    expect(await escalations()).toBe(0);
    await pass(2 * HOUR_MS);
    await waitFor(async () => {
      desk.clock.advance(60_000);
      return (await escalations()) === 1;
    });
  });
});

describe('erasing personal data', () => {
  test('stands on the audit trail before it is done, and when it could not be done', async () => {
    const seen: unknown[] = [];
    let isAway = true;
    desk.platform.rpc.serve(rpcSubjectOf(erasePersonalData.context, erasePersonalData.name), async ({ payload }) => {
      seen.push(payload, await trail());
      if (isAway) throw new Obstacle('CONTEXT_UNAVAILABLE', 'Nobody is there.');
      return { messages: 3 };
    });
    const erase = (reason: string) =>
      desk.mutate('erasePersonalData', `text: "Jane Doe", reason: "${reason}"`, 'messages');
    expect(await erase('She asked.')).toMatchObject({ code: 'CONTEXT_UNAVAILABLE' });
    isAway = false;
    expect(await erase('She asked.')).toMatchObject({ data: { erasePersonalData: { messages: 3 } } });
    expect(seen[0]).toEqual({ text: 'Jane Doe' });
    expect(seen[1]).toMatchObject([{ action: 'ERASE', status: 'STARTED', actor: OPERATOR.subject }]);
    const all = await trail();
    expect(all.map(({ status }) => status).toSorted()).toEqual(['DONE', 'FAILED', 'STARTED', 'STARTED']);
    expect(JSON.stringify(all)).not.toContain('Jane');
    expect(await erase('')).toMatchObject({ code: 'BAD_USER_INPUT' });
    expect(await trail()).toHaveLength(4);
    expect(seen).toHaveLength(4);
  });

  test('is no action on an exception', async () => {
    await desk.raise('a');
    await desk.seen('a', 'OPEN');
    const input = `exception: "a", action: ERASE, idempotencyKey: "k", reason: "r"`;
    expect(await desk.mutate('actOnException', input)).toMatchObject({ code: 'ILLEGAL_TRANSITION' });
  });
});

async function sellFor(sku: string, amountMinor: number): Promise<void> {
  const { clock, platform } = desk;
  const id = platform.ids.next();
  const { stream, subject, envelope } = publicationOf(skuChanged, {
    id,
    key: sku,
    source: { system: 'products', eventId: id },
    occurredAtMs: clock.nowMs(),
    recordedAtMs: clock.nowMs(),
    correlationId: id,
    data: {
      sku,
      product: sku,
      title: sku,
      lifecycle: 'ACTIVE',
      categories: [],
      prices: [{ amount: { amountMinor, currencyCode: 'GBP' }, effectiveFrom: '2026-01-01T00:00:00.000Z' }],
    },
  });
  await platform.streams.publish(stream, subject, envelope);
  const prices = await platform.documents.collection({ name: 'operations-sku-prices', indexes: [] });
  await waitFor(() => prices.get(sku), 'the price');
}
