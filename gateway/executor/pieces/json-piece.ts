import type { JsonObject } from '../merge-data.ts';

/**
 * A value as its subgraph wrote it, never null. It stands in the data of a plan where nothing but the answer is known to
 * need the value, and was found to be of the form that `pattern` says: that of a client's selection. Where an answer
 * selects just that, the text is taken over; everybody else turns it into a value by `valueAt`.
 */
export class JsonPiece {
  readonly text: string;
  /** By `patternOf`. */
  readonly pattern: string;

  constructor(text: string, pattern: string) {
    this.text = text;
    this.pattern = pattern;
  }

  toValue(): unknown {
    return JSON.parse(this.text);
  }

  toJSON(): unknown {
    return this.toValue();
  }
}

/** What `key` of the object holds, for those who look inside: a piece becomes its value, here and in the object. */
export function valueAt(object: JsonObject, key: string | number): unknown {
  const value = object[key];
  if (!(value instanceof JsonPiece)) return value;
  return (object[key] = value.toValue());
}
