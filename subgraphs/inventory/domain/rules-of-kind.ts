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

/** Of two scopes that a place falls under, the one with the larger number wins: SKU before location before channel. */
export function specificityOf({ sku = '', location = '', channel = '' }: Place): number {
  return (sku === '' ? 0 : SKU) + (location === '' ? 0 : LOCATION) + (channel === '' ? 0 : CHANNEL);
}

/**
 * The rules of one kind, by the parts that their scopes name. Most kinds have scopes of one form or two, so that a place
 * is looked up once or twice, and by a text that is there already when the scope has one part.
 */
export class RulesOfKind {
  /** The most specific first; none is empty. */
  #forms: readonly { readonly parts: number; readonly rules: Map<string, number> }[] = [];

  get isEmpty(): boolean {
    return this.#forms.length === 0;
  }

  set(scope: Place, value: number): void {
    const parts = specificityOf(scope);
    const form = this.#forms.find((each) => each.parts === parts);
    if (form) form.rules.set(keyOf(scope, parts), value);
    else {
      const rules = new Map([[keyOf(scope, parts), value]]);
      this.#forms = [...this.#forms, { parts, rules }].sort((a, b) => b.parts - a.parts);
    }
  }

  delete(scope: Place): void {
    const parts = specificityOf(scope);
    const form = this.#forms.find((each) => each.parts === parts);
    form?.rules.delete(keyOf(scope, parts));
    if (form?.rules.size === 0) this.#forms = this.#forms.filter((each) => each !== form);
  }

  /** The value of the most specific rule that holds at a place, or undefined. */
  find(place: Place): number | undefined {
    for (const { parts, rules } of this.#forms) {
      const value = rules.get(keyOf(place, parts));
      if (value !== undefined) return value;
    }
    return undefined;
  }

  /** The parts that the scope of this rule names, or undefined when none holds. */
  partsThatHold(place: Place): number | undefined {
    return this.#forms.find(({ parts, rules }) => rules.has(keyOf(place, parts)))?.parts;
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
