/** One message for many clients. Each form of it is written once, when the first client needs it. */
export class SharedFrame {
  /** JSON text of a GraphQL answer, ASCII. */
  readonly payload: string;
  /** Where a client goes on after it; undefined for an answer that is no frame. */
  readonly cursor: string | undefined;
  #last: FrameForm | undefined;
  #lastText = '';
  /** Of forms before the last one; mostly there is one alone. */
  #others: Map<FrameForm, string> | undefined;

  constructor(payload: string, cursor?: string) {
    this.payload = payload;
    this.cursor = cursor;
  }

  as(form: FrameForm): string {
    if (form === this.#last) return this.#lastText;
    if (this.#last) (this.#others ??= new Map()).set(this.#last, this.#lastText);
    this.#lastText = this.#others?.get(form) ?? form(this);
    this.#last = form;
    return this.#lastText;
  }
}

/** How one kind of connection words a message, ASCII. */
export type FrameForm = (frame: SharedFrame) => string;
