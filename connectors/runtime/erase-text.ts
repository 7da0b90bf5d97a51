const ERASED = '(erased)';

/** What is looked for, whatever its case. */
export interface WantedText {
  readonly text: string;
  /** Only texts that are nothing else. Absent: all that contain it. */
  readonly isWhole?: boolean;
}

/** JSON data with every text replaced that contains what is looked for; the same object when none does. */
export function withoutText<Value>(value: Value, { text, isWhole = false }: WantedText): Value {
  const wanted = text.toLowerCase();
  const erased = without(value, (each) => {
    const found = each.toLowerCase();
    return isWhole ? found === wanted : found.includes(wanted);
  });
  return JSON.stringify(erased) === JSON.stringify(value) ? value : (erased as Value);
}

function without(value: unknown, isWanted: (text: string) => boolean): unknown {
  if (typeof value === 'string') return isWanted(value) ? ERASED : value;
  if (Array.isArray(value)) return value.map((element) => without(element, isWanted));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, without(member, isWanted)]));
}
