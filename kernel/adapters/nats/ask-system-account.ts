import { connect, type NodeConnectionOptions } from '@nats-io/transport-node';
import type { ServerReport } from './check-durability.ts';

/** How long after one server's answer another one's may come. */
const STALL_MS = 300;

/**
 * What every server of the cluster tells of itself to a user of the system account.
 * @throws when the account cannot be used
 */
export async function askSystemAccount(
  options: NodeConnectionOptions,
  waitMs: number,
): Promise<readonly ServerReport[]> {
  const client = await connect({ ...options, name: 'stockwire-settings', timeout: waitMs, reconnect: false });
  try {
    const reports: ServerReport[] = [];
    const question = { strategy: 'stall', maxWait: waitMs, stall: STALL_MS } as const;
    for await (const answer of await client.requestMany('$SYS.REQ.SERVER.PING.VARZ', '', question)) {
      reports.push(answer.json<{ readonly data: ServerReport }>().data);
    }
    return reports;
  } finally {
    await client.close();
  }
}
