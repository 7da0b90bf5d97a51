/** A place by its parts; what is absent or empty is left open. */
interface Place {
  readonly sku?: string;
  readonly location?: string;
  readonly channel?: string;
}

/** The parts that a scope names, as bits. */
const SKU = 0b100;
const LOCATION = 0b010;
export const CHANNEL = 0b001;

/** The most specific scope wins: SKU before location before channel. */
const SPECIFICITY = [0b111, 0b110, 0b101, 0b100, 0b011, 0b010, 0b001, 0b000] as const;

/** Of two scopes that a place falls under, the one with the larger number wins. */
export function specificityOf({ sku = '', location = '', channel = '' }: Place): number {
  return (sku === '' ? 0 : SKU) + (location === '' ? 0 : LOCATION) + (channel === '' ? 0 : CHANNEL);
}

/**
 * The rules of one kind, by the parts that their scopes name. Most kinds have scopes of one form or two, so that a place
 * is looked up once or twice, and by a text that is there already when the scope has one part.
 */
export class RulesOfKind {
  readonly #byParts = new Map<number, Map<string, number>>();
  /** Those in use, the most specific first. */
  #parts: readonly number[] = [];

  get isEmpty(): boolean {
    return this.#parts.length === 0;
  }

  set(scope: Place, value: number): void {
    const parts = specificityOf(scope);
    const rules = this.#byParts.get(parts);
    if (rules) rules.set(keyOf(scope, parts), value);
    else this.#replace(parts, new Map([[keyOf(scope, parts), value]]));
  }

  delete(scope: Place): void {
    const parts = specificityOf(scope);
    const rules = this.#byParts.get(parts);
    rules?.delete(keyOf(scope, parts));
    if (rules?.size === 0) this.#replace(parts, undefined);
  }

  /** The value of the most specific rule that holds at a place, or undefined. */
  find(place: Place): number | undefined {
    for (const parts of this.#parts) {
      const value = this.#byParts.get(parts)?.get(keyOf(place, parts));
      if (value !== undefined) return value;
    }
    return undefined;
  }

  /** The parts that the scope of this rule names, or undefined when none holds. */
  partsThatHold(place: Place): number | undefined {
    return this.#parts.find((parts) => this.#byParts.get(parts)?.has(keyOf(place, parts)));
  }

  #replace(parts: number, rules: Map<string, number> | undefined): void {
    if (rules) this.#byParts.set(parts, rules);
    else this.#byParts.delete(parts);
    this.#parts = SPECIFICITY.filter((each) => this.#byParts.has(each));
  }
}

/** No key of a place that leaves a part open is one of a scope that names it. */
function keyOf({ sku = '', location = '', channel = '' }: Place, parts: number): string {
  switch (parts) {
    case 0:
      return '';
    case SKU:
      return sku;
    case LOCATION:
      return location;
    case CHANNEL:
      return channel;
    default:
      return scopeKeyOf(parts & SKU ? sku : '', parts & LOCATION ? location : '', parts & CHANNEL ? channel : '');
  }
}

/** One text for each scope, whatever characters codes are made of. */
export function scopeKeyOf(sku: string, location: string, channel: string): string {
  return `${sku.length} ${location.length} ${sku}${location}${channel}`;
}
