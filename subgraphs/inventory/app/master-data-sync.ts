import type { Erp } from '../../../connectors/erp/port.ts';
import type { CancelTimer } from '../../../kernel/ports/clock.ts';
import type { Platform } from '../../../kernel/ports/platform.ts';
import type { ChannelSettings, NetworkSettings } from '../domain/ledger-command.ts';
import type { InventoryLimits } from './inventory-limits.ts';
import type { Ledger, LedgerBatch } from './ledger.ts';

export interface MasterDataSyncOptions {
  readonly ledger: Ledger;
  readonly platform: Platform;
  readonly limits: InventoryLimits;
  /** Where locations are read from at the start. */
  readonly erp: Erp | undefined;
  readonly networks: readonly NetworkSettings[];
  readonly channels: readonly ChannelSettings[];
}

/**
 * Registers the locations of the location master, and the networks and channels that are configured and not known yet,
 * as soon as their locations are. Those that are known stay as the operator has left them.
 */
export class MasterDataSync {
  readonly #options: MasterDataSyncOptions;
  #cancelRetry: CancelTimer = () => undefined;
  #applying: Promise<void> = Promise.resolve();
  #isStopped = false;

  constructor(options: MasterDataSyncOptions) {
    this.#options = options;
  }

  /** Resolves when the first reading is done, or when it takes longer than the start may wait. */
  async start(): Promise<() => Promise<void>> {
    const { ledger, platform, limits } = this.#options;
    const leave = ledger.onCommitted((batch) => this.#noteLocations(batch));
    let cancelWait: CancelTimer = () => undefined;
    const patience = new Promise<void>((resolve) => {
      cancelWait = platform.clock.after(limits.locationMasterWaitMs, resolve);
    });
    await Promise.race([this.#readLocations(limits.locationMasterRetryMinMs), patience]);
    cancelWait();
    await this.#apply();
    return async () => {
      this.#isStopped = true;
      leave();
      this.#cancelRetry();
      await this.#applying;
    };
  }

  #noteLocations({ events }: LedgerBatch): void {
    if (events.some(({ type }) => type === 'location-registered')) void this.#apply();
  }

  async #readLocations(retryMs: number): Promise<void> {
    const { erp, ledger, platform, limits } = this.#options;
    if (!erp || this.#isStopped) return;
    try {
      for (const request of await erp.listLocations()) await ledger.execute({ type: 'register-location', request });
    } catch (error) {
      platform.telemetry.count('inventory_location_master_failures_total', { system: erp.system });
      platform.telemetry.log('warn', 'the location master could not be read', {
        system: erp.system,
        retryMs,
        error: String(error),
      });
      const nextMs = Math.min(retryMs * 2, limits.locationMasterRetryMaxMs);
      if (this.#isStopped) return;
      this.#cancelRetry = platform.clock.after(retryMs, () => void this.#readLocations(nextMs));
    }
  }

  /** One after the other, so that a network is there before its channels. */
  #apply(): Promise<void> {
    this.#applying = this.#applying.then(() => this.#registerMissing());
    return this.#applying;
  }

  async #registerMissing(): Promise<void> {
    const { ledger, platform, networks, channels } = this.#options;
    const { territory } = ledger.state;
    try {
      for (const request of networks) {
        const isReady = request.locations.every((location) => ledger.state.locations.has(location));
        if (isReady && !territory.networks.has(request.id)) await ledger.execute({ type: 'register-network', request });
      }
      for (const request of channels) {
        const isReady = territory.networks.has(request.network);
        if (isReady && !territory.channels.has(request.id)) await ledger.execute({ type: 'register-channel', request });
      }
    } catch (error) {
      platform.telemetry.log('error', 'configured networks or channels could not be registered', {
        error: String(error),
      });
    }
  }
}
