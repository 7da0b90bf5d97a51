import { isDeepStrictEqual } from 'node:util';
import { invariant, isRefusal } from '../../../kernel/model/errors.ts';
import { FakeClock } from '../../../kernel/testing/fake-clock.ts';
import { SequentialIds } from '../../../kernel/testing/sequential-ids.ts';
import type { ReserveStock } from '../../../schema/commands/inventory.ts';
import type { SkuRegistered } from '../../../schema/events/products.ts';
import { answerOfEvents } from '../domain/answer-of-events.ts';
import { ledgerSnapshot } from '../app/ledger-snapshot.ts';
import { availableOf, channelTermsOf, nodeAvailableOf, type ChannelTerms } from '../domain/availability.ts';
import { COLUMN, NONE, type Bucket, type Claim } from '../domain/bucket.ts';
import { decide } from '../domain/decide.ts';
import type { Decision } from '../domain/decision.ts';
import { evolve } from '../domain/evolve.ts';
import type { CommandOf, LedgerAnswers, LedgerCommand } from '../domain/ledger-command.ts';
import type { LedgerEvent } from '../domain/ledger-event.ts';
import { createLedgerState, type LedgerState } from '../domain/ledger-state.ts';
import type { StockFact } from '../domain/stock-fact.ts';

type Outcome<Type extends LedgerCommand['type']> =
  | { readonly code: undefined; readonly answer: LedgerAnswers[Type]; readonly events: readonly LedgerEvent[] }
  | {
      readonly code: string;
      readonly details: Readonly<Record<string, unknown>>;
      readonly events: readonly LedgerEvent[];
    };

/** The ledger without any I/O: commands are decided and their events applied at once, and kept. */
export class LedgerBench {
  readonly clock = new FakeClock();
  readonly log: LedgerEvent[][] = [];
  state: LedgerState = createLedgerState();
  readonly #ids = new SequentialIds();
  #next = 1;

  /** Locations `L0`, `L1`, ... as stores that can do everything, and a SKU `A` of whole units. */
  static withLocations(count: number): LedgerBench {
    const bench = new LedgerBench();
    bench.sku('A');
    for (let index = 0; index < count; index++) bench.location(`L${index}`);
    return bench;
  }

  /** Applies what a log says after its first `seq` entries to a state that was restored up to there. */
  static over(state: LedgerState, log: readonly (readonly LedgerEvent[])[], seq: number): LedgerState {
    log.forEach((events, index) => {
      for (const event of events) evolve(state, event, seq + index + 1);
    });
    return state;
  }

  do<Type extends LedgerCommand['type']>(command: CommandOf<Type>): Outcome<Type> {
    const moment = { nowMs: this.clock.nowMs(), nextId: () => this.#ids.next() };
    const decision = decide(this.state, command, moment) as Decision<Type>;
    const events = decision.events ?? [];
    this.given(...events);
    if (!isRefusal(decision) && decision.isAnswerOfEvents) {
      const written = JSON.parse(JSON.stringify(events)) as LedgerEvent[];
      invariant(isDeepStrictEqual(answerOfEvents(written), decision.answer), 'The events do not say the answer.');
    }
    if (isRefusal(decision)) return { code: decision.code, details: decision.details, events };
    return { code: undefined, answer: decision.answer, events };
  }

  given(...events: readonly LedgerEvent[]): this {
    // As the journal would: what cannot be written as JSON must not be in an event.
    const written = JSON.parse(JSON.stringify(events)) as LedgerEvent[];
    this.log.push(written);
    for (const event of written) evolve(this.state, event, this.log.length);
    return this;
  }

  /** Goes on with a state that was made anew, as after the end of a process. */
  restart(from: 'LOG' | 'SNAPSHOT'): void {
    this.state = from === 'LOG' ? this.replayed() : ledgerSnapshot.decode(ledgerSnapshot.encode(this.state));
  }

  /** A state that was built from the log alone. */
  replayed(): LedgerState {
    const state = createLedgerState();
    this.log.forEach((events, index) => {
      for (const event of events) evolve(state, event, index + 1);
    });
    return state;
  }

  sku(sku: string, step: SkuRegistered['step'] = '1'): void {
    this.do({ type: 'register-sku', request: { sku, step, categories: [] } });
  }

  /** @param quantities of each component, by SKU */
  kit(sku: string, quantities: Readonly<Record<string, string>>): void {
    const components = Object.entries(quantities).map(([part, quantity]) => ({ sku: part, quantity }));
    this.do({ type: 'register-sku', request: { sku, step: '1', categories: [], components } });
  }

  location(location: string, capabilities: ('SHIP' | 'PICKUP' | 'RETURN' | 'RECEIVE')[] = ['SHIP', 'PICKUP']): void {
    const place = { name: location, type: 'STORE', timeZone: 'Europe/London', capabilities } as const;
    this.do({ type: 'register-location', request: { location, ...place, capabilities } });
  }

  /** A channel with a network of the same name. */
  channel(id: string, locations: readonly string[]): this {
    this.do({ type: 'register-network', request: { id, locations } });
    this.do({ type: 'register-channel', request: { id, network: id, currency: 'GBP', publishes: 'ATS' } });
    return this;
  }

  reserve(lines: readonly (readonly [string, string])[], options: Partial<ReserveStock> = {}) {
    const request: ReserveStock = {
      commandId: `c${this.#next++}`,
      kind: 'CART',
      channel: 'WEB',
      lines: lines.map(([sku, quantity], index) => ({ lineRef: `line-${index}`, sku, quantity })),
      ...options,
    };
    return this.do({ type: 'reserve-stock', request });
  }

  fact<Type extends StockFact['type']>(
    type: Type,
    data: Extract<StockFact, { readonly type: Type }>['data'],
    told: { readonly eventId?: string; readonly occurredAtMs?: number; readonly isOwner?: boolean } = {},
  ) {
    const { eventId = `e${this.#next++}`, occurredAtMs = this.clock.nowMs(), isOwner = true } = told;
    const fact = { type, source: { system: 'pos', eventId }, occurredAtMs, data, isOwner } as unknown as StockFact;
    return this.do({ type: 'record-fact', fact });
  }

  receive(location: string, quantity: string, sku = 'A', occurredAtMs?: number) {
    const lines = [{ lineId: '1', sku, quantity }];
    return this.fact(
      'goods-received',
      { location, reference: 'po', lines },
      occurredAtMs === undefined ? {} : { occurredAtMs },
    );
  }

  sell(location: string, quantity: string, told: { readonly eventId?: string; readonly occurredAtMs?: number } = {}) {
    const lines = [{ lineId: '1', sku: 'A', quantity, unitPriceMinor: 100 }];
    return this.fact('store-sale-recorded', { location, externalId: 'receipt', lines }, told);
  }

  figure(location: string, of: Bucket | Claim, sku = 'A', state = this.state): number {
    const row = state.positions.find(state.skuIds.find(sku) ?? NONE, state.locationIds.find(location) ?? NONE);
    return row === NONE ? 0 : state.positions.get(row, COLUMN[of]);
  }

  terms(channel: string, sku = 'A'): ChannelTerms {
    const record = this.state.territory.channels.get(channel);
    if (!record) throw new Error(`no channel ${channel}`);
    const index = this.state.skuIds.find(sku) ?? NONE;
    const terms = channelTermsOf(this.state, index, record);
    // The short ways to the same figures must never differ, in whatever state any test comes to.
    invariant(availableOf(this.state, index, record) === terms.available, 'The short way to a sum differs.');
    for (const { row, available } of terms.nodes) {
      invariant(nodeAvailableOf(this.state, row, channel) === available, 'The short way to a location differs.');
    }
    return terms;
  }
}
