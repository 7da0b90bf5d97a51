import { Obstacle } from '../../../kernel/model/errors.ts';
import type { Platform } from '../../../kernel/ports/platform.ts';
import { CHAIN_END, type ChainIndex } from '../../../kernel/ports/chain-index.ts';
import type { LedgerEvent } from '../domain/ledger-event.ts';
import { ClaimReader, claimsOf, type FindClaim } from './known-claim.ts';
import type { Ledger, LedgerBatch } from './ledger.ts';
import { ledgerSnapshot } from './ledger-snapshot.ts';
import { positionEntriesOf } from './position-entries.ts';

export const POSITION_INDEX = 'inventory-positions';

/** Rows are numbered by the code that makes them, so those of another version mean nothing. */
export function openPositionChains(platform: Pick<Platform, 'openChainIndex'>, epoch: string): Promise<ChainIndex> {
  return platform.openChainIndex(POSITION_INDEX, `${epoch}v${ledgerSnapshot.version}`);
}

/** That a batch changed a position, with what its events do not say of the claims that they end. */
export interface PositionChange {
  readonly seq: number;
  readonly note: string;
  /** Where it stands in the index, until that is made anew. */
  readonly address: number;
}

/**
 * Which batches of the log changed each position, back to the very first: a chain on disk for each, of which memory holds
 * 8 bytes. It is filled from the log at the start and by each batch that becomes durable.
 */
export class PositionLog {
  readonly #ledger: Ledger;
  readonly #chains: ChainIndex;
  #isBroken = false;

  private constructor(ledger: Ledger, chains: ChainIndex) {
    this.#ledger = ledger;
    this.#chains = chains;
  }

  /**
   * Opens the index and reads from the log what it lacks.
   * @throws {JournalCorrupt} when it has seen more than the log holds
   */
  static async open(platform: Pick<Platform, 'openChainIndex'>, ledger: Ledger): Promise<PositionLog> {
    const chains = await openPositionChains(platform, ledger.epoch);
    try {
      ledger.assertReaches(chains.completeSeq, 'the index of positions');
      const log = new PositionLog(ledger, chains);
      if (!(await log.#catchUp())) {
        await chains.clear();
        await log.#catchUp();
      }
      return log;
    } catch (error) {
      await chains.close();
      throw error;
    }
  }

  /** @returns stops it */
  start(): () => Promise<void> {
    const findClaim = claimsOf(this.#ledger.state);
    const stop = this.#ledger.onCommitted((batch) => {
      // A batch that ends more reservations than the ledger remembers; the next start reads it from the log.
      this.#isBroken ||= !this.#note(batch, findClaim);
    });
    return () => {
      stop();
      return this.#chains.close();
    };
  }

  /**
   * The batches that changed a position, the newest first, none later than `seq`. With the address of the change of that
   * batch it need not walk there from the newest one. @throws {Obstacle}
   */
  async *changesUpTo(row: number, seq: number, from?: number): AsyncIterable<PositionChange> {
    if (this.#isBroken) throw new Obstacle('CONTEXT_UNAVAILABLE', 'Histories are made anew at the next start.');
    const isThere = from !== undefined && (await this.#chains.holds(from, { key: row, seq }));
    let address = isThere ? from : this.#chains.newest(row);
    while (address !== CHAIN_END) {
      const entry = await this.#chains.read(address);
      if (entry.seq <= seq) yield { ...entry, address };
      address = entry.former;
    }
  }

  /**
   * Most reservations are met at their beginning, and the ledger still knows those that were active where the reading began
   * or have ended lately. @returns false when one is met of which nobody knows: then only the whole log tells
   */
  async #catchUp(): Promise<boolean> {
    const claims = new ClaimReader(claimsOf(this.#ledger.state));
    for await (const batch of this.#ledger.history(this.#chains.completeSeq)) {
      if (!this.#note(batch, claims.find, (event) => claims.note(event))) return false;
      await this.#chains.keepUp();
    }
    return true;
  }

  /** @returns false when it cannot be said which positions the batch changed */
  #note({ seq, events }: LedgerBatch, find: FindClaim, onNoted?: (event: LedgerEvent) => void): boolean {
    if (this.#isBroken) return false;
    const entries = positionEntriesOf(this.#ledger.state, events, { find, ...(onNoted && { onNoted }) });
    if (entries) this.#chains.add(entries, seq);
    return entries !== undefined;
  }
}
