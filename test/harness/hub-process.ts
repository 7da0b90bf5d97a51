import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import { DEMO_SECRETS, DEMO_SYSTEMS } from '../../scripts/demo/connect-demo-retailer.ts';
import type { DemoRetailer } from '../../scripts/demo/start-demo-retailer.ts';
import { createHubClient, type HubClient } from '../../scripts/client/hub-client.ts';
import type { Role } from '../../schema/scopes.ts';
import type { BareHubProcessOptions } from './serve-bare-hub.ts';

export interface HubProcessOptions {
  readonly port: number;
  readonly directory: string;
  readonly systems: {
    readonly erp: { readonly url: string; readonly companyId: string };
    readonly wms: { readonly url: string };
    readonly square: { readonly url: string; readonly locationIds: Readonly<Record<string, string>> };
    readonly lightspeed: { readonly url: string; readonly outletIds: Readonly<Record<string, string>> };
    readonly psp: { readonly url: string };
    readonly tax: { readonly url: string };
    readonly parcels: { readonly url: string };
    readonly messages: { readonly url: string };
    readonly oms: { readonly url: string };
    readonly markets: { readonly british: { readonly url: string }; readonly irish: { readonly url: string } };
  };
}

/** A hub in a process of its own. */
export interface HubProcess {
  /** Ends it without a word, as a power cut would. */
  kill(): Promise<void>;
}

/** Starts the hub of this retailer and resolves when it is ready. */
export function startHubProcess(options: HubProcessOptions): Promise<HubProcess> {
  return startScript('serve-hub.ts', options);
}

/** Starts a hub without outside systems and resolves when it is ready. */
export function startBareHubProcess(options: BareHubProcessOptions): Promise<HubProcess> {
  return startScript('serve-bare-hub.ts', options);
}

async function startScript(script: string, options: { readonly port: number }): Promise<HubProcess> {
  const child = spawn(process.execPath, [join(import.meta.dirname, script), JSON.stringify(options)], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const kill = await awaitReady(child, hubUrlOf(options));
  return { kill };
}

/**
 * Resolves when the hub is ready, to what ends it without a word.
 * @throws {Error} when it ends before, or takes too long; nothing of it is left then
 */
export async function awaitReady(child: ChildProcess, url: string): Promise<() => Promise<void>> {
  const exited = once(child, 'exit');
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await exited;
  };
  try {
    const isReady = async () => (await fetch(`${url}/health/ready`)).ok;
    await waitFor(() => child.exitCode !== null || isReady(), 'the hub to be ready');
    if (child.exitCode !== null) throw new Error(`The hub ended with ${child.exitCode}.`);
    return kill;
  } catch (error) {
    await kill();
    throw error;
  }
}

export function hubUrlOf({ port }: Pick<HubProcessOptions, 'port'>): string {
  return `http://127.0.0.1:${port}`;
}

/** Subscribes the retailer's webhooks at the hub that will listen there. */
export function describeSystems(retailer: DemoRetailer, hubUrl: string): HubProcessOptions['systems'] {
  const { catalogue, erp, wms, square, lightspeed, psp, parcels } = retailer;
  const webhook = (name: keyof typeof DEMO_SYSTEMS) => `${hubUrl}/webhooks/${DEMO_SYSTEMS[name]}`;
  wms.subscribe({ url: webhook('wms'), secret: DEMO_SECRETS.wms });
  square.subscribe({ url: webhook('square'), signatureKey: DEMO_SECRETS.square });
  lightspeed.subscribe({ url: webhook('lightspeed'), secret: DEMO_SECRETS.lightspeed });
  psp.subscribe({ url: webhook('psp'), secret: DEMO_SECRETS.psp });
  parcels.subscribe({ url: webhook('parcels'), secret: DEMO_SECRETS.parcels });
  const idsOf = (system: 'SQUARE' | 'LIGHTSPEED', idOf: (code: string) => string) =>
    Object.fromEntries(
      catalogue.locations.filter((location) => location.system === system).map(({ code }) => [code, idOf(code)]),
    );
  return {
    erp: { url: erp.url, companyId: erp.companyId },
    wms: { url: wms.url },
    square: { url: square.url, locationIds: idsOf('SQUARE', (code) => square.locationId(code)) },
    lightspeed: { url: lightspeed.url, outletIds: idsOf('LIGHTSPEED', (code) => lightspeed.outletId(code)) },
    psp: { url: psp.url },
    tax: { url: retailer.tax.url },
    parcels: { url: parcels.url },
    messages: { url: retailer.messages.url },
    oms: { url: retailer.oms.url },
    markets: { british: { url: retailer.markets.british.url }, irish: { url: retailer.markets.irish.url } },
  };
}

/** A client with a token of the hub's own development issuer. */
export async function clientOf(hubUrl: string, role: Role): Promise<HubClient> {
  const response = await fetch(new URL(`/dev/token?role=${role}`, hubUrl), { method: 'POST' });
  const { token } = (await response.json()) as { token: string };
  return createHubClient(hubUrl, token);
}
