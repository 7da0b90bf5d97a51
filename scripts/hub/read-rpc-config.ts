import { parseRpcEndpoint, type RpcEndpoint } from '../../kernel/adapters/socket/rpc-endpoint.ts';
import { RPC_SECRET_LENGTH_MIN } from '../../kernel/adapters/socket/rpc-proof.ts';

/** Where other processes may ask the contexts of this one without GraphQL. */
export interface RpcConfig {
  readonly endpoint: RpcEndpoint;
  readonly secret?: string;
}

/** Undefined when it is off, and when it does not fit; what does not fit is added to `faults`. */
export function readRpcConfig(
  env: Readonly<Record<string, string | undefined>>,
  faults: string[],
): RpcConfig | undefined {
  const listen = env['STOCKWIRE_RPC_LISTEN'];
  const secret = env['STOCKWIRE_RPC_SECRET'];
  if (listen === undefined) return undefined;
  const endpoint = parseRpcEndpoint(listen);
  if (!endpoint) faults.push('STOCKWIRE_RPC_LISTEN must be unix:<path> or tcp:<host>:<port>.');
  if (secret !== undefined && secret.length < RPC_SECRET_LENGTH_MIN) {
    faults.push(`STOCKWIRE_RPC_SECRET must have at least ${RPC_SECRET_LENGTH_MIN} characters.`);
  }
  if (endpoint?.kind === 'tcp' && secret === undefined) {
    faults.push('STOCKWIRE_RPC_LISTEN over TCP needs STOCKWIRE_RPC_SECRET.');
  }
  return endpoint && { endpoint, ...(secret !== undefined && { secret }) };
}
