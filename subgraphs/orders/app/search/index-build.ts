import { setImmediate as nextTurn } from 'node:timers/promises';
import { repeatTask } from '../../../../kernel/engine/repeat-task.ts';
import { DocumentConflict } from '../../../../kernel/ports/document-errors.ts';
import type { Collection, CollectionDefinition, Document, Versioned } from '../../../../kernel/ports/documents.ts';
import type { Platform } from '../../../../kernel/ports/platform.ts';
import type { Order } from '../../domain/order.ts';
import { INDEX_LAYOUT, type OrderIndex } from './order-index.ts';

/** How far the index is built for orders that were there before it. */
interface Build extends Document {
  readonly id: 'build';
  /** The layout that is built; every order before `upTo` has it. */
  readonly layout: number;
  /** The order that was taken in last; empty: none. */
  readonly upTo: string;
  readonly isComplete: boolean;
}

// With the index itself, so that a store that gives the index up has it built again.
const BUILDS: CollectionDefinition = { name: 'orders-search-builds', indexes: [], isDerived: true };

/** Orders between two saves of how far it is; a process that ends does as many again. */
const PAGE = 100;

interface IndexBuildParts {
  readonly platform: Pick<Platform, 'clock' | 'telemetry' | 'documents'>;
  readonly orders: Pick<Collection<Order>, 'find'>;
  readonly index: Pick<OrderIndex, 'takeIn'>;
  readonly pauseMs: number;
}

/**
 * Takes in the orders that were there before the index, or before its layout, one after the other by their ids, beside
 * everything else. It goes on where it stopped; several processes may do it at the same time.
 */
export class IndexBuild {
  readonly #parts: IndexBuildParts;
  readonly #builds: Collection<Build>;
  #isComplete = false;
  #stop: () => Promise<void> = async () => undefined;

  private constructor(parts: IndexBuildParts, builds: Collection<Build>) {
    this.#parts = parts;
    this.#builds = builds;
  }

  static async open(parts: IndexBuildParts): Promise<IndexBuild> {
    return new IndexBuild(parts, await parts.platform.documents.collection<Build>(BUILDS));
  }

  /** Whether every order is in the index that was there when it was opened. */
  get isComplete(): boolean {
    return this.#isComplete;
  }

  start(): void {
    this.#stop = repeatTask({
      platform: this.#parts.platform,
      pauseMs: this.#parts.pauseMs,
      failed: 'orders could not be taken into the search',
      run: (signal) => this.run(signal),
    });
  }

  /** Waits for what is in flight. */
  stop(): Promise<void> {
    return this.#stop();
  }

  /** Builds what is left. */
  async run(signal: AbortSignal): Promise<void> {
    while (!this.#isComplete && !signal.aborted) {
      const held = await this.#builds.get('build');
      const build = held?.document.layout === INDEX_LAYOUT ? held.document : NOTHING;
      if (build.isComplete) this.#isComplete = true;
      else await this.#takeInPage(build, { held, signal });
    }
  }

  async #takeInPage(
    build: Build,
    { held, signal }: { readonly held: Versioned<Build> | undefined; readonly signal: AbortSignal },
  ): Promise<void> {
    const after = { id: build.upTo, value: null };
    const found = await this.#parts.orders.find({ after, limit: PAGE });
    for (const { document } of found) {
      if (signal.aborted) return;
      await this.#parts.index.takeIn(document.id);
    }
    const upTo = found.at(-1)?.document.id ?? build.upTo;
    await this.#save({ ...build, upTo, isComplete: found.length < PAGE }, held?.version ?? 0);
    await nextTurn();
  }

  /** Of several processes each does its page; how far the first one is counts. */
  async #save(build: Build, expectedVersion: number): Promise<void> {
    try {
      await this.#builds.save(build, expectedVersion);
    } catch (error) {
      if (!(error instanceof DocumentConflict)) throw error;
    }
  }
}

const NOTHING: Build = { id: 'build', layout: INDEX_LAYOUT, upTo: '', isComplete: false };
