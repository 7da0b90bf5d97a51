/** No character that JSON writes in another way, and no half of a surrogate pair. */
const PLAIN = /^[\u0020\u0021\u0023-\u005b\u005d-\ud7ff\ue000-\uffff]*$/;

/** Below this length the test for plain text is quicker than the general way. */
const PLAIN_LENGTH_MAX = 100;

/** A string as JSON text. */
export function quote(text: string): string {
  return text.length <= PLAIN_LENGTH_MAX && PLAIN.test(text) ? `"${text}"` : JSON.stringify(text);
}
