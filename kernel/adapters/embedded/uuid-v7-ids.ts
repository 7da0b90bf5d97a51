import { randomInt } from 'node:crypto';
import { v7 } from 'uuid';
import type { Ids } from '../../ports/ids.ts';

const EPOCH_CHARACTERS = 16;
const EPOCH_RADIX = 36;

/** Ids from the machine's own randomness. */
export class UuidV7Ids implements Ids {
  next(): string {
    return v7();
  }

  epoch(): string {
    return Array.from({ length: EPOCH_CHARACTERS }, () => randomInt(EPOCH_RADIX).toString(EPOCH_RADIX)).join('');
  }
}
