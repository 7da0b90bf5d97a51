import { canonicalJson } from '../../../kernel/model/canonical-json.ts';
import type { Clock } from '../../../kernel/ports/clock.ts';
import { DocumentConflict } from '../../../kernel/ports/document-errors.ts';
import type { Collection, CollectionDefinition, Document, Documents } from '../../../kernel/ports/documents.ts';
import type { Release, ReleasedLine } from '../port.ts';

/** One release of an order, written down before Tryton is asked. */
export interface ReleasedWork {
  readonly idempotencyKey: string;
  readonly location: string;
  readonly lines: readonly ReleasedLine[];
  /** What the shipment bears as its reference. */
  readonly reference: string;
  readonly isCancelled: boolean;
  readonly isMade: boolean;
  /** Somebody is making it until then, in epoch milliseconds; 0: nobody. */
  readonly makingUntilMs: number;
}

interface OrderDocument extends Document {
  readonly releases: readonly ReleasedWork[];
}

/** Between the order and the ordinal of the release; no id of the hub holds it. */
const SEPARATOR = '~';
const ORDERS: CollectionDefinition = { name: 'tryton-releases', indexes: [] };
const ATTEMPTS_MAX = 20;

export type Claim = 'CLAIMED' | 'MADE' | 'BEING_MADE' | 'CANCELLED';

/**
 * The releases of orders to one Tryton. It knows neither idempotency keys nor the hub's order lines: the first are kept
 * here, so that a shipment is made once whoever asks how often, the second are told from here when it is picked.
 */
export class ReleasedWorkRegister {
  readonly #system: string;
  readonly #orders: Collection<OrderDocument>;
  readonly #clock: Clock;

  private constructor(system: string, orders: Collection<OrderDocument>, clock: Clock) {
    this.#system = system;
    this.#orders = orders;
    this.#clock = clock;
  }

  static async open(
    system: string,
    platform: { readonly documents: Documents; readonly clock: Clock },
  ): Promise<ReleasedWorkRegister> {
    const orders = await platform.documents.collection<OrderDocument>(ORDERS);
    return new ReleasedWorkRegister(system, orders, platform.clock);
  }

  /** The release under this key, written down when it is new. Undefined when the key belongs to other content. */
  async add({ order, idempotencyKey, location, lines }: Release): Promise<ReleasedWork | undefined> {
    const releases = await this.#change(order, (known) => {
      if (known.some((each) => each.idempotencyKey === idempotencyKey)) return known;
      const reference = known.length === 0 ? order : `${order}${SEPARATOR}${known.length + 1}`;
      const fresh = { isCancelled: false, isMade: false, makingUntilMs: 0 };
      return [...known, { idempotencyKey, location, lines, reference, ...fresh }];
    });
    const found = releases.find((each) => each.idempotencyKey === idempotencyKey);
    return found && canonicalJson([found.location, found.lines]) === canonicalJson([location, lines])
      ? found
      : undefined;
  }

  /** Takes the making of a release upon the caller for so long, unless it is made, cancelled or somebody else's. */
  async claim(order: string, reference: string, ms: number): Promise<Claim> {
    let claim: Claim = 'CLAIMED';
    await this.#changeOne(order, reference, (release) => {
      const nowMs = this.#clock.nowMs();
      if (release.isCancelled) claim = 'CANCELLED';
      else if (release.isMade) claim = 'MADE';
      else if (release.makingUntilMs > nowMs) claim = 'BEING_MADE';
      else claim = 'CLAIMED';
      return claim === 'CLAIMED' ? { ...release, makingUntilMs: nowMs + ms } : release;
    });
    return claim;
  }

  /**
   * The caller makes it no more. Tryton was not asked, refused, or may for so long still be doing what it was asked for.
   */
  giveUp(order: string, reference: string, doubtMs = 0): Promise<ReleasedWork | undefined> {
    const makingUntilMs = doubtMs === 0 ? 0 : this.#clock.nowMs() + doubtMs;
    return this.#changeOne(order, reference, (release) => ({ ...release, makingUntilMs }));
  }

  /** It exists in Tryton. Tells what the release became meanwhile. */
  markMade(order: string, reference: string): Promise<ReleasedWork | undefined> {
    return this.#changeOne(order, reference, (release) => ({ ...release, isMade: true, makingUntilMs: 0 }));
  }

  /** What was cancelled is never made again, whoever repeats its key. */
  markCancelled(order: string, reference: string): Promise<ReleasedWork | undefined> {
    return this.#changeOne(order, reference, (release) => ({ ...release, isCancelled: true }));
  }

  async at(order: string, location: string): Promise<readonly ReleasedWork[]> {
    return (await this.#releasesOf(order)).filter((release) => release.location === location);
  }

  /** The release that a shipment's reference names, and its order; undefined for a reference that is not the hub's. */
  async byReference(
    reference: string,
  ): Promise<{ readonly order: string; readonly release: ReleasedWork } | undefined> {
    const [order = reference] = reference.split(SEPARATOR);
    const release = (await this.#releasesOf(order)).find((each) => each.reference === reference);
    return release && { order, release };
  }

  async #releasesOf(order: string): Promise<readonly ReleasedWork[]> {
    return (await this.#orders.get(this.#idOf(order)))?.document.releases ?? [];
  }

  async #changeOne(
    order: string,
    reference: string,
    change: (release: ReleasedWork) => ReleasedWork,
  ): Promise<ReleasedWork | undefined> {
    const releases = await this.#change(order, (known) =>
      known.map((release) => (release.reference === reference ? change(release) : release)),
    );
    return releases.find((release) => release.reference === reference);
  }

  async #change(
    order: string,
    change: (known: readonly ReleasedWork[]) => readonly ReleasedWork[],
  ): Promise<readonly ReleasedWork[]> {
    const id = this.#idOf(order);
    for (let attempt = 1; ; attempt++) {
      const known = await this.#orders.get(id);
      const before = known?.document.releases ?? [];
      const after = change(before);
      if (after.length === before.length && after.every((release, index) => release === before[index])) return before;
      try {
        await this.#orders.save({ id, releases: after }, known?.version ?? 0);
        return after;
      } catch (error) {
        if (!(error instanceof DocumentConflict) || attempt >= ATTEMPTS_MAX) throw error;
      }
    }
  }

  #idOf(order: string): string {
    return `${this.#system}|${order}`;
  }
}
