import type { IncomingMessage } from 'node:http';

/**
 * Where a request came from. Each proxy that is trusted appends the address that it was called from to
 * `x-forwarded-for`, so that the one before all of them counts from the right; what stands further left is whatever the
 * client wrote.
 * @param trustedProxies how many proxies stand in front; 0: the header is not believed
 */
export function clientAddressOf({ headers, socket }: IncomingMessage, trustedProxies: number): string | undefined {
  if (trustedProxies === 0) return socket.remoteAddress;
  const forwarded = [headers['x-forwarded-for'] ?? []].flat().join(',').split(',');
  return forwarded.at(-trustedProxies)?.trim() || socket.remoteAddress;
}
