import type { Platform } from '../../../kernel/ports/platform.ts';
import { openInventory, type OpenedInventory, type OpenInventoryOptions } from './open-inventory.ts';

/** The rest between two attempts to open a ledger that has failed. */
const REOPEN_REST_MS = 500;

/**
 * The ledger for as long as the context runs. Where other processes stand by, one that has failed is thrown away and opened
 * anew from the log, because its memory may be ahead of it; where there are none, a person has to look.
 */
export class RunningInventory {
  readonly #platform: Platform;
  readonly #options: OpenInventoryOptions;
  #opened: OpenedInventory | undefined;
  #reopening: Promise<void> | undefined;
  #isStopped = true;

  constructor(platform: Platform, options: OpenInventoryOptions) {
    this.#platform = platform;
    this.#options = options;
  }

  /** Undefined before the start, after the end, and while it is opened anew. */
  get opened(): OpenedInventory | undefined {
    return this.#opened;
  }

  async start(): Promise<void> {
    if (!this.#isStopped) return;
    this.#isStopped = false;
    await this.#open();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#reopening;
    const stopping = this.#opened;
    this.#opened = undefined;
    await stopping?.close();
  }

  /** Whether it may be asked, and why not. */
  readiness(): { readonly ready: boolean; readonly reason?: string } {
    if (!this.#opened) return { ready: false, reason: 'The ledger is not open.' };
    if (!this.#opened.ledger.failed.aborted) return { ready: true };
    return { ready: false, reason: 'The ledger has stopped: start it again.' };
  }

  async #open(): Promise<void> {
    const opened = await openInventory(this.#platform, this.#options);
    this.#opened = opened;
    if (!this.#platform.followJournal) return;
    const { failed } = opened.ledger;
    failed.addEventListener('abort', () => this.#failed(opened), { once: true });
    if (failed.aborted) this.#failed(opened);
  }

  #failed(failed: OpenedInventory): void {
    if (this.#isStopped || this.#opened !== failed) return;
    this.#opened = undefined;
    this.#platform.telemetry.count('inventory_reopened_total');
    this.#reopening = this.#reopen(failed).finally(() => {
      this.#reopening = undefined;
    });
  }

  async #reopen(failed: OpenedInventory): Promise<void> {
    const { telemetry, clock } = this.#platform;
    await failed.close().catch((error: unknown) => {
      telemetry.log('warn', 'a ledger that failed was not closed in an orderly way', { error: String(error) });
    });
    while (!this.#isStopped) {
      try {
        await this.#open();
        return;
      } catch (error) {
        telemetry.log('warn', 'the ledger could not be opened again yet', { error: String(error) });
        await new Promise<void>((resolve) => clock.after(REOPEN_REST_MS, resolve));
      }
    }
  }
}
