import { isIP } from 'node:net';

/** Where an owner listens: a socket file on this machine, or an address in a network. */
export type RpcEndpoint =
  | { readonly kind: 'unix'; readonly path: string }
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number };

/** The longest path of a socket file that every system takes. */
const PATH_BYTES_MAX = 103;
const PORT_MAX = 65_535;

/** Reads `unix:<path>` or `tcp:<host>:<port>`; undefined for anything else. An IPv6 host stands in brackets. */
export function parseRpcEndpoint(text: string): RpcEndpoint | undefined {
  const [, kind, rest = ''] = /^(unix|tcp):(.+)$/.exec(text) ?? [];
  if (kind === 'unix') return Buffer.byteLength(rest) <= PATH_BYTES_MAX ? { kind, path: rest } : undefined;
  const [, bracketed, plain, port = ''] = /^(?:\[([^\]]+)\]|([^:[\]]+)):(\d+)$/.exec(rest) ?? [];
  if (Number(port) > PORT_MAX || (bracketed !== undefined && isIP(bracketed) !== 6)) return undefined;
  const host = bracketed ?? plain;
  return kind === 'tcp' && host !== undefined ? { kind, host, port: Number(port) } : undefined;
}

export function formatRpcEndpoint(endpoint: RpcEndpoint): string {
  if (endpoint.kind === 'unix') return `unix:${endpoint.path}`;
  const { host, port } = endpoint;
  return `tcp:${isIP(host) === 6 ? `[${host}]` : host}:${port}`;
}
