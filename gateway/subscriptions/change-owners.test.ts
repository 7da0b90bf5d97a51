import { describe, expect, test } from '@jest/globals';
import { Obstacle, Refusal } from '../../kernel/model/errors.ts';
import type { Rpc } from '../../kernel/ports/rpc.ts';
import { SequentialIds } from '../../kernel/testing/sequential-ids.ts';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import type { ChangesSinceReply } from '../../schema/commands/change-log.ts';
import { ChangeOwners } from './change-owners.ts';
import { SUBSCRIPTION_LIMITS } from './subscription-limits.ts';
import type { Topic } from './topic.ts';

const TOPIC: Topic = {
  field: 'stockChanged',
  context: 'inventory',
  event: 'stock-changed',
  keyFields: ['sku'],
  filters: new Map(),
  restrictions: new Map(),
};
const LIMITS = {
  ...SUBSCRIPTION_LIMITS,
  ownerRequestsMax: 2,
  ownerQueueMax: 1,
  ownerRetriesMax: 2,
  ownerRetryMinMs: 1,
  ownerRetryMaxMs: 1,
};
const REPLY: ChangesSinceReply = { epoch: 'epoch00001', seq: 7, reset: true, records: [] };

/** An owner that answers as it is told to, counted. */
function ownersOf(answer: (asked: number) => Promise<ChangesSinceReply>) {
  let asked = 0;
  const rpc: Rpc = { request: () => answer(++asked), serve: () => () => undefined };
  const owners = new ChangeOwners({ rpc, ids: new SequentialIds(), limits: LIMITS });
  return { ask: () => owners.changesSince(TOPIC, [{}]), asked: () => asked };
}

describe('a question to an owner', () => {
  test('is asked again when something was in the way, up to ownerRetriesMax times', async () => {
    const obstacle = new Obstacle('CONTEXT_UNAVAILABLE', 'It is away.');
    const passing = ownersOf((asked) => (asked > 2 ? Promise.resolve(REPLY) : Promise.reject(obstacle)));
    expect(await passing.ask()).toMatchObject({ position: { epoch: 'epoch00001', seq: 7 } });
    const lasting = ownersOf(() => Promise.reject(obstacle));
    await expect(lasting.ask()).rejects.toBe(obstacle);
    expect(lasting.asked()).toBe(3);
  });

  test('is not asked again when it was refused', async () => {
    const refusal = new Refusal('LIMIT_EXCEEDED', 'Too many records match.');
    const { ask, asked } = ownersOf(() => Promise.reject(refusal));
    await expect(ask()).rejects.toBe(refusal);
    expect(asked()).toBe(1);
  });

  test('waits when ownerRequestsMax are under way, and is refused as OVERLOADED beyond ownerQueueMax', async () => {
    const gate = Promise.withResolvers<ChangesSinceReply>();
    const { ask, asked } = ownersOf(() => gate.promise);
    const waiting = [ask(), ask(), ask()];
    await waitFor(() => asked() === 2, 'those that may be under way');
    await expect(ask()).rejects.toMatchObject({ code: 'OVERLOADED', details: { limit: 'ownerQueueMax' } });
    gate.resolve(REPLY);
    await Promise.all(waiting);
    expect(asked()).toBe(3);
  });
});
