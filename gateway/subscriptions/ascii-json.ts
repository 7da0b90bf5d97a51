/** JSON text of one byte per character. */
export function asciiJson(value: unknown): string {
  return toAscii(JSON.stringify(value));
}

/** Escapes what is not ASCII in JSON text, so that the text is its own UTF-8. */
export function toAscii(json: string): string {
  // Most texts are, and this looks at many characters at once.
  if (Buffer.byteLength(json) === json.length) return json;
  return json.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
