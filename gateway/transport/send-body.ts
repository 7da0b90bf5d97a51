import type { ServerResponse } from 'node:http';

export interface Sending {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | number>>;
  readonly body: string | Buffer;
  /** Text of ASCII alone may go out as Latin 1, which is the same bytes and is written without being counted first. */
  readonly encoding?: 'utf8' | 'latin1';
}

/** Sends a head and a body at once. */
export function sendBody(response: ServerResponse, { status, headers, body, encoding = 'utf8' }: Sending): void {
  response.writeHead(status, headers);
  response.end(body, encoding);
}
