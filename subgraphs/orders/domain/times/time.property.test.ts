import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isRefusal, Refusal } from '../../../../kernel/model/errors.ts';
import { testConfig } from '../../../../kernel/testing/config.ts';
import { InventoryModel } from '../../testing/inventory-model.ts';
import { HOUR_MS } from '../../testing/pass-hours.ts';
import { NOW_MS, sampleOrder, told } from '../../testing/sample-order.ts';
import { LINE_STATES } from '../line-state.ts';
import type { CommandOutcome, NamedReservation } from '../command-outcome.ts';
import type { Order } from '../order.ts';
import type { PendingCommand } from '../commands-of-order.ts';
import type { OrderCommand, OrderEvent } from '../order-command.ts';
import { transition } from '../transition.ts';
import { countUnits } from '../units.ts';
import { closesAtMs } from './close-order.ts';
import { DEADLINE_KINDS, MINUTE_MS, USUAL_TIMES, type TimeRules } from './time-rules.ts';

/*
 * Random lives of an order on a clock that goes on: whatever happens in between, each deadline is warned of once and told
 * as missed once, every exception that stands is one whose cause is there, who is woken has nothing left to do, and what is
 * closed stays closed.
 */

const TERMINAL = ['CANCELLED', 'REJECTED', 'SUBSTITUTED', 'CLOSED'] as const;

interface Step {
  readonly kind:
    | 'settle'
    | 'allocate'
    | 'release'
    | 'ship'
    | 'follow'
    | 'track'
    | 'deliver'
    | 'untold'
    | 'reject'
    | 'cancel'
    | 'hold'
    | 'free'
    | 'return'
    | 'acknowledge'
    | 'pass';
  readonly hours: number;
  readonly pick: number;
}

const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom(
    ...(['settle', 'settle', 'allocate', 'release', 'release', 'ship', 'ship', 'follow', 'track', 'deliver'] as const),
    ...([
      'untold',
      'reject',
      'cancel',
      'hold',
      'free',
      'return',
      'acknowledge',
      'pass',
      'pass',
      'pass',
      'pass',
    ] as const),
  ),
  hours: fc.constantFrom(0, 0, 1, 5, 24, 100, 400),
  pick: fc.nat({ max: 5 }),
});

const steps = fc.array(step, { minLength: 5, maxLength: 50 });
const promisedInDays = fc.integer({ min: -3, max: 9 });

const rules: fc.Arbitrary<TimeRules> = fc.record({
  deadlines: fc.constantFrom<TimeRules['deadlines']>(
    [],
    [{ kind: 'RELEASE', warnMinutes: 30, afterMinutes: 90 }],
    [{ kind: 'SHIPMENT', warnMinutes: 6_000 }],
  ),
  arrivals: fc.constantFrom<TimeRules['arrivals']>([], [{ untoldDays: 2, silentDays: null }]),
  returnWindows: fc.constantFrom<TimeRules['returnWindows']>([], [{ days: 3 }], [{ days: null }]),
});

const DAY_MS = 24 * HOUR_MS;

class Life {
  order: Order;
  #nowMs = NOW_MS;
  #ordinal = 0;
  readonly entries = new Set<string>();
  readonly #inventory = new InventoryModel(['DC']);
  readonly #open = new Set<string>();
  readonly #rules: TimeRules;

  constructor(given: TimeRules, promisedInDays: number) {
    this.#rules = given;
    for (const sku of ['MUG', 'JUG']) this.#inventory.put(sku, 'DC', 9);
    const latestOn = new Date(NOW_MS + promisedInDays * DAY_MS).toISOString().slice(0, 10);
    const order = sampleOrder();
    const promise = { earliestOn: latestOn, latestOn };
    const lines = order.lines.map((line) => ({ ...line, promise }));
    this.order = { ...order, lines, acknowledgeByMs: NOW_MS + 6 * HOUR_MS };
    // Every other one was sold by a marketplace, which wants it sent in time.
    if (promisedInDays % 2 === 0) return;
    const shipByMs = NOW_MS + 150 * HOUR_MS;
    const marketplace = { system: 'market', lineIds: ['a', 'b'], calledOff: [0, 0], words: [], shipByMs };
    this.order = { ...this.order, marketplace };
  }

  /** Everything leaves on the first day. */
  begin(): void {
    const kinds = ['settle', 'allocate', 'settle', 'settle', 'release', 'ship'] as const;
    for (const kind of kinds) this.take({ kind, hours: 1, pick: 1 });
  }

  take({ kind, hours, pick }: Step): void {
    this.#nowMs += hours * HOUR_MS;
    const [first] = this.order.shipments;
    const lines = this.order.lines.map(({ id: line, ordered: quantity }) => ({ line, quantity }));
    switch (kind) {
      case 'settle':
        return this.#settle();
      case 'allocate': {
        const claims = this.order.lines.flatMap(({ id, claims: all }) => all.map((claim) => ({ line: id, ...claim })));
        const free = claims.filter(({ reservation, commandId }) => reservation !== null && commandId === null);
        const choices = free.map(({ line, reservation }) => ({ line, reservation: reservation ?? '', location: 'DC' }));
        return this.#do({ type: 'PlanAllocation', choices, unsourced: [], givenUp: [], told: this.#told() });
      }
      case 'release':
        return this.#do({ type: 'PlanRelease', location: 'DC', byHub: true, told: this.#told() });
      case 'ship': {
        const parcel = { externalId: `s-${this.#ordinal}`, carrier: 'Meridian', trackingNumber: '1' };
        const about = { location: 'DC', misfits: [], parcel, told: this.#told() };
        return this.#do({ type: 'RecordWork', step: 'SHIPPED', lines: lines.slice(0, 1 + (pick % 2)), ...about });
      }
      case 'follow':
        return first && this.#do({ type: 'FollowShipment', shipment: first.id, by: 'parcels', told: this.#told() });
      case 'untold':
        return (
          first &&
          this.#do({ type: 'NoteUntoldParcel', shipment: first.id, by: 'parcels', reason: 'no', told: this.#told() })
        );
      case 'track': {
        const status =
          (['IN_TRANSIT', 'EXCEPTION', 'LOST', 'DELIVERED', 'OUT_FOR_DELIVERY', 'ANNOUNCED'] as const)[pick] ?? 'LOST';
        const tracking = { status, atMs: this.#nowMs };
        return first && this.#do({ type: 'RecordTracking', shipment: first.id, tracking, told: this.#told() });
      }
      case 'deliver':
        return (
          first &&
          this.#do({
            type: 'RecordDelivery',
            shipment: first.externalId,
            told: { ...this.#told(), source: first.source },
          })
        );
      case 'reject':
        return this.#do({ type: 'RejectWork', location: 'DC', reason: 'CAPACITY', told: this.#told() });
      case 'cancel':
        return this.#do({ type: 'CancelOrder', reason: 'CUSTOMER', wmsLocations: [], told: this.#told() });
      case 'hold': {
        const hold = { type: 'CS_REVIEW', placedBy: 'ann', authority: 'care', reason: 'odd' } as const;
        return this.#do({ type: 'PlaceHold', hold, told: this.#told() });
      }
      case 'free': {
        const by = { by: 'ann', authority: 'care', reason: 'fine', wmsLocations: [] };
        return this.#do({ type: 'ResolveHold', hold: 'order-1.h1', outcome: 'RESOLVED', ...by, told: this.#told() });
      }
      case 'return':
        return this.#do({
          type: 'RegisterReturn',
          return: 'r',
          lines: [{ line: 'order-1.1', quantity: 1 }],
          told: this.#told(),
        });
      case 'acknowledge':
        this.order = { ...this.order, acknowledgedAtMs: this.#nowMs };
        return;
      case 'pass':
        this.#pass();
    }
  }

  /** The ledger answers the oldest command, which is always taken in. */
  #settle(): void {
    const command = this.order.pending.find((each) => 'request' in each);
    if (!command || !('request' in command)) return;
    this.#do({ type: 'SettleCommand', commandId: command.id, outcome: this.#answer(command), told: this.#told() });
  }

  #answer({ name, request }: Extract<PendingCommand, { readonly request: unknown }>): CommandOutcome {
    try {
      const { reservations } = this.#inventory.answer(name, request) as { readonly reservations?: NamedReservation[] };
      return { status: 'DONE', ...(reservations && { reservations }) };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const { code, message, details } = error;
      return { status: 'REFUSED', code, message, details };
    }
  }

  /** As the alarms do: while it is due. */
  #pass(): void {
    const { wakeAtMs } = this.order;
    if (wakeAtMs === undefined || wakeAtMs > this.#nowMs) return;
    this.#do({ type: 'PassTime', nowMs: this.#nowMs, told: this.#told() });
    expect(this.order.wakeAtMs ?? Infinity).toBeGreaterThan(this.#nowMs);
  }

  passAt(nowMs: number): void {
    this.#nowMs = nowMs;
    this.#pass();
  }

  #told() {
    return told(`t${++this.#ordinal}`, this.#nowMs - NOW_MS);
  }

  #do(command: OrderCommand): void {
    const result = transition(this.order, command, this.#rules);
    if (isRefusal(result)) return;
    const before = this.order;
    this.order = result.state;
    this.#check(before, result.state, result.events);
  }

  #check(before: Order, after: Order, events: readonly OrderEvent[]): void {
    for (const [index, { units, ordered }] of after.lines.entries()) {
      expect(countUnits(units)).toBe(ordered);
      const former = before.lines[index]?.units ?? [];
      for (const state of TERMINAL) {
        expect(countUnits(units, { states: [state] })).toBeGreaterThanOrEqual(countUnits(former, { states: [state] }));
      }
    }
    for (const entry of after.timeline.slice(before.timeline.length)) this.#checkEntry(after, entry.type);
    for (const event of events) this.#checkEvent(event);
    const alarms = (after.alarms ?? []).filter(({ state }) => state !== 'PASSED');
    for (const { kind } of alarms) expect(this.#open).toContain(`${kind.toLowerCase()}-due-order-1`);
    if (after.status === 'CLOSED') {
      expect([after.wakeAtMs, alarms, closesAtMs(after, this.#rules)]).toEqual([undefined, [], undefined]);
      const states = after.lines.flatMap(({ units }) => units.map(({ state }) => state));
      expect(states.every((state) => (TERMINAL as readonly string[]).includes(state))).toBe(true);
    }
  }

  #checkEntry({ alarms = [] }: Order, type: string): void {
    this.entries.add(type);
    const about = alarms.find(({ kind }) => type === `${kind}_DUE` || type === `${kind}_MISSED`);
    if (!DEADLINE_KINDS.some((kind) => type === `${kind}_DUE` || type === `${kind}_MISSED`)) return;
    expect(about).toBeDefined();
    // What is on its way is another thing than what is still here.
    const key = `${type} ${about?.dueAtMs} ${about?.isOutOfHands ?? false}`;
    expect(this.#told1.has(key)).toBe(false);
    this.#told1.add(key);
  }
  readonly #told1 = new Set<string>();

  /** Nothing is cleared that does not stand. */
  #checkEvent(event: OrderEvent): void {
    if (event.type === 'exception-raised') this.#open.add(event.exception.id);
    if (event.type !== 'exception-cleared') return;
    expect(this.#open).toContain(event.exceptionId);
    this.#open.delete(event.exceptionId);
  }
}

const { propertyRuns, propertySeed } = testConfig();

function live(parameters: fc.Parameters<[TimeRules, number, boolean, Step[]]>): ReadonlySet<string> {
  const seen = new Set<string>();
  fc.assert(
    fc.property(rules, promisedInDays, fc.boolean(), steps, (given, days, hasLeft, next) => {
      const life = new Life(given, days);
      if (hasLeft) life.begin();
      for (const each of next) life.take(each);
      for (const entry of life.entries) seen.add(entry);
      for (const { state } of life.order.lines.flatMap(({ units }) => units)) expect(LINE_STATES).toContain(state);
    }),
    parameters,
  );
  return seen;
}

describe('what time does to an order', () => {
  test('is done once, leaves nothing due, and never takes back what is over', () => {
    live({ numRuns: propertyRuns, ...(propertySeed !== undefined && { seed: propertySeed }) });
  });

  test('tells people of every acknowledgement that is missing before the marketplace stops waiting', () => {
    const minutes = fc.integer({ min: 1, max: 3_000 });
    const warned = fc.property(minutes, fc.option(minutes), minutes, (waits, answersAfter, warnMinutes) => {
      const given: TimeRules = { ...USUAL_TIMES, deadlines: [{ kind: 'ACKNOWLEDGEMENT', warnMinutes }] };
      const life = new Life(given, 9);
      life.order = { ...life.order, acknowledgeByMs: NOW_MS + waits * MINUTE_MS };
      const isAnswered = answersAfter !== null && answersAfter < waits;
      life.take({ kind: 'settle', hours: 0, pick: 0 });
      const acknowledgedAtMs = NOW_MS + (answersAfter ?? 0) * MINUTE_MS;
      while ((life.order.wakeAtMs ?? Infinity) < NOW_MS + waits * MINUTE_MS) {
        const { wakeAtMs = 0 } = life.order;
        if (isAnswered && acknowledgedAtMs <= wakeAtMs) life.order = { ...life.order, acknowledgedAtMs };
        life.passAt(wakeAtMs);
      }
      expect(isAnswered || life.entries.has('ACKNOWLEDGEMENT_DUE')).toBe(true);
    });
    fc.assert(warned, { numRuns: propertyRuns, ...(propertySeed !== undefined && { seed: propertySeed }) });
  });

  test('is led into its corners by such lives', () => {
    const seen = live({ numRuns: 250, seed: 3 });
    for (const kind of DEADLINE_KINDS) {
      expect([...seen]).toEqual(expect.arrayContaining([`${kind}_DUE`, `${kind}_MISSED`]));
    }
    for (const kind of ['DELIVERY_INFERRED', 'ORDER_CLOSED', 'STATUS_REGRESSION', 'PROMISE_PASSED']) {
      expect([...seen]).toContain(kind);
    }
  });
});
