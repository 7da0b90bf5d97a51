import { request as httpRequest, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocket } from 'ws';
import { GRAPHQL_PATH } from '../../../main.ts';

export type Door = 'socket' | 'stream';

/** A connection with one subscription, as far as its client can do something with it. */
export interface Connection {
  stopReading(): void;
  readOn(): void;
  /** The way breaks: nothing is heard any more, its end included. */
  end(): void;
  /** Brings another token, over a socket alone. @returns false before the first one was accepted */
  ping?(authorization: string): boolean;
}

/** What a client asks, and what it is told. */
export interface ConnectionSide {
  readonly dial: () => Duplex;
  readonly authorization: string;
  readonly query: string;
  /** Where to go on. */
  readonly after: string | undefined;
  /** An answer as GraphQL has it. */
  onAnswer(answer: unknown): void;
  /** What the protocol does not foresee. */
  onFault(what: string): void;
  /** By the code of a close, or the status of a response that is no stream; 0 is a stream that broke off. */
  onEnd(code: number): void;
}

const OK = 200;

/** Over graphql-transport-ws. */
export function openSocket(side: ConnectionSide): Connection {
  const { authorization, query, after } = side;
  const socket = new WebSocket(`ws://model${GRAPHQL_PATH}`, 'graphql-transport-ws', {
    perMessageDeflate: false,
    createConnection: () => side.dial(),
  });
  let isEnded = false;
  let isAcknowledged = false;
  socket.on('error', () => undefined);
  socket.once('open', () => socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization } })));
  socket.on('message', (data: Buffer) => {
    const { type, payload } = JSON.parse(data.toString()) as { readonly type: string; readonly payload?: unknown };
    const variables = after === undefined ? {} : { after };
    if (isEnded) return;
    if (type === 'connection_ack') {
      isAcknowledged = true;
      socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query, variables } }));
    } else if (type === 'next') side.onAnswer(payload);
    else if (type !== 'pong') side.onFault(data.toString());
  });
  socket.once('close', (code) => {
    if (!isEnded) side.onEnd(code);
  });
  const ifOpen = (act: () => void) => () => (socket.readyState === socket.OPEN ? act() : undefined);
  return {
    stopReading: ifOpen(() => socket.pause()),
    readOn: ifOpen(() => socket.resume()),
    end: () => {
      isEnded = true;
      socket.terminate();
    },
    ping: (token) => {
      if (!isAcknowledged || socket.readyState !== socket.OPEN) return false;
      socket.send(JSON.stringify({ type: 'ping', payload: { authorization: token } }));
      return true;
    },
  };
}

/** Over server-sent events, going on as browsers do, by the last id. */
export function openStream(side: ConnectionSide): Connection {
  let response: IncomingMessage | undefined;
  let isEnded = false;
  const end = (code: number): void => {
    if (!isEnded) side.onEnd(code);
    isEnded = true;
  };
  const request = httpRequest({
    method: 'POST',
    path: GRAPHQL_PATH,
    headers: {
      accept: 'text/event-stream',
      'content-type': 'application/json',
      authorization: side.authorization,
      ...(side.after !== undefined && { 'last-event-id': side.after }),
    },
    createConnection: () => side.dial(),
  });
  request.on('error', () => end(0));
  request.on('response', (opened) => {
    response = opened;
    const { statusCode = 0 } = opened;
    opened.on('error', () => end(0));
    opened.once('close', () => end(statusCode === OK ? 0 : statusCode));
    readEvents(opened, (name, data) => {
      if (isEnded || statusCode !== OK) return;
      if (name === 'complete') side.onFault('The subscription was completed.');
      else side.onAnswer(JSON.parse(data));
    });
  });
  request.end(JSON.stringify({ query: side.query }));
  return {
    stopReading: () => void response?.pause(),
    readOn: () => void response?.resume(),
    end: () => {
      isEnded = true;
      request.destroy();
    },
  };
}

function readEvents(response: IncomingMessage, tell: (name: string, data: string) => void): void {
  let text = '';
  response.setEncoding('utf8');
  response.on('data', (part: string) => {
    const events = (text + part).split('\n\n');
    text = events.pop() ?? '';
    for (const event of events) {
      const fieldOf = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(event)?.[1];
      const name = fieldOf('event');
      // Comments keep the connection awake.
      if (name !== undefined) tell(name, fieldOf('data') ?? '');
    }
  });
}
