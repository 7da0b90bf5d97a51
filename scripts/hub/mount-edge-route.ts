import type { EdgeRoute } from '../../connectors/runtime/edge-route.ts';
import type { Route } from '../../gateway/transport/route.ts';

/** A door of the connectors as a route of the gateway's HTTP server. */
export function mountEdgeRoute(edge: EdgeRoute): Route {
  return {
    method: edge.method,
    path: edge.path.replace(/:[^/]+$/, '*'),
    bodyBytesMax: edge.bodyBytesMax,
    handle: async ({ method, url, headers, address, body }) => {
      const single = Object.entries(headers).map(([name, value]) => [
        name,
        Array.isArray(value) ? value.join(', ') : value,
      ]);
      const answer = await edge.handle({
        method,
        path: `${url.pathname}${url.search}`,
        headers: Object.fromEntries(single) as Record<string, string | undefined>,
        rawBody: await body(),
        address,
      });
      const { 'content-type': contentType, ...rest } = answer.headers;
      // The server names the character set itself.
      return {
        status: answer.status,
        headers: rest,
        body: answer.body,
        contentType: contentType?.split(';')[0] ?? 'application/json',
      };
    },
  };
}
