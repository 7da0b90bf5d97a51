import { connect } from 'node:net';
import type { Socket } from 'node:net';

/** The sample of RFC 6455, so that a server need not know SHA-1. */
const KEY = 'dGhlIHNhbXBsZSBub25jZQ==';
const ACCEPTED = 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=';
const FINAL = 0x80;
const OPCODE = 0x0f;
const TEXT = 1;
const CLOSE = 8;
const PING = 9;
const PONG = 10;
const LENGTH = 0x7f;
const LENGTH_16 = 126;
const LENGTH_64 = 127;
const MASKED = 0x80;

export interface LightSocketListener {
  onOpen(): void;
  onText(text: string): void;
  onEnd(error: Error): void;
}

/** A WebSocket client that does as little as it can, so that ten thousand of them leave the processor to the server. */
export class LightSocket {
  readonly #socket: Socket;
  readonly #listener: LightSocketListener;
  #received: Buffer = Buffer.alloc(0);
  #isOpen = false;

  constructor(url: string, listener: LightSocketListener) {
    const { hostname, port, pathname } = new URL(url);
    this.#listener = listener;
    this.#socket = connect({ host: hostname, port: Number(port), noDelay: true });
    this.#socket.on('error', (error) => listener.onEnd(error));
    this.#socket.on('close', () => listener.onEnd(new Error('A client was cut off.')));
    this.#socket.on('data', (data) => this.#read(data));
    this.#socket.write(
      `GET ${pathname} HTTP/1.1\r\nHost: ${hostname}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
        `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${KEY}\r\nSec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n`,
    );
  }

  send(text: string): void {
    this.#write(TEXT, Buffer.from(text));
  }

  /** Breaks off without a word, as a client that loses its network. */
  destroy(): void {
    this.#socket.removeAllListeners('close');
    this.#socket.resetAndDestroy();
  }

  #read(data: Buffer): void {
    this.#received = this.#received.length === 0 ? data : Buffer.concat([this.#received, data]);
    if (!this.#isOpen && !this.#readHandshake()) return;
    let at = 0;
    for (let length = this.#readFrame(at); length > 0; length = this.#readFrame(at)) at += length;
    this.#received = at === this.#received.length ? Buffer.alloc(0) : this.#received.subarray(at);
  }

  #readHandshake(): boolean {
    const end = this.#received.indexOf('\r\n\r\n');
    if (end < 0) return false;
    const head = this.#received.toString('latin1', 0, end);
    if (!head.startsWith('HTTP/1.1 101') || !head.includes(ACCEPTED)) {
      this.#listener.onEnd(new Error(`A client was refused: ${head.split('\r\n', 1)[0] ?? ''}`));
      return false;
    }
    this.#received = this.#received.subarray(end + 4);
    this.#isOpen = true;
    this.#listener.onOpen();
    return true;
  }

  /** @returns the bytes of the frame at this place; 0 when it is not there as a whole */
  #readFrame(at: number): number {
    const received = this.#received;
    if (received.length < at + 2) return 0;
    const first = received.readUInt8(at);
    let length = received.readUInt8(at + 1) & LENGTH;
    let header = 2;
    if (length === LENGTH_16) {
      if (received.length < at + 4) return 0;
      length = received.readUInt16BE(at + 2);
      header = 4;
    } else if (length === LENGTH_64) {
      if (received.length < at + 10) return 0;
      length = Number(received.readBigUInt64BE(at + 2));
      header = 10;
    }
    if (received.length < at + header + length) return 0;
    this.#take(first, received.subarray(at + header, at + header + length));
    return header + length;
  }

  #take(first: number, body: Buffer): void {
    const opcode = first & OPCODE;
    if (opcode === PING) this.#write(PONG, body);
    else if (opcode === CLOSE) this.#listener.onEnd(new Error(`A client was closed with ${body.readUInt16BE(0)}.`));
    else if (opcode === TEXT && (first & FINAL) !== 0) this.#listener.onText(body.toString('latin1'));
    else if (opcode !== PONG) this.#listener.onEnd(new Error(`A client was sent a frame with opcode ${opcode}.`));
  }

  /** With a mask of zeros, which changes nothing. */
  #write(opcode: number, body: Buffer): void {
    const isShort = body.length < LENGTH_16;
    const header = Buffer.alloc(isShort ? 6 : 8);
    header[0] = FINAL | opcode;
    header[1] = MASKED | (isShort ? body.length : LENGTH_16);
    if (!isShort) header.writeUInt16BE(body.length, 2);
    this.#socket.write(Buffer.concat([header, body]));
  }
}
