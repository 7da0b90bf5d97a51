import { crc32 } from 'node:zlib';
import { CHAIN_END, type ChainIndex } from '../../../kernel/ports/chain-index.ts';
import { grown } from '../domain/grow.ts';
import type { LedgerState } from '../domain/ledger-state.ts';
import type { ClaimNote } from './claim-notes.ts';
import { ClaimReader, claimsOf } from './known-claim.ts';
import type { LedgerBatch } from './ledger.ts';
import { positionEntriesOf } from './position-entries.ts';

/**
 * Holds the index of positions against the whole log: of each position the sum over its batches, each by a checksum, must
 * be the same in the log and along the chain, and the chain must go back in time. Memory: 8 bytes for each position.
 */
export class PositionLogAudit {
  readonly #chains: ChainIndex;
  readonly #state: LedgerState;
  readonly #claims: ClaimReader;
  #sums = new Float64Array(0);

  /** @param state the ledger, which must have seen every batch that is told here, and none after it */
  constructor(chains: ChainIndex, state: LedgerState) {
    this.#chains = chains;
    this.#state = state;
    this.#claims = new ClaimReader(claimsOf(state));
  }

  /** @returns false when the batch speaks of reservations that the log never began */
  note({ seq, events }: Pick<LedgerBatch, 'seq' | 'events'>): boolean {
    const claims = { find: this.#claims.find, onNoted: this.#claims.note.bind(this.#claims) };
    const entries = positionEntriesOf(this.#state, events, claims);
    if (entries && seq <= this.#chains.completeSeq) {
      for (const { key, note = '' } of entries) {
        if (key >= this.#sums.length) this.#sums = grown(this.#sums, key + 1);
        this.#sums[key] = added(this.#sums[key] ?? 0, seq, note);
      }
    }
    return entries !== undefined;
  }

  /** The positions whose chain tells of other batches than the log. */
  async *findings(): AsyncIterable<{ readonly sku: string; readonly location: string }> {
    const { positions, skuIds, locationIds } = this.#state;
    for (let row = 0; row < positions.size; row++) {
      const sum = await this.#sumOfChain(row).catch(() => undefined);
      if (sum === (this.#sums[row] ?? 0)) continue;
      yield { sku: skuIds.textOf(positions.skuOf(row)), location: locationIds.textOf(positions.locationOf(row)) };
    }
  }

  /** Undefined when the chain does not go back in time. @throws when it cannot be read */
  async #sumOfChain(row: number): Promise<number | undefined> {
    let sum = 0;
    let laterSeq = Infinity;
    let address = this.#chains.newest(row);
    while (address !== CHAIN_END) {
      const { seq, note, former } = await this.#chains.read(address);
      if (seq >= laterSeq) return undefined;
      sum = added(sum, seq, note);
      laterSeq = seq;
      address = former;
    }
    return sum;
  }
}

/** In any order; far from where a float is no longer exact. */
const added = (sum: number, seq: number, note: string): number => (sum + crc32(`${seq}${identityOf(note)}`)) % 2 ** 52;

/** What was left of a claim is read before its end by one who reads the log, and after it by one who was there. */
function identityOf(note: string): string {
  if (note === '') return '';
  const claims = JSON.parse(note) as readonly ClaimNote[];
  return JSON.stringify(claims.map(([id, , kind, owner, stepsEach]) => [id, kind, owner, stepsEach]));
}
