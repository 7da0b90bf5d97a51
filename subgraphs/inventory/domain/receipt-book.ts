import type { Steps } from '../../../kernel/model/quantity.ts';
import { FrozenList } from './frozen-list.ts';
import { OldestKeys } from './oldest-keys.ts';

/** Receipts that are remembered so that what another system tells of them finds them. A constant of the ledger. */
const RECEIPTS_MAX = 20_000;
/** What other systems tell and nobody has matched yet; beyond it, the oldest is told to people before its time. */
const WAITING_MAX = 5_000;

/** What was received of a SKU at a location under one document, such as a purchase order. */
export interface ReceiptKey {
  readonly location: string;
  readonly reference: string;
  readonly sku: string;
}

/** What a system that does not own the quantity tells of a receipt, beside what was applied. */
export interface ForeignReceipt extends ReceiptKey {
  readonly system: string;
  /** The message that told of it last. */
  readonly eventId: string;
  readonly told: Steps;
  readonly applied: Steps;
}

interface Told {
  steps: Steps;
  eventId: string;
  /** People were told that the two differ; they are not told again before the two have agreed once. */
  isRaised: boolean;
}

interface Receipt extends ReceiptKey {
  applied: Steps;
  readonly told: Map<string, Told>;
}

interface ReceiptData {
  readonly key: ReceiptKey;
  readonly applied: Steps;
  readonly told: readonly (readonly [string, Told])[];
}

export interface ReceiptBookData {
  readonly receipts: readonly ReceiptData[];
  /** The text of the receipt, the system, and since when the two differ. */
  readonly waiting: readonly (readonly [string, string, number])[];
}

/**
 * Holds what other systems tell of receipts against what was applied. One fact may come from both in either order and in
 * different parts, so it is the sums that are compared, and only after a while.
 */
export class ReceiptBook {
  readonly #receipts = new Map<string, Receipt>();
  readonly #oldest = new OldestKeys(this.#receipts);
  /** By receipt and system, the longest waiting first. */
  readonly #waiting = new Map<
    string,
    { readonly receipt: string; readonly system: string; readonly sinceMs: number }
  >();
  /** What is being saved, if anything is. */
  #frozen: FrozenList<Receipt, ReceiptData> | undefined;

  constructor(data?: ReceiptBookData) {
    for (const { key, applied, told } of data?.receipts ?? []) {
      this.#receipts.set(textOf(key), { ...key, applied, told: new Map(told) });
    }
    for (const [receipt, system, sinceMs] of data?.waiting ?? []) {
      this.#waiting.set(`${receipt}|${system}`, { receipt, system, sinceMs });
    }
  }

  /** The receipt that moved stock. */
  apply(key: ReceiptKey, steps: Steps, atMs: number): void {
    const receipt = this.#open(key);
    this.#frozen?.beforeChange(receipt);
    receipt.applied += steps;
    for (const system of receipt.told.keys()) this.#compare(receipt, system, atMs);
  }

  /** What was told and moved nothing. */
  tell(key: ReceiptKey, source: { readonly system: string; readonly eventId: string }, told: Measured): void {
    const receipt = this.#open(key);
    this.#frozen?.beforeChange(receipt);
    const former = receipt.told.get(source.system) ?? { steps: 0, isRaised: false };
    receipt.told.set(source.system, { ...former, steps: former.steps + told.steps, eventId: source.eventId });
    this.#compare(receipt, source.system, told.atMs);
  }

  /** People were told. */
  markRaised(key: ReceiptKey, system: string): void {
    const receipt = this.#receipts.get(textOf(key));
    const told = receipt?.told.get(system);
    if (told) {
      this.#frozen?.beforeChange(receipt as Receipt);
      told.isRaised = true;
    }
    this.#waiting.delete(`${textOf(key)}|${system}`);
  }

  /** What a system tells of a receipt less what was applied. */
  differenceOf(key: ReceiptKey, system: string): Steps {
    const receipt = this.#receipts.get(textOf(key));
    return (receipt?.told.get(system)?.steps ?? 0) - (receipt?.applied ?? 0);
  }

  /** Systems that told of a receipt which moved nothing. */
  systemsOf(key: ReceiptKey): readonly string[] {
    return [...(this.#receipts.get(textOf(key))?.told.keys() ?? [])];
  }

  /** When the first that waits has waited for so long; at once when too many wait. */
  nextDueMs(waitMs: number): number | undefined {
    const [first] = this.#waiting.values();
    if (!first) return undefined;
    return this.#waiting.size > WAITING_MAX ? 0 : first.sinceMs + waitMs;
  }

  /** Those that have waited since `untilMs` or longer, and those that are too many; at most `limit`. */
  unmatched(untilMs: number, limit: number): readonly ForeignReceipt[] {
    const found: ForeignReceipt[] = [];
    let tooMany = this.#waiting.size - WAITING_MAX;
    for (const { receipt: text, system, sinceMs } of this.#waiting.values()) {
      if (found.length >= limit || (sinceMs > untilMs && tooMany-- <= 0)) break;
      const { applied, told, location, reference, sku } = this.#receipts.get(text) as Receipt;
      const { steps, eventId } = told.get(system) as Told;
      found.push({ location, reference, sku, system, eventId, told: steps, applied });
    }
    return found;
  }

  /** The receipts as they are now, to be taken while they go on changing. */
  freezeReceipts(): FrozenList<Receipt, ReceiptData> {
    this.#frozen?.finish();
    this.#frozen = new FrozenList([...this.#receipts.values()], dataOf);
    return this.#frozen;
  }

  waiting(): ReceiptBookData['waiting'] {
    return [...this.#waiting.values()].map(({ receipt, system, sinceMs }) => [receipt, system, sinceMs]);
  }

  #open(key: ReceiptKey): Receipt {
    const text = textOf(key);
    const known = this.#receipts.get(text);
    if (known) return known;
    const { location, reference, sku } = key;
    const receipt = { location, reference, sku, applied: 0, told: new Map<string, Told>() };
    this.#receipts.set(text, receipt);
    this.#forget();
    return receipt;
  }

  /** Whoever differs waits from then on; whoever agrees does not. */
  #compare(receipt: Receipt, system: string, atMs: number): void {
    const text = textOf(receipt);
    const told = receipt.told.get(system) as Told;
    const pair = `${text}|${system}`;
    if (told.steps === receipt.applied) {
      told.isRaised = false;
      this.#waiting.delete(pair);
    } else if (!told.isRaised && !this.#waiting.has(pair)) {
      this.#waiting.set(pair, { receipt: text, system, sinceMs: atMs });
    }
  }

  /** What waits is kept, and looked at again when its turn comes round. */
  #forget(): void {
    let excess = this.#receipts.size - RECEIPTS_MAX;
    for (let looked = 0; excess > 0 && looked <= WAITING_MAX; looked++) {
      const text = this.#oldest.take();
      const receipt = text === undefined ? undefined : this.#receipts.get(text);
      if (text === undefined || !receipt) continue;
      this.#receipts.delete(text);
      const isWaiting = [...receipt.told.keys()].some((system) => this.#waiting.has(`${text}|${system}`));
      if (isWaiting) this.#receipts.set(text, receipt);
      else excess--;
    }
  }
}

interface Measured {
  readonly steps: Steps;
  readonly atMs: number;
}

function dataOf({ location, reference, sku, applied, told }: Receipt): ReceiptData {
  const copies = [...told].map(([system, each]) => [system, { ...each }] as const);
  return { key: { location, reference, sku }, applied, told: copies };
}

const textOf = ({ location, reference, sku }: ReceiptKey): string => JSON.stringify([location, reference, sku]);
