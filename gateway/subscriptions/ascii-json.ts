/** JSON text of one byte per character. */
export function asciiJson(value: unknown): string {
  return toAscii(JSON.stringify(value));
}

/** Escapes what is not ASCII in JSON text, so that the text is its own UTF-8. */
export function toAscii(json: string): string {
  return json.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
