/** The finest step that the hub knows. */
const PLACES = 4;
const SCALE = 10n ** BigInt(PLACES);
/** COST_SCALE of the ERP's port. */
const COST_SCALE = 10_000n;

/** A decimal text in ten-thousandths. */
export function scaledQuantity(text: string): bigint {
  const [whole = '0', fraction = ''] = text.split('.');
  return BigInt(whole + fraction.padEnd(PLACES, '0').slice(0, PLACES));
}

/** Ten-thousandths as the shortest decimal text. */
export function quantityText(scaled: bigint): string {
  const size = scaled < 0n ? -scaled : scaled;
  const digits = String(size).padStart(PLACES + 1, '0');
  const fraction = digits.slice(-PLACES).replace(/0+$/, '');
  return `${scaled < 0n ? '-' : ''}${digits.slice(0, -PLACES)}${fraction && `.${fraction}`}`;
}

/** What a quantity costs in minor units, rounded half away from zero. @param cost as the port of the ERP tells it */
export function valueOf(quantity: bigint, cost: number): number {
  const exact = quantity * BigInt(cost);
  const divisor = SCALE * COST_SCALE;
  const size = exact < 0n ? -exact : exact;
  const rounded = (2n * size + divisor) / (2n * divisor);
  return Number(exact < 0n ? -rounded : rounded);
}
