import { beforeEach, describe, expect, test } from '@jest/globals';
import { ANONYMOUS } from '../auth/authenticator.ts';
import { FakeClock } from '../../kernel/testing/fake-clock.ts';
import { ClientBudgets } from './client-budgets.ts';
import type { Caller } from './client-budgets.ts';
import { DEFAULT_CLIENT_LIMITS } from './client-limits.ts';
import type { ClientLimits, ClientOverrides } from './client-limits.ts';

let clock: FakeClock;
beforeEach(() => {
  clock = new FakeClock();
});

function open(limits: Partial<ClientLimits>, overrides: ClientOverrides = {}): ClientBudgets {
  return new ClientBudgets({ limits: { ...DEFAULT_CLIENT_LIMITS, windowMs: 1_000, ...limits }, overrides, clock });
}

const client = (clientId: string): Caller => ({ identity: { subject: 's', clientId, scopes: [], stores: [] } });
const address = (from: string): Caller => ({ identity: ANONYMOUS, address: from });

function admitted(budgets: ClientBudgets, caller: Caller, times: number): number {
  let count = 0;
  for (let n = 0; n < times; n++) {
    try {
      budgets.admit(caller);
      count++;
    } catch (error) {
      expect(error).toMatchObject({ code: 'RATE_LIMITED', retryable: true });
    }
  }
  return count;
}

describe('the rate of requests', () => {
  test('is bounded in each window, and comes back evenly', () => {
    const budgets = open({ requestsPerWindowMax: 10 });
    expect(admitted(budgets, client('a'), 15)).toBe(10);
    clock.advance(300);
    expect(admitted(budgets, client('a'), 15)).toBe(3);
    clock.advance(60_000);
    expect(admitted(budgets, client('a'), 15)).toBe(10);
  });

  test('is one for all who come with tokens of a client, and one for each address without', () => {
    const budgets = open({ requestsPerWindowMax: 2 });
    expect(admitted(budgets, client('a'), 3)).toBe(2);
    expect(admitted(budgets, { ...client('a'), address: '10.0.0.1' }, 1)).toBe(0);
    expect(admitted(budgets, client('b'), 3)).toBe(2);
    expect(admitted(budgets, address('10.0.0.1'), 3)).toBe(2);
    expect(admitted(budgets, address('10.0.0.2'), 3)).toBe(2);
  });

  test('says the limit and when to come again, and then it is so', () => {
    const budgets = open({ requestsPerWindowMax: 4 });
    expect(admitted(budgets, client('a'), 4)).toBe(4);
    const details = { limit: 'requestsPerWindowMax', max: 4, value: 1, windowMs: 1_000, retryAfterMs: 250 };
    expect(() => budgets.admit(client('a'))).toThrow(expect.objectContaining({ code: 'RATE_LIMITED', details }));
    clock.advance(249);
    expect(admitted(budgets, client('a'), 1)).toBe(0);
    clock.advance(1);
    expect(admitted(budgets, client('a'), 1)).toBe(1);
  });

  test('is unbounded where nothing is configured', () => {
    expect(admitted(open({}), client('a'), 1_000)).toBe(1_000);
  });

  test('may be another for a client that is named', () => {
    const budgets = open({ requestsPerWindowMax: 2 }, { dear: { requestsPerWindowMax: 5 } });
    expect(admitted(budgets, client('dear'), 9)).toBe(5);
    expect(admitted(budgets, client('other'), 9)).toBe(2);
  });

  test('is not given back by a clock that is set back', () => {
    const budgets = open({ requestsPerWindowMax: 2 });
    expect(admitted(budgets, client('a'), 2)).toBe(2);
    clock.jump(-3_600_000);
    expect(admitted(budgets, client('a'), 1)).toBe(0);
    clock.advance(1_000);
    expect(admitted(budgets, client('a'), 2)).toBe(2);
  });

  test('is kept of a bounded number of clients', () => {
    const budgets = open({ requestsPerWindowMax: 1, clientsMax: 2 });
    for (const id of ['a', 'b', 'c']) expect(admitted(budgets, client(id), 2)).toBe(1);
    expect(admitted(budgets, client('a'), 1)).toBe(1);
    expect(admitted(budgets, client('c'), 1)).toBe(0);
  });
});

describe('the budget of cost', () => {
  test('is charged what operations cost, and nothing for one that is refused', () => {
    const budgets = open({ costPerWindowMax: 100 });
    budgets.charge(client('a'), 60);
    expect(() => budgets.charge(client('a'), 60)).toThrow(
      expect.objectContaining({
        code: 'COST_BUDGET_EXCEEDED',
        details: { limit: 'costPerWindowMax', max: 100, value: 60, windowMs: 1_000, retryAfterMs: 200 },
      }),
    );
    budgets.charge(client('a'), 40);
    expect(() => budgets.charge(client('a'), 1)).toThrow(expect.objectContaining({ code: 'COST_BUDGET_EXCEEDED' }));
  });

  test('tells nobody to come again for what is beyond all of it', () => {
    const budgets = open({ costPerWindowMax: 100 });
    expect(() => budgets.charge(client('a'), 101)).toThrow(
      expect.objectContaining({
        code: 'OPERATION_LIMIT_EXCEEDED',
        details: { limit: 'costPerWindowMax', max: 100, value: 101 },
      }),
    );
    budgets.charge(client('a'), 100);
  });
});
