import { invariant } from '../../../kernel/model/errors.ts';
import type { Platform } from '../../../kernel/ports/platform.ts';
import type { ItemRecorded, LocationRecorded } from '../../../schema/events/inbox.ts';
import { bearerToken } from '../../runtime/authorisation.ts';
import type { Connection } from '../../runtime/connection.ts';
import { createHttpClient } from '../../runtime/http-client.ts';
import type { HttpLimits } from '../../runtime/http-limits.ts';
import { readOrUndefined } from '../../runtime/unreadable.ts';
import { VendorPace } from '../../runtime/vendor-pace.ts';
import { ITEMS_PER_LOOK_UP_MAX, type Erp } from '../port.ts';
import { TemplateApi } from './template-api.ts';
import { readNotification, templateFeed, templateReceiver } from './template-intake.ts';
import type { TemplateMapping } from './template-mapping.ts';
import { changeMessage, itemOf, locationOf } from './template-messages.ts';
import type { RawChange, TemplateItem } from './template-objects.ts';

export interface TemplateOptions {
  /** The name of this system as a source, such as `erp-main`. */
  readonly system: string;
  readonly baseUrl: string;
  readonly accessToken: string;
  /** Signs webhooks. */
  readonly webhookSecret: string;
  readonly mapping: TemplateMapping;
  readonly platform: Pick<Platform, 'clock' | 'telemetry'>;
  readonly limits?: Partial<HttpLimits>;
}

export interface TemplateConnection extends Connection<Erp> {
  /** Has webhooks sent to an address. To be called every few hours. */
  ensureSubscribed(webhookUrl: string): Promise<void>;
}

export function connectTemplate(options: TemplateOptions): TemplateConnection {
  const { system, baseUrl, mapping, platform, webhookSecret: secret, limits = {} } = options;
  const pace = new VendorPace(platform.clock);
  const authorisation = bearerToken(options.accessToken);
  const http = createHttpClient({ system, baseUrl, authorisation, limits, pace, ...platform });
  const api = new TemplateApi(system, http);
  return {
    port: new TemplateErp(api, mapping),
    pace,
    receiver: templateReceiver({ system, secret, mapping }),
    feeds: [templateFeed(api, mapping)],
    mapping,
    readAgain: async ({ kind, body }, rows) => {
      const current = { ...mapping, ...rows };
      return [
        kind === 'notification' ? readNotification(String(body), current) : changeMessage(body as RawChange, current),
      ];
    },
    ensureSubscribed: (webhookUrl) => api.subscribe(webhookUrl, secret),
    close: () => http.close(),
  };
}

class TemplateErp implements Erp {
  readonly system: string;
  readonly #api: TemplateApi;
  readonly #mapping: TemplateMapping;

  constructor(api: TemplateApi, mapping: TemplateMapping) {
    this.system = api.system;
    this.#api = api;
    this.#mapping = mapping;
  }

  async lookUpItems(skus: readonly string[]): Promise<ReadonlyMap<string, ItemRecorded>> {
    invariant(skus.length <= ITEMS_PER_LOOK_UP_MAX, 'A look-up has more than ITEMS_PER_LOOK_UP_MAX SKUs.');
    if (skus.length === 0) return new Map();
    const items = this.#readable(await this.#api.items(skus));
    return new Map(items.map((item) => [item.sku, item]));
  }

  async listItems(
    after: string | undefined,
  ): Promise<{ readonly items: readonly ItemRecorded[]; readonly next?: string }> {
    const page = await this.#api.itemsAfter(after);
    return { ...page, items: this.#readable(page.items) };
  }

  async listLocations(): Promise<readonly LocationRecorded[]> {
    const locations = await this.#api.locations();
    return locations.flatMap((location) => readOrUndefined(() => locationOf(location, this.#mapping)) ?? []);
  }

  /** What cannot be read is told by the feed, which keeps it; a look-up leaves it out. */
  #readable(items: readonly TemplateItem[]): readonly ItemRecorded[] {
    return items.flatMap((item) => readOrUndefined(() => itemOf(item, this.#mapping)) ?? []);
  }
}
