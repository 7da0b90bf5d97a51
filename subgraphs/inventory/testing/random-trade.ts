import fc from 'fast-check';
import type { FakeClock } from '../../../kernel/testing/fake-clock.ts';
import type { Ledger } from '../app/ledger.ts';
import type { LedgerCommand } from '../domain/ledger-command.ts';
import type { ReservationKind } from '../domain/ledger-event.ts';
import type { RuleRequest } from '../domain/read-rule.ts';

export const TRADE_LOCATIONS = ['L0', 'L1', 'L2'] as const;
/** K is a kit of A and twice B. */
export const TRADE_SKUS = ['A', 'B', 'K'] as const;
export const TRADE_CHANNELS = { WEB: ['L0', 'L1'], APP: ['L1', 'L2'] } as const;

const STALE_AFTER_MS = 60_000;

const location = fc.constantFrom(...TRADE_LOCATIONS);
const channel = fc.constantFrom('WEB', 'APP');
const sku = fc.constantFrom(...TRADE_SKUS);
const part = fc.constantFrom('A', 'B');
const units = fc.integer({ min: 1, max: 6 });
const nth = fc.nat({ max: 30 });
const is = <Type extends string>(type: Type) => fc.constant(type);

const rule: fc.Arbitrary<RuleRequest> = fc
  .record({
    kind: fc.constantFrom(
      'SAFETY_QUANTITY',
      'SAFETY_PERCENT',
      'THRESHOLD',
      'QUOTA',
      'CAP',
      'STALE_BUFFER',
      'SELL_POLICY',
    ),
    channel,
    quantity: fc.nat({ max: 4 }),
    isRemoved: fc.boolean(),
  })
  .map(({ kind, channel: seller, quantity, isRemoved }) => {
    const of = kind as RuleRequest['kind'];
    const scope = of === 'STALE_BUFFER' ? {} : { channel: seller };
    if (isRemoved) return { kind: of, isRemoved, ...scope };
    if (of === 'SAFETY_PERCENT') return { kind: of, isRemoved, ...scope, basisPoints: quantity * 2_000 };
    if (of !== 'SELL_POLICY') return { kind: of, isRemoved, ...scope, quantity: String(quantity) };
    return { kind: of, isRemoved, ...scope, sellPolicy: { mode: 'BACKORDER', limit: String(quantity) } };
  });

/** Whatever changes what may be sold, what brings stock and claims more often than the rest. */
export const tradeStep = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({ type: is('receive'), location, sku: part, units: fc.integer({ min: 4, max: 30 }) }),
  },
  { weight: 3, arbitrary: fc.record({ type: is('sell'), location, sku: part, units }) },
  { weight: 1, arbitrary: fc.record({ type: is('count'), location, sku: part, units: fc.nat({ max: 30 }) }) },
  { weight: 2, arbitrary: fc.record({ type: is('condition'), location, sku: part, units }) },
  {
    weight: 8,
    arbitrary: fc.record({
      type: is('reserve'),
      channel,
      sku,
      units,
      location: fc.option(location, { nil: undefined }),
      kind: fc.constantFrom<ReservationKind>('CART', 'CHECKOUT', 'ORDER', 'MANUAL'),
    }),
  },
  { weight: 2, arbitrary: fc.record({ type: is('cancel'), nth }) },
  { weight: 4, arbitrary: fc.record({ type: is('allocate'), nth, location, units }) },
  { weight: 2, arbitrary: fc.record({ type: is('deallocate'), nth, units, isReserving: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ type: is('ship'), nth, units, isPicked: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ type: is('transfer'), from: location, to: location, sku: part, units }) },
  { weight: 1, arbitrary: fc.record({ type: is('rules'), rule, inMs: fc.constantFrom(0, 30_000) }) },
  {
    weight: 2,
    arbitrary: fc.record({ type: is('supply'), location, sku: part, units, inMs: fc.nat({ max: 99_999 }) }),
  },
  { weight: 1, arbitrary: fc.record({ type: is('hear'), location }) },
  { weight: 2, arbitrary: fc.record({ type: is('wait'), ms: fc.constantFrom(1, 30_000, 120_000, 900_000) }) },
);

export type TradeStep = typeof tradeStep extends fc.Arbitrary<infer Step> ? Step : never;

interface Claim {
  readonly reservation: string;
  readonly sku: string;
  readonly location: string | undefined;
}

interface Bound {
  readonly orderLine: string;
  readonly sku: string;
  readonly location: string;
}

/** Trades with a ledger at random; what the ledger refuses is part of it. */
export class RandomTrade {
  readonly #clock: FakeClock;
  readonly #claims: Claim[] = [];
  readonly #bound: Bound[] = [];
  #next = 0;

  constructor(clock: FakeClock) {
    this.#clock = clock;
  }

  /** Registers locations with their feeds, SKUs, networks and channels. */
  async begin(ledger: Ledger): Promise<void> {
    for (const place of TRADE_LOCATIONS) {
      const settings = { name: place, type: 'STORE', timeZone: 'Europe/London' } as const;
      const request = { location: place, ...settings, capabilities: ['SHIP' as const, 'PICKUP' as const] };
      await ledger.execute({ type: 'register-location', request });
      const feed = { system: 'pos', staleAfterMs: STALE_AFTER_MS };
      await ledger.execute({ type: 'set-location-feed', request: { location: place, feed } });
    }
    for (const id of ['A', 'B']) {
      await ledger.execute({ type: 'register-sku', request: { sku: id, step: '1', categories: [] } });
    }
    const components = [
      { sku: 'A', quantity: '1' },
      { sku: 'B', quantity: '2' },
    ];
    await ledger.execute({ type: 'register-sku', request: { sku: 'K', step: '1', categories: [], components } });
    for (const [id, locations] of Object.entries(TRADE_CHANNELS)) {
      await ledger.execute({ type: 'register-network', request: { id, locations } });
      const settings = { id, network: id, currency: 'GBP', publishes: 'ATS' } as const;
      await ledger.execute({ type: 'register-channel', request: settings });
    }
  }

  async run(ledger: Ledger, step: TradeStep): Promise<void> {
    try {
      await this.#run(ledger, step);
    } catch (error) {
      // A refusal is an outcome like any other; a fault of the test or the ledger is not.
      if ((error as { kind?: string }).kind !== 'refusal') throw error;
    }
  }

  async #run(ledger: Ledger, step: TradeStep): Promise<void> {
    switch (step.type) {
      case 'reserve':
        return this.#reserve(ledger, step);
      case 'cancel':
      case 'allocate':
        return this.#claim(ledger, step);
      case 'deallocate':
      case 'ship':
        return this.#work(ledger, step);
      case 'transfer':
        return this.#transfer(ledger, step);
      case 'rules': {
        const effectiveAtMs = step.inMs === 0 ? null : this.#clock.nowMs() + step.inMs;
        const request = { changedBy: 'op', effectiveAtMs, rules: [step.rule] };
        await ledger.execute({ type: 'change-availability-rules', request });
        return;
      }
      case 'hear': {
        const heard = { location: step.location, system: 'pos', occurredAtMs: this.#clock.nowMs() };
        await ledger.execute({ type: 'hear-feed', ...heard });
        return;
      }
      case 'wait':
        return this.#wait(ledger, step.ms);
      default:
        return this.#tell(ledger, step);
    }
  }

  async #reserve(ledger: Ledger, step: Extract<TradeStep, { type: 'reserve' }>): Promise<void> {
    const { kind, channel: seller, location: at, sku: id, units: quantity } = step;
    const lines = [{ lineRef: '1', sku: id, quantity: String(quantity) }];
    const commandId = `reserve-${this.#next++}`;
    const request = {
      commandId,
      kind,
      channel: seller,
      lines,
      owner: 'caller',
      ...(at !== undefined && { location: at }),
    };
    const { reservations } = await ledger.execute({ type: 'reserve-stock', request }, { commandId });
    for (const { id: reservation } of reservations) this.#claims.push({ reservation, sku: id, location: at });
  }

  async #claim(ledger: Ledger, step: Extract<TradeStep, { type: 'cancel' | 'allocate' }>): Promise<void> {
    const claim = this.#claims[step.nth % this.#claims.length];
    if (!claim) return;
    const commandId = `claim-${this.#next++}`;
    const { reservation, sku: id } = claim;
    if (step.type === 'cancel') {
      const request = { commandId, reservations: [reservation] };
      await ledger.execute({ type: 'cancel-reservations', request }, { commandId });
      return;
    }
    const at = claim.location ?? step.location;
    const orderLine = `line-${this.#next++}`;
    const line = { orderLine, reservation, location: at, sku: id, quantity: String(step.units) };
    const request = { commandId, order: 'order', lines: [line] };
    await ledger.execute({ type: 'allocate-stock', request }, { commandId });
    this.#bound.push({ orderLine, sku: id, location: at });
  }

  async #work(ledger: Ledger, step: Extract<TradeStep, { type: 'deallocate' | 'ship' }>): Promise<void> {
    const bound = this.#bound[step.nth % this.#bound.length];
    if (!bound) return;
    const { orderLine, sku: id, location: at } = bound;
    if (step.type === 'deallocate') {
      const commandId = `deallocate-${this.#next++}`;
      const lines = [{ orderLine, location: at, sku: id, quantity: String(step.units) }];
      const afterwards = step.isReserving ? ('RESERVE' as const) : ('NOTHING' as const);
      // oxlint-disable-next-line unicorn/no-thenable -- a word of the contract, and no function
      const request = { commandId, order: 'order', channel: 'WEB', lines, afterwards };
      await ledger.execute({ type: 'deallocate-stock', request }, { commandId });
      return;
    }
    const lines = [{ lineId: '1', sku: id, quantity: String(step.units), orderLine }];
    const type = step.isPicked ? 'pick-recorded' : 'shipment-recorded';
    await this.#fact(ledger, type, { order: 'order', location: at, lines });
  }

  async #transfer(ledger: Ledger, step: Extract<TradeStep, { type: 'transfer' }>): Promise<void> {
    const lines = [{ lineId: '1', transferLine: '1', sku: step.sku, quantity: String(step.units) }];
    const { from, to } = step;
    if (from === to) return;
    await this.#fact(ledger, 'transfer-shipped', { transfer: `transfer-${this.#next++}`, from, to, lines });
  }

  #tell(
    ledger: Ledger,
    step: Extract<TradeStep, { type: 'receive' | 'sell' | 'count' | 'condition' | 'supply' }>,
  ): Promise<void> {
    const { location: at } = step;
    const line = { lineId: '1', sku: step.sku, quantity: String(step.units) };
    switch (step.type) {
      case 'receive':
        return this.#fact(ledger, 'goods-received', { location: at, reference: 'po', lines: [line] });
      case 'sell':
        return this.#fact(ledger, 'store-sale-recorded', { location: at, externalId: 'receipt', lines: [line] });
      case 'count':
        return this.#fact(ledger, 'stock-counted', { location: at, lines: [line] });
      case 'condition': {
        const lines = [{ ...line, from: 'SELLABLE', to: 'QC_HOLD', reason: 'QC_FAIL' }];
        return this.#fact(ledger, 'condition-changed', { location: at, lines });
      }
      case 'supply': {
        const expectedAt = new Date(this.#clock.nowMs() + step.inMs).toISOString();
        const lines = [{ ...line, documentLine: '1', expectedAt }];
        return this.#fact(ledger, 'supply-announced', { document: `po-${this.#next++}`, location: at, lines });
      }
    }
  }

  async #fact(ledger: Ledger, type: string, data: object): Promise<void> {
    const source = { system: 'pos', eventId: `event-${this.#next++}` };
    const fact = { type, source, occurredAtMs: this.#clock.nowMs(), data, isOwner: true };
    await ledger.execute({ type: 'record-fact', fact } as unknown as Extract<LedgerCommand, { type: 'record-fact' }>);
  }

  /** What time alone changes is done by timers in a hub; here at once. */
  async #wait(ledger: Ledger, ms: number): Promise<void> {
    this.#clock.advance(ms);
    await ledger.execute({ type: 'expire-reservations' });
    await ledger.execute({ type: 'apply-due-rules' });
    await ledger.execute({ type: 'mark-stale-feeds' });
    await ledger.execute({ type: 'cover-backorders', skus: [...TRADE_SKUS] });
    await ledger.execute({ type: 'advance-supply-horizon' });
  }
}
