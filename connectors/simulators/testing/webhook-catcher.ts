import { createServer } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

interface CaughtWebhook {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A subscriber for the simulators' tests: keeps what it gets, answers what it is told to. */
export interface WebhookCatcher {
  readonly url: string;
  readonly caught: readonly CaughtWebhook[];
  /** The next so many messages are answered 500 and not kept. */
  failNext(count: number): void;
  close(): Promise<void>;
}

/** Listens on a free port of 127.0.0.1 and echoes a `validationToken` of the query. */
export async function startWebhookCatcher(): Promise<WebhookCatcher> {
  const caught: CaughtWebhook[] = [];
  let failures = 0;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const token = new URL(request.url ?? '/', 'http://catcher').searchParams.get('validationToken');
      const fails = failures > 0;
      if (fails) failures -= 1;
      else if (token === null) caught.push({ headers: request.headers, body: Buffer.concat(chunks).toString('utf8') });
      response.writeHead(fails ? 500 : 200).end(token ?? '');
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    caught,
    failNext: (count) => {
      failures = count;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
