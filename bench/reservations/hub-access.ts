import type { RpcEndpoint } from '../../kernel/adapters/socket/rpc-endpoint.ts';

/** What clients outside the process need in order to be let in. */
export interface HubAccess {
  readonly token: string;
  readonly rpc: { readonly tcp: RpcEndpoint; readonly file: RpcEndpoint; readonly secret: string };
}
