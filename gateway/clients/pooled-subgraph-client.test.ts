import { describe, expect, test } from '@jest/globals';
import { Obstacle } from '../../kernel/model/errors.ts';
import type { OperationContext } from '../executor/operation-context.ts';
import type { SubgraphClient, SubgraphOperation, SubgraphResult } from '../executor/subgraph-client.ts';
import { FetchFailed } from './fetch-failed.ts';
import { fixedMembers, type PoolMember, type PoolMembers } from './pool-members.ts';
import { PooledSubgraphClient } from './pooled-subgraph-client.ts';

const QUERY = { kind: 'query' } as SubgraphOperation;
const MUTATION = { kind: 'mutation' } as SubgraphOperation;
const CONTEXT = {} as OperationContext;

describe('a pool of processes of one subgraph', () => {
  test('is asked in turn', async () => {
    const [a, b] = [member(told('a')), member(told('b'))];
    const run = poolOf([a, b]).prepare(QUERY);

    const answers = [await run({}, CONTEXT), await run({}, CONTEXT), await run({}, CONTEXT)];

    expect(answers).toEqual([told('a'), told('b'), told('a')]);
  });

  test('answers a query by the next one when one is gone or says that it cannot', async () => {
    const [gone, unable, well] = [member(unreachable('ECONNRESET')), member(cannot()), member(told('c'))];
    const run = poolOf([gone, unable, well]).prepare(QUERY);

    expect(await run({}, CONTEXT)).toEqual(told('c'));
    expect([gone.rests, unable.rests, well.rests]).toEqual([1, 1, 0]);
  });

  test('asks those first that are ready', async () => {
    const [resting, well] = [member(told('a')), member(told('b'))];
    resting.watch.isUsable = false;
    const run = poolOf([resting, well]).prepare(QUERY);

    await run({}, CONTEXT);
    await run({}, CONTEXT);

    expect([resting.asked, well.asked]).toEqual([0, 2]);
  });

  test('tells what the first one said when none of them can', async () => {
    const run = poolOf([member(cannot()), member(unreachable('timeout'))]).prepare(QUERY);

    expect(await run({}, CONTEXT)).toEqual(cannot());
  });

  test('sends a mutation on only when it certainly reached nobody', async () => {
    const [refusing, well] = [member(unreachable('ECONNREFUSED')), member(told('b'))];
    const [broken, other] = [member(unreachable('ECONNRESET')), member(told('b'))];

    expect(await poolOf([refusing, well]).prepare(MUTATION)({}, CONTEXT)).toEqual(told('b'));
    await expect(poolOf([broken, other]).prepare(MUTATION)({}, CONTEXT)).rejects.toThrow('reached');
    expect(other.asked).toBe(0);
  });

  test('asks whoever is there at the moment of asking', async () => {
    const [a, b] = [member(told('a')), member(told('b'))];
    const members: { now: readonly PoolMember[]; close(): Promise<void> } = { now: [a], close: async () => undefined };
    const run = new PooledSubgraphClient({ name: 'stock', members }).prepare(QUERY);
    expect(await run({}, CONTEXT)).toEqual(told('a'));
    members.now = [b];
    expect(await run({}, CONTEXT)).toEqual(told('b'));
    members.now = [];
    await expect(run({}, CONTEXT)).rejects.toMatchObject({
      code: 'SUBGRAPH_UNAVAILABLE',
      details: { service: 'stock', reason: 'nobody is there' },
    });
    members.now = [a];
    expect(await run({}, CONTEXT)).toEqual(told('a'));
    // Prepared once for each of them.
    expect([a.prepared, b.prepared]).toEqual([1, 1]);
  });

  test('closes what it watches and reaches them by', async () => {
    const [a, b] = [member(told('a')), member(told('b'))];
    await poolOf([a, b]).close();
    expect([a.closed, b.closed]).toEqual([2, 2]);
  });

  test('does not repeat a mutation that a process could not carry out, because it may have begun', async () => {
    const [unable, well] = [member(cannot()), member(told('b'))];

    expect(await poolOf([unable, well]).prepare(MUTATION)({}, CONTEXT)).toEqual(cannot());
    expect(well.asked).toBe(0);
  });
});

function poolOf(members: readonly PoolMember[]): PooledSubgraphClient {
  const pool: PoolMembers = fixedMembers(members);
  return new PooledSubgraphClient({ name: 'stock', members: pool });
}

interface TestMember extends PoolMember {
  readonly watch: { isUsable: boolean; rest(): void; close(): void };
  readonly prepared: number;
  /** Of its two parts. */
  readonly closed: number;
  readonly asked: number;
  readonly rests: number;
}

function member(answer: SubgraphResult | Error): TestMember {
  let asked = 0;
  let rests = 0;
  let prepared = 0;
  let closed = 0;
  const client: SubgraphClient = {
    name: 'stock',
    prepare: () => {
      prepared++;
      return async () => {
        asked++;
        if (answer instanceof Error) throw answer;
        return answer;
      };
    },
    close: async () => void closed++,
  };
  return {
    client,
    watch: { isUsable: true, rest: () => void rests++, close: () => void closed++ },
    get prepared() {
      return prepared;
    },
    get closed() {
      return closed;
    },
    get asked() {
      return asked;
    },
    get rests() {
      return rests;
    },
  };
}

function told(name: string): SubgraphResult {
  return { data: { name } };
}

function cannot(): SubgraphResult {
  return { data: null, errors: [{ message: 'not now', extensions: { code: 'CONTEXT_UNAVAILABLE' } }] };
}

function unreachable(reason: string): Obstacle {
  const cause = new FetchFailed(reason, { isOutage: true, isWorthRepeating: true });
  return new Obstacle('SUBGRAPH_UNAVAILABLE', 'It was not reached.', {}, { cause });
}
