import type { Random } from './seeded-random.ts';

const HEX = '0123456789abcdef';
const CAPITALS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/** Identifiers in the shapes that vendors use, drawn from a seeded source. */
export interface IdSource {
  /** A random UUID (version 4 layout). */
  uuid(): string;
  /** Capital letters and digits. */
  capitals(length: number): string;
  /** Lower-case hexadecimal digits. */
  hex(length: number): string;
}

export function createIdSource(random: Random): IdSource {
  const draw = (alphabet: string, length: number): string =>
    Array.from({ length }, () => alphabet.charAt(Math.floor(random() * alphabet.length))).join('');
  return {
    uuid: () => `${draw(HEX, 8)}-${draw(HEX, 4)}-4${draw(HEX, 3)}-${draw('89ab', 1)}${draw(HEX, 3)}-${draw(HEX, 12)}`,
    capitals: (length) => draw(CAPITALS, length),
    hex: (length) => draw(HEX, length),
  };
}
