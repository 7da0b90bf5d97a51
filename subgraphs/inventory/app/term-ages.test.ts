import { beforeEach, describe, expect, test } from '@jest/globals';
import type { RuleRequest } from '../domain/read-rule.ts';
import { ledgerSnapshot } from './ledger-snapshot.ts';
import { LedgerBench } from '../testing/ledger-bench.ts';
import { availabilityOf, channelOf } from './availability-query.ts';
import { explainAvailability } from './explain-availability.ts';

/* Every step happens a minute after the one before, so that an age names the step that changed the figure. */

let bench: LedgerBench;
let startMs: number;

beforeEach(() => {
  bench = LedgerBench.withLocations(2);
  bench.sku('B');
  bench.channel('WEB', ['L0', 'L1']);
  bench.channel('APP', ['L1']);
  startMs = bench.clock.nowMs();
  receive('L0', '10');
  receive('L1', '10');
});

const next = (): void => bench.clock.advance(60_000);

function receive(location: string, quantity: string, sku = 'A'): void {
  next();
  bench.receive(location, quantity, sku);
}

function rules(...changed: readonly RuleRequest[]): void {
  next();
  const request = { changedBy: 'op', effectiveAtMs: null, rules: changed };
  const { code } = bench.do({ type: 'change-availability-rules', request });
  if (code !== undefined) throw new Error(code);
}

function reserve(channel: string, quantity: string, location?: string): void {
  next();
  const { code } = bench.reserve([['A', quantity]], { channel, ...(location !== undefined && { location }) });
  if (code !== undefined) throw new Error(code);
}

/** Minutes after the beginning at which the terms changed; a term that is not told is absent. */
function agesOf(channel = 'WEB', sku = 'A'): Readonly<Record<string, number | null>> {
  const { state } = bench;
  const answer = availabilityOf(state, { sku, channel: channelOf(state, channel) }, 1);
  if (!answer) throw new Error(`no availability of ${sku}`);
  return Object.fromEntries(
    explainAvailability(state, answer).map(({ kind, location, changedAt }) => [
      location === null ? kind : `${kind} ${location}`,
      changedAt === null ? null : (Date.parse(changedAt) - startMs) / 60_000,
    ]),
  );
}

describe('the age of a term', () => {
  test('of figures of a location is that of their last change', () => {
    reserve('WEB', '2', 'L0');
    expect(agesOf()).toEqual({ 'SELLABLE L0': 1, 'SELLABLE L1': 2, 'SOFT_RESERVED L0': 3 });
  });

  test('of demand without a location is that of the last reservation in a network that shares a location', () => {
    reserve('WEB', '2');
    reserve('APP', '1');
    receive('L0', '1');
    expect(agesOf()).toMatchObject({ UNSOURCED: 4 });
    expect(agesOf('APP')).toMatchObject({ UNSOURCED: 4 });
    next();
    bench.do({
      type: 'cancel-reservations',
      request: { commandId: 'c', reservations: [reservationIds()[0] as string] },
    });
    expect(agesOf()).toMatchObject({ UNSOURCED: 6 });
  });

  test('of what a rule keeps back is when it took effect, or when a more specific one was taken away', () => {
    const kind = 'THRESHOLD';
    rules({ kind, isRemoved: false, channel: 'WEB', quantity: '1' });
    rules({ kind, isRemoved: false, quantity: '2' });
    expect(agesOf()).toMatchObject({ THRESHOLD: 3 });
    expect(agesOf('APP')).toMatchObject({ THRESHOLD: 4 });
    rules({ kind, isRemoved: true, channel: 'WEB' });
    expect(agesOf()).toMatchObject({ THRESHOLD: 5 });
    rules({ kind: 'SAFETY_QUANTITY', isRemoved: false, location: 'L0', quantity: '1' });
    expect(agesOf()).toMatchObject({ 'SAFETY L0': 6 });
  });

  test('of a percentage is that of the figures that it is of', () => {
    rules({ kind: 'SAFETY_PERCENT', isRemoved: false, basisPoints: 1_000 });
    receive('L1', '5');
    expect(agesOf()).toMatchObject({ 'SAFETY L0': 3, 'SAFETY L1': 4 });
  });

  test('of a quota of another channel is that of its setting, or of the last sale that counts for it', () => {
    rules({ kind: 'QUOTA', isRemoved: false, channel: 'APP', quantity: '5' });
    receive('L0', '1');
    expect(agesOf()).toMatchObject({ OTHER_QUOTA: 3 });
    reserve('APP', '1');
    expect(agesOf()).toMatchObject({ OTHER_QUOTA: 5 });
  });

  test('of promises beyond what is there is that of the last change of a figure in the network', () => {
    reserve('WEB', '3', 'L0');
    next();
    bench.sell('L0', '9');
    expect(agesOf()).toMatchObject({ OVERSOLD: 4, 'FLOOR L0': 4 });
  });

  test('of what is sold beyond stock is that of the policy, or of what was last owed', () => {
    rules({ kind: 'SELL_POLICY', isRemoved: false, channel: 'APP', sellPolicy: { mode: 'BACKORDER', limit: '5' } });
    receive('L0', '1');
    expect(agesOf('APP')).toMatchObject({ EXTRA: 3 });
    reserve('APP', '12');
    expect(agesOf('APP')).toMatchObject({ EXTRA: 5 });
  });

  test('of a kit is that of the last change of a component', () => {
    const components = [
      { sku: 'A', quantity: '1' },
      { sku: 'B', quantity: '1' },
    ];
    bench.do({ type: 'register-sku', request: { sku: 'K', step: '1', categories: [], components } });
    receive('L0', '4', 'B');
    expect(agesOf('WEB', 'K')).toMatchObject({ COMPONENTS: 3 });
  });

  test('survives a restart from a snapshot as well as from the log', () => {
    rules({ kind: 'THRESHOLD', isRemoved: false, quantity: '2' });
    rules({ kind: 'QUOTA', isRemoved: false, channel: 'APP', quantity: '5' });
    rules({ kind: 'SELL_POLICY', isRemoved: false, channel: 'WEB', sellPolicy: { mode: 'BACKORDER', limit: '5' } });
    reserve('APP', '1');
    reserve('WEB', '14');
    const ages = agesOf();
    expect(Object.keys(ages)).toEqual(expect.arrayContaining(['THRESHOLD', 'OTHER_QUOTA', 'UNSOURCED', 'EXTRA']));
    const bytes = Buffer.from(ledgerSnapshot.encode(bench.state));
    for (const from of ['SNAPSHOT', 'LOG'] as const) {
      bench.restart(from);
      expect(agesOf()).toEqual(ages);
      expect(Buffer.from(ledgerSnapshot.encode(bench.state)).equals(bytes)).toBe(true);
    }
  });
});

const reservationIds = (): readonly string[] => Array.from(bench.state.reservations.active(), ({ id }) => id);
