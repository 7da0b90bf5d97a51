import type { AddressInfo } from 'node:net';
import type { Socket } from 'node:net';
import { WebSocketServer } from 'ws';
import { measuredArgument, serveMeasured } from '../measure/measured-process.ts';
import { ChangeScript, publishPaced } from './change-script.ts';
import type { PublishArgument } from './change-script.ts';
import { plainFrame } from './plain-answers.ts';
import type { ServeArgument } from './serve-argument.ts';
import { SERVER_HANDLERS } from './server-handlers.ts';

/* The limit in Node: no GraphQL at all. Each frame is built once and written to every socket of ws. */
const FINAL_TEXT = 0x81;
const LENGTH_16 = 126;
const { skuCount } = measuredArgument() as ServeArgument;
const script = new ChangeScript(skuCount);
const sockets = new Set<Socket>();

const server = new WebSocketServer({ port: 0, host: '127.0.0.1', backlog: 4_096, perMessageDeflate: false });
server.on('connection', (socket) => {
  const { _socket: raw } = socket as unknown as { readonly _socket: Socket };
  sockets.add(raw);
  socket.on('error', () => socket.terminate());
  socket.on('close', () => sockets.delete(raw));
});
server.on('listening', () => {
  serveMeasured(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`, {
    ...SERVER_HANDLERS,
    publish: (argument: PublishArgument) =>
      publishPaced(argument, (changes) => {
        const frame = frameOf(JSON.stringify({ id: '1', type: 'next', payload: { data: dataOf(changes) } }));
        for (const socket of sockets) socket.write(frame);
      }),
  });
});

function dataOf(changes: number): object {
  const { cursor, reset, changes: told } = plainFrame(script, script.next(changes).records, false).availabilityChanged;
  const selected = (told as readonly Record<string, unknown>[]).map(
    ({ key, version, deleted, sku, available, band }) => ({ key, version, deleted, sku, available, band }),
  );
  return { availabilityChanged: { cursor, reset, changes: selected } };
}

/** An unmasked text frame of RFC 6455, of 126 to 65,535 bytes. */
function frameOf(text: string): Buffer {
  const body = Buffer.from(text);
  return Buffer.concat([Buffer.from([FINAL_TEXT, LENGTH_16, body.length >>> 8, body.length & 0xff]), body]);
}
