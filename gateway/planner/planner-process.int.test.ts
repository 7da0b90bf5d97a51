import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { QueryPlanner } from '@graphql-hive/router-query-planner';
import { createShop } from '../testing/shop-subgraphs.ts';
import type { NativeConstructor } from './load-native-planner.ts';
import { PlannerProcess } from './planner-process.ts';

const { supergraphSdl } = createShop();
const NOBODY = new Set<string>();
const QUERY = '{ products { title softStock } }';
/** Validation keeps it from the planner; here it is what the planner cannot take. */
const DEADLY = 'query { ...A } fragment A on Query { me { id } ...A }';

describe('the planner in a process of its own', () => {
  let planners: PlannerProcess;
  beforeEach(() => {
    planners = new PlannerProcess();
  });
  afterEach(() => planners.close());
  const load = () => planners.load() as NativeConstructor;

  test('plans as it does in this one', () => {
    const Native = load();
    const [apart, here] = [new Native(supergraphSdl), new QueryPlanner(supergraphSdl)];
    expect(apart.consumerSchema).toBe(here.consumerSchema);
    expect(apart.overridePercentages).toEqual(here.overridePercentages);
    expect(apart.plan(QUERY, undefined, NOBODY, 0)).toEqual(here.plan(QUERY, undefined, NOBODY, 0));
    const named = 'query A { me { id } } query B { me { mail } }';
    expect(apart.plan(named, 'B', NOBODY, 0)).toEqual(here.plan(named, 'B', NOBODY, 0));
  });

  test('tells what is wrong with a supergraph and with an operation', () => {
    const Native = load();
    expect(() => new Native('no supergraph {')).toThrow(/Failed to parse supergraph/);
    expect(() => new Native(supergraphSdl).plan('{ nothing }', undefined, NOBODY, 0)).toThrow(/Failed to/);
  });

  test('may end over an operation, which is not given to it again, and plans the next one', () => {
    const planner = new (load())(supergraphSdl);
    expect(() => planner.plan(DEADLY, undefined, NOBODY, 0)).toThrow('has ended');
    expect(planner.plan(QUERY, undefined, NOBODY, 0).node).toMatchObject({ kind: 'Sequence' });
    expect(() => planner.plan(DEADLY, undefined, NOBODY, 0)).toThrow('before');
  });

  test('keeps several supergraphs apart, also when it has forgotten one', () => {
    const Native = load();
    const first = new Native(supergraphSdl);
    const others = Array.from({ length: 10 }, (_none, n) => new Native(supergraphSdl.replaceAll('softStock', `s${n}`)));
    expect(first.plan(QUERY, undefined, NOBODY, 0).node).toMatchObject({ kind: 'Sequence' });
    expect(() => others[3]?.plan(QUERY, undefined, NOBODY, 0)).toThrow(/Failed to/);
    expect(others[3]?.plan('{ products { s3 } }', undefined, NOBODY, 0).node).toMatchObject({ kind: 'Sequence' });
  });

  test('is ended over a plan that takes too long, which is not asked for again, and plans the next one', async () => {
    const module = new URL('./testing/planner-that-hangs.ts', import.meta.url);
    const hanging = new PlannerProcess({ module, limits: { planMsMax: 100 } });
    try {
      const planner = new (hanging.load() as NativeConstructor)(supergraphSdl);
      const plan = (text: string) => planner.plan(text, undefined, NOBODY, 0);
      expect(() => plan('{ hang }')).toThrow('has ended');
      expect(() => plan('{ hang }')).toThrow('before');
      // The next process has to start first, for which it gets as long as for reading a supergraph.
      expect(plan('{ other }')).toEqual({ kind: 'QueryPlan' });
    } finally {
      await hanging.close();
    }
  });
});
