import { readFileSync } from 'node:fs';
import { ANONYMOUS } from '../../gateway/auth/authenticator.ts';
import { createGateway, GRAPHQL_PATH } from '../../gateway/main.ts';
import { createSubscriptions } from '../../gateway/subscriptions/create-subscriptions.ts';
import { EmbeddedChangeFeed } from '../../kernel/adapters/embedded/embedded-change-feed.ts';
import { EMBEDDED_LIMITS } from '../../kernel/adapters/embedded/embedded-limits.ts';
import { EmbeddedRpc } from '../../kernel/adapters/embedded/embedded-rpc.ts';
import { SystemClock } from '../../kernel/adapters/embedded/system-clock.ts';
import { UuidV7Ids } from '../../kernel/adapters/embedded/uuid-v7-ids.ts';
import { silentTelemetry } from '../../kernel/ports/silent-telemetry.ts';
import { changesSinceOf } from '../../schema/commands/change-log.ts';
import type { ChangesSinceRequest } from '../../schema/commands/change-log.ts';
import { rpcSubjectOf } from '../../schema/events/subjects.ts';
import { measuredArgument, serveMeasured } from '../measure/measured-process.ts';
import { ChangeScript, publishPaced } from './change-script.ts';
import type { PublishArgument } from './change-script.ts';
import type { ServeArgument } from './serve-argument.ts';
import { SERVER_HANDLERS } from './server-handlers.ts';

/* The hub's gateway, with the script in the place of the inventory context. */
const supergraphSdl = readFileSync(new URL('../../schema/graphql/supergraph.graphql', import.meta.url), 'utf8');
const clock = new SystemClock();
const telemetry = silentTelemetry;
const changeFeed = new EmbeddedChangeFeed(telemetry, EMBEDDED_LIMITS);
const rpc = new EmbeddedRpc(clock, EMBEDDED_LIMITS);
const { skuCount } = measuredArgument() as ServeArgument;
const script = new ChangeScript(skuCount);

const { context, name } = changesSinceOf('inventory');
rpc.serve(rpcSubjectOf(context, name), async ({ payload }) => {
  const { epoch, seq } = script;
  const { filter } = payload as ChangesSinceRequest;
  return { epoch, seq, reset: true, records: script.snapshot(filter['sku']) };
});

const gateway = createGateway({
  supergraphSdl,
  clients: [],
  authenticator: { authenticate: async () => ANONYMOUS },
  clock,
  ids: new UuidV7Ids(),
  telemetry,
  createSubscriptions: (host) => createSubscriptions({ host, supergraphSdl, clients: [], changeFeed, rpc }),
});
const url = await gateway.listen(0);
serveMeasured(`${url.replace('http', 'ws')}${GRAPHQL_PATH}`, {
  ...SERVER_HANDLERS,
  publish: (argument: PublishArgument) => publishPaced(argument, (changes) => changeFeed.publish(script.next(changes))),
});
