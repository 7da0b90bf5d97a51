import { ProtocolBroken } from './frame-reader.ts';
import type { FrameWriter } from './frame-writer.ts';
import { FRAME, PROTOCOL } from './rpc-frame.ts';
import { createNonce, isProof, proofOf } from './rpc-proof.ts';

interface Told {
  readonly protocol?: unknown;
  readonly nonce?: unknown;
  readonly proof?: unknown;
}

/** The asking side's part of being let in: it proves the secret, and has the owner prove it. */
export class Greeting {
  readonly #secret: string | undefined;
  readonly #writer: FrameWriter;
  readonly #nonce = createNonce();

  constructor(secret: string | undefined, writer: FrameWriter) {
    this.#secret = secret;
    this.#writer = writer;
  }

  /**
   * @returns whether requests may be sent now
   * @throws {ProtocolBroken} when the owner speaks otherwise or does not know the secret
   */
  receive(kind: number, text: string): boolean {
    const told = JSON.parse(text) as Told;
    if (told.protocol !== PROTOCOL) throw new ProtocolBroken(`The owner speaks protocol ${String(told.protocol)}.`);
    if (kind === FRAME.challenge) this.#prove(told);
    else if (kind === FRAME.welcome) this.#verify(told);
    else throw new ProtocolBroken(`A frame of kind ${kind} is not taken now.`);
    return kind === FRAME.welcome;
  }

  #prove({ nonce }: Told): void {
    if (this.#secret === undefined) throw new ProtocolBroken('The owner demands a secret.');
    if (typeof nonce !== 'string') throw new ProtocolBroken('The owner demands a proof of nothing.');
    const proof = proofOf(this.#secret, 'asker', nonce);
    this.#writer.send(FRAME.proof, 0, JSON.stringify({ proof, nonce: this.#nonce }));
  }

  #verify({ proof }: Told): void {
    if (this.#secret === undefined) return;
    const expected = proofOf(this.#secret, 'owner', this.#nonce);
    if (!isProof(proof, expected)) throw new ProtocolBroken('The owner does not know the secret.');
  }
}
