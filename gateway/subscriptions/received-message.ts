import { MessageType, parseMessage, type SubscribePayload } from 'graphql-ws';

/** Shorter ones are not worth being read twice. */
const SHORT_MAX = 120;

/** A message of a client, as graphql-ws is told of it. */
export interface ReceivedMessage {
  readonly text: string;
  /** What the text leaves out; undefined where it says everything. */
  readonly payload: SubscribePayload | undefined;
}

/**
 * graphql-ws keeps the text of a message for as long as the subscription lasts that it has begun, and queries and their
 * variables are long. So it is told that something is subscribed to, and what it is goes past it. A message that is none
 * of the protocol is left to it as it is.
 */
export function readMessage(text: string): ReceivedMessage {
  if (text.length > SHORT_MAX) {
    try {
      const message = parseMessage(text);
      if (message.type === MessageType.Subscribe) {
        const { id, type, payload } = message;
        return { text: JSON.stringify({ id, type, payload: { query: '' } }), payload };
      }
    } catch {
      // It is refused for what it is.
    }
  }
  return { text, payload: undefined };
}
