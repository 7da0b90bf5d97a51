import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { request } from 'undici';

/** A door in front of an ERP that can be told to lose an answer: what was asked for is done, and nobody hears of it. */
export interface ForgetfulDoor {
  readonly url: string;
  /** Of the next request that fits. */
  loseAnswer(fits: (asked: { readonly method: string; readonly path: string; readonly text: string }) => boolean): void;
  close(): Promise<void>;
}

const OF_THE_CONNECTION = new Set(['host', 'connection', 'content-length', 'transfer-encoding']);

export async function openForgetfulDoor(target: () => string): Promise<ForgetfulDoor> {
  let loses: Parameters<ForgetfulDoor['loseAnswer']>[0] | undefined;
  const answerTo = async (asked: IncomingMessage, answer: ServerResponse): Promise<void> => {
    const { method = 'GET', url: path = '/' } = asked;
    const text = await textOf(asked);
    const headers = Object.fromEntries(Object.entries(asked.headers).filter(([name]) => !OF_THE_CONNECTION.has(name)));
    const body = text === '' ? {} : { body: text };
    const told = await request(`${target()}${path}`, { method: method as 'GET', headers, ...body });
    const content = await told.body.text();
    if (loses?.({ method, path, text })) {
      loses = undefined;
      asked.socket.destroy();
      return;
    }
    const type = told.headers['content-type'];
    answer.writeHead(told.statusCode, typeof type === 'string' ? { 'content-type': type } : {});
    // Links to further pages lead through the door as well.
    answer.end(content.replaceAll(target(), url()));
  };
  const server = createServer((asked, answer) => void answerTo(asked, answer));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: url(),
    loseAnswer: (fits) => {
      loses = fits;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function textOf(asked: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of asked) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
