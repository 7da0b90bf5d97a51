/** One message for many clients. Each form of it is written once, when the first client needs it. */
export class SharedFrame {
  /** JSON text of a GraphQL answer, ASCII. */
  readonly payload: string;
  /** Where a client goes on after it; undefined for an answer that is no frame. */
  readonly cursor: string | undefined;
  readonly #forms = new Map<FrameForm, string>();

  constructor(payload: string, cursor?: string) {
    this.payload = payload;
    this.cursor = cursor;
  }

  as(form: FrameForm): string {
    const known = this.#forms.get(form);
    if (known !== undefined) return known;
    const text = form(this);
    this.#forms.set(form, text);
    return text;
  }
}

/** How one kind of connection words a message, ASCII. */
export type FrameForm = (frame: SharedFrame) => string;
