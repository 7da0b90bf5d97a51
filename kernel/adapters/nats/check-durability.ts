import type { Telemetry } from '../../ports/telemetry.ts';
import { errorText } from '../embedded/error-text.ts';
import { isAtLeast } from './server-version.ts';

export interface DurabilityQuestion {
  /** Of the server that the connection goes to. */
  readonly version: string;
  /** Servers of the cluster that are known; each must confirm. */
  readonly serversMin: number;
  /** Monitoring addresses, such as `http://nats-1:8222`. */
  readonly monitorUrls: readonly string[];
  readonly monitorMs: number;
  readonly telemetry: Telemetry;
}

/** The first release that writes each message to the disk before it acknowledges it, when told to. */
const SYNC_ALWAYS_SINCE = '2.10.0';
/** Releases that could lose a whole stream when they were killed. */
const LOSING = { from: '2.10.20', before: '2.10.23' };

/**
 * Whether what the servers acknowledge is on their disks: every known server says that it runs with `sync_interval: always`.
 * Unknown counts as no. What is not so is told by a warning and the gauge `nats_durability_confirmed`.
 */
export async function checkDurability(question: DurabilityQuestion): Promise<boolean> {
  const { telemetry, version } = question;
  const doubts = [...versionDoubts(version), ...(await settingDoubts(question))];
  for (const doubt of doubts) telemetry.log('warn', `NATS may lose what it acknowledged: ${doubt}`, { version });
  telemetry.gauge('nats_durability_confirmed', doubts.length === 0 ? 1 : 0);
  return doubts.length === 0;
}

function versionDoubts(version: string): readonly string[] {
  if (!isAtLeast(version, SYNC_ALWAYS_SINCE)) {
    return [`server ${version} cannot write to the disk before it acknowledges; ${SYNC_ALWAYS_SINCE} and later can`];
  }
  const isLosing = isAtLeast(version, LOSING.from) && !isAtLeast(version, LOSING.before);
  return isLosing ? [`server ${version} may lose a stream when it is killed; ${LOSING.before} does not`] : [];
}

async function settingDoubts({ monitorUrls, monitorMs, serversMin }: DurabilityQuestion): Promise<readonly string[]> {
  const confirmed = new Set<string>();
  const doubts: string[] = [];
  for (const url of monitorUrls) {
    try {
      const { serverId, isSyncAlways } = await readSetting(url, monitorMs);
      if (isSyncAlways) confirmed.add(serverId);
      else doubts.push(`the server at ${url} does not run with sync_interval: always`);
    } catch (error) {
      doubts.push(`the server at ${url} did not tell its settings (${errorText(error)})`);
    }
  }
  if (doubts.length === 0 && confirmed.size < serversMin) {
    doubts.push(
      `${confirmed.size} of ${serversMin} known servers confirmed sync_interval: always; set NATS_MONITOR_URL`,
    );
  }
  return doubts;
}

async function readSetting(
  url: string,
  monitorMs: number,
): Promise<{ readonly serverId: string; readonly isSyncAlways: boolean }> {
  const response = await fetch(new URL('/varz', url), { signal: AbortSignal.timeout(monitorMs) });
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  const told = (await response.json()) as {
    readonly server_id?: unknown;
    readonly jetstream?: { readonly config?: { readonly sync_always?: unknown } };
  };
  return { serverId: String(told.server_id), isSyncAlways: told.jetstream?.config?.sync_always === true };
}
