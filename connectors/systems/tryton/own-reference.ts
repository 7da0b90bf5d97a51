/** What the references of documents begin with that the hub itself has made in a Tryton. */
const OWN_PREFIX = 'stockwire:';

export function ownReference(name: string): string {
  return `${OWN_PREFIX}${name}`;
}

/**
 * True for a document that the hub itself has made: what comes back of it is an echo. What it moved there, the hub's own
 * ledger has moved by the fact from which the document was made.
 */
export function isOwnReference(reference: string | null | undefined): boolean {
  return reference?.startsWith(OWN_PREFIX) === true;
}
