import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { EdgeRoute } from '../edge-route.ts';

export interface ServedRoutes extends AsyncDisposable {
  readonly url: string;
  /** What the next requests get. */
  mount(route: EdgeRoute): void;
}

/** Gives every request to one route, as the hub's edge does. */
export async function serveRoutes(): Promise<ServedRoutes> {
  let mounted: EdgeRoute | undefined;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const headers = Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]),
      );
      const { method = '', url: path = '/' } = request;
      void mounted?.handle({ method, path, headers, rawBody: Buffer.concat(chunks) }).then((answer) => {
        response.writeHead(answer.status, { ...answer.headers }).end(answer.body);
      });
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    mount: (route) => {
      mounted = route;
    },
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
