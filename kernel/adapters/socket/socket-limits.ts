/** Every bound of requests over sockets. */
export interface SocketLimits {
  /** Connections that an owner keeps; one more is closed at once. */
  readonly connectionsMax: number;
  /** UTF-8 bytes of a request; a longer one is refused by its own side. */
  readonly requestBytesMax: number;
  /** UTF-8 bytes of an answer; a longer one is replaced by a refusal. */
  readonly answerBytesMax: number;
  /** Requests of one connection that are not answered yet; one more is answered OVERLOADED. */
  readonly inFlightMax: number;
  /** Bytes of answers that the other side has not read; beyond it nothing more is read from it. */
  readonly unsentBytesMax: number;
  /** How long opening a connection and proving the secret may take. */
  readonly helloMs: number;
  /** How long the end of an owner waits for the requests under way. */
  readonly drainMs: number;
  /** The rest after a connection was lost or could not be opened, with jitter. */
  readonly reconnectMinMs: number;
  readonly reconnectMaxMs: number;
}

export const SOCKET_LIMITS: SocketLimits = {
  connectionsMax: 1_000,
  requestBytesMax: 4_194_304,
  answerBytesMax: 67_108_864,
  inFlightMax: 10_000,
  unsentBytesMax: 16_777_216,
  helloMs: 5_000,
  drainMs: 5_000,
  reconnectMinMs: 50,
  reconnectMaxMs: 5_000,
};
