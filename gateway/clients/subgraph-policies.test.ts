import { describe, expect, test } from '@jest/globals';
import { FetchFailed } from './fetch-failed.ts';
import { DEFAULT_SUBGRAPH_LIMITS } from './subgraph-limits.ts';
import { SubgraphPolicies } from './subgraph-policies.ts';

const LIMITS = {
  ...DEFAULT_SUBGRAPH_LIMITS,
  breakerFailures: 3,
  queryAttemptsMax: 3,
  retryDelayMs: 1,
  retryDelayMsMax: 1,
  fetchesMax: 2,
};
const outage = new FetchFailed('down', { isOutage: true, isWorthRepeating: false });
const passing = new FetchFailed('nobody there', { isOutage: false, isWorthRepeating: true });
const fail = (failure: FetchFailed) => (): Promise<string> => Promise.reject(failure);
const succeed = (): Promise<string> => Promise.resolve('reply');

const createPolicies = () => {
  const circuit: boolean[] = [];
  return { circuit, policies: new SubgraphPolicies(LIMITS, (isOpen) => circuit.push(isOpen)) };
};

const failTimes = async (policies: SubgraphPolicies, times: number): Promise<void> => {
  for (let n = 0; n < times; n++) await expect(policies.query(fail(outage))).rejects.toBe(outage);
};

describe('policies of a subgraph', () => {
  test('cut it off after as many failures as are allowed, the first one counted', async () => {
    const { policies, circuit } = createPolicies();
    await failTimes(policies, 2);
    expect(circuit).toEqual([]);
    await failTimes(policies, 1);
    expect(circuit).toEqual([true]);
    await expect(policies.query(succeed)).rejects.toMatchObject({ reason: 'cut off after repeated failures' });
    await expect(policies.mutation(succeed)).rejects.toMatchObject({ reason: 'cut off after repeated failures' });
  });

  test('count failures in a row alone', async () => {
    const { policies, circuit } = createPolicies();
    for (let n = 0; n < 3; n++) {
      await failTimes(policies, 2);
      await expect(policies.query(succeed)).resolves.toBe('reply');
    }
    expect(circuit).toEqual([]);
  });

  test('take a success that began before the failures for one between them', async () => {
    const { policies, circuit } = createPolicies();
    const slow = Promise.withResolvers<string>();
    const answered = policies.query(() => slow.promise);
    await failTimes(policies, 2);
    slow.resolve('late');
    await expect(answered).resolves.toBe('late');
    await failTimes(policies, 2);
    expect(circuit).toEqual([]);
  });

  test('send a query again and a mutation never', async () => {
    const { policies } = createPolicies();
    let sent = 0;
    const send = (): Promise<string> => (++sent < 3 ? Promise.reject(passing) : Promise.resolve('reply'));
    await expect(policies.query(send)).resolves.toBe('reply');
    expect(sent).toBe(3);
    sent = 0;
    await expect(policies.mutation(send)).rejects.toBe(passing);
    expect(sent).toBe(1);
  });

  test('give up a query that finds nobody as often as it may be sent', async () => {
    const { policies } = createPolicies();
    let sent = 0;
    const send = (): Promise<string> => {
      sent++;
      return Promise.reject(passing);
    };
    for (let n = 1; n <= 2; n++) {
      await expect(policies.query(send)).rejects.toBe(passing);
      expect(sent).toBe(n * LIMITS.queryAttemptsMax);
    }
  });

  test('turn away more fetches at a time than are allowed', async () => {
    const { policies } = createPolicies();
    const slow = Promise.withResolvers<string>();
    const waiting = [policies.query(() => slow.promise), policies.mutation(() => slow.promise)];
    await expect(policies.query(succeed)).rejects.toMatchObject({ reason: 'too many fetches under way' });
    slow.resolve('reply');
    await Promise.all(waiting);
    await expect(policies.query(succeed)).resolves.toBe('reply');
  });
});
