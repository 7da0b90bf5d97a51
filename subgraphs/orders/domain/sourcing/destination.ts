import type { Point, Rulebook } from './rulebook.ts';

/** Where an order goes, no closer than sourcing needs it. */
export interface Destination {
  /** ISO 3166 alpha-2. */
  readonly country: string;
  /** Without spaces, upper case; null when it is not told. */
  readonly postalCode: string | null;
  readonly latitude: number | null;
  readonly longitude: number | null;
}

export function isSamePlace(one: Destination, other: Destination | undefined): boolean {
  const { country, postalCode, latitude, longitude } = one;
  if (country !== other?.country || postalCode !== other.postalCode) return false;
  return latitude === other.latitude && longitude === other.longitude;
}

/** Its own point, or the middle of its postal area; null when neither is known. */
export function pointOf({ country, postalCode, latitude, longitude }: Destination, rulebook: Rulebook): Point | null {
  if (latitude !== null && longitude !== null) return { latitude, longitude };
  return rulebook.middleOf(country, postalCode ?? '');
}

const EARTH_RADIUS_KM = 6_371;
const RADIANS = Math.PI / 180;

/** Along the surface, to the kilometre. */
export function distanceKm(a: Point, b: Point): number {
  const lat = Math.sin(((b.latitude - a.latitude) * RADIANS) / 2);
  const lon = Math.sin(((b.longitude - a.longitude) * RADIANS) / 2);
  const h = lat * lat + Math.cos(a.latitude * RADIANS) * Math.cos(b.latitude * RADIANS) * lon * lon;
  return Math.round(2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(h))));
}
