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
  /** Asks every server of the cluster by the system account. Absent: there is no such account. */
  askSystem?(): Promise<readonly ServerReport[]>;
  readonly telemetry: Telemetry;
}

/** The part of what a server tells of itself by `/varz` that says how it writes. */
export interface ServerReport {
  readonly server_id?: unknown;
  readonly jetstream?: { readonly config?: { readonly sync_always?: unknown } };
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

async function settingDoubts(question: DurabilityQuestion): Promise<readonly string[]> {
  const { monitorUrls, serversMin } = question;
  const confirmed = new Set<string>();
  const doubts: string[] = [];
  const take = (from: string, report: ServerReport): void => {
    if (report.jetstream?.config?.sync_always === true) confirmed.add(String(report.server_id));
    else doubts.push(`the server ${from} does not run with sync_interval: always`);
  };
  for (const url of monitorUrls) {
    try {
      take(`at ${url}`, await readReport(url, question.monitorMs));
    } catch (error) {
      doubts.push(`the server at ${url} did not tell its settings (${errorText(error)})`);
    }
  }
  try {
    for (const report of (await question.askSystem?.()) ?? []) take(String(report.server_id), report);
  } catch (error) {
    doubts.push(`the system account did not tell the settings of the servers (${errorText(error)})`);
  }
  if (doubts.length === 0 && confirmed.size < serversMin) {
    const told = `${confirmed.size} of ${serversMin} known servers confirmed sync_interval: always`;
    doubts.push(`${told}; set NATS_MONITOR_URL, or NATS_SYSTEM_USER and NATS_SYSTEM_PASSWORD`);
  }
  return doubts;
}

async function readReport(url: string, monitorMs: number): Promise<ServerReport> {
  const response = await fetch(new URL('/varz', url), { signal: AbortSignal.timeout(monitorMs) });
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  return (await response.json()) as ServerReport;
}
