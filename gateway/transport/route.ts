import type { IncomingHttpHeaders, ServerResponse } from 'node:http';

export interface RouteRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly correlationId: string;
  /** Where it came from; undefined once the connection is gone. */
  readonly address: string | undefined;
  /**
   * The body, byte for byte as it was sent, because signatures are over bytes.
   * @throws {Refusal} PAYLOAD_TOO_LARGE
   */
  readonly body: () => Promise<Buffer>;
}

export interface RouteResponse {
  readonly status: number;
  /** Default: `application/json`. */
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
  /** Present: the head is sent, and the body is whatever this writes, until it ends the response. */
  readonly stream?: (response: ServerResponse) => void;
}

/** An HTTP endpoint beside GraphQL. What it throws becomes an error body with the code's status. */
export interface Route {
  readonly method: 'GET' | 'POST';
  /** A whole path, or one that ends in `/*` for everything below it. */
  readonly path: string;
  /** The largest body of this route. Default: the server's. */
  readonly bodyBytesMax?: number;
  handle(request: RouteRequest): Promise<RouteResponse>;
}

/** The route for a request; `methods` tells which ones the path knows when none fits. */
export function findRoute(
  routes: readonly Route[],
  method: string,
  path: string,
): { readonly route?: Route; readonly methods: readonly string[] } {
  const matching = routes.filter((route) =>
    route.path.endsWith('/*') ? path.startsWith(route.path.slice(0, -1)) : route.path === path,
  );
  const route = matching.find((candidate) => candidate.method === method);
  return { ...(route && { route }), methods: matching.map((candidate) => candidate.method) };
}
