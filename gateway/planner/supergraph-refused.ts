/** A text that is no supergraph which this gateway can serve; the message says what is wrong with it. */
export class SupergraphRefused extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'SupergraphRefused';
  }
}
