import type { IncomingHttpHeaders } from 'node:http';

export interface SimulatorRequest {
  readonly method: string;
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** The body as received. */
  readonly text: string;
}

export interface Answer {
  readonly status?: number;
  /** Written as JSON; absent for an empty body. */
  readonly body?: unknown;
  /** Written as it is, in place of a body. */
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Route {
  readonly method: string;
  /** Literal text with `:name` for a part without slash, brace or quote, such as `/orders/:id` or `/items(:id)`. */
  readonly path: string;
  /** True for what needs no bearer token. */
  readonly isOpen?: boolean;
  readonly handle: (request: SimulatorRequest) => Answer | Promise<Answer>;
}

export interface RouteMatch {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

export type Router = (method: string, path: string) => RouteMatch | undefined;

/** The first route that fits wins. */
export function createRouter(routes: readonly Route[]): Router {
  const compiled = routes.map((route) => ({ route, pattern: compile(route.path) }));
  return (method, path) => {
    for (const { route, pattern } of compiled) {
      const match = route.method === method ? pattern.exec(path) : null;
      if (match !== null) return { route, params: decode(match.groups ?? {}) };
    }
    return undefined;
  };
}

export function routeName(route: Route): string {
  return `${route.method} ${route.path}`;
}

function compile(path: string): RegExp {
  const escaped = path.replaceAll(/[.()$]/g, String.raw`\$&`);
  return new RegExp(`^${escaped.replaceAll(/:([a-z_]+)/gi, "(?<$1>[^/()']+)")}/?$`);
}

function decode(groups: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(groups).map(([key, value]) => [key, safeDecode(value)]));
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
