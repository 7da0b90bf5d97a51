const SCALE = 10_000;
const DECIMAL = /^(-?)(\d{1,11})(?:\.(\d{1,4}))?$/;

/** Reads a decimal string as an exact count of ten-thousandths. @throws {RangeError} when it is no such number. */
export function parseDecimal(text: string): number {
  const match = DECIMAL.exec(text);
  if (match === null) throw new RangeError(`not a decimal of at most four places: ${text}`);
  const [, sign, whole = '0', fraction = ''] = match;
  const units = Number(whole) * SCALE + Number(fraction.padEnd(4, '0'));
  return sign === '-' && units > 0 ? -units : units;
}

/** Writes ten-thousandths with at least `placesMin` places and no other trailing zero. */
export function formatDecimal(units: number, placesMin = 0): string {
  const size = Math.abs(units);
  const fraction = String(size % SCALE).padStart(4, '0');
  const kept = fraction.replace(/0+$/, '').padEnd(placesMin, '0');
  const whole = `${units < 0 ? '-' : ''}${Math.trunc(size / SCALE)}`;
  return kept === '' ? whole : `${whole}.${kept}`;
}

/** The price of a quantity in minor units, rounded half away from zero. */
export function extendPrice(unitPriceMinor: number, units: number): number {
  const exact = (unitPriceMinor * Math.abs(units)) / SCALE;
  const rounded = Math.floor(exact + 0.5);
  return units < 0 && rounded > 0 ? -rounded : rounded;
}

/** Ten-thousandths as a JSON number, as vendors send them that do not use decimal strings. */
export function toJsonNumber(units: number): number {
  return units / SCALE;
}
