import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';

/** Ports that nobody has at the moment: processes must come back to the ones they had. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const listeners = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  const ports = await Promise.all(
    listeners.map(async (listener) => {
      await once(listener, 'listening');
      return (listener.address() as AddressInfo).port;
    }),
  );
  for (const listener of listeners) {
    listener.close();
    await once(listener, 'close');
  }
  return ports;
}
