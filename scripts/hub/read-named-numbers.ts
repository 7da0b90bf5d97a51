export interface NamedNumbersOptions<Name extends string> {
  /** The variable, for what does not fit. */
  readonly variable: string;
  readonly names: readonly Name[];
  readonly min: number;
  readonly faults: string[];
}

/** `name=number`, separated by commas; a name that is not there keeps its default. What does not fit is added to the faults. */
export function readNamedNumbers<Name extends string>(
  text: string,
  { variable, names, min, faults }: NamedNumbersOptions<Name>,
): ReadonlyMap<Name, number> {
  const numbers = new Map<Name, number>();
  if (text.trim() === '') return numbers;
  let isFit = true;
  for (const each of text.split(',')) {
    const [given = '', value = ''] = each.split('=').map((part) => part.trim());
    const name = names.find((known) => known === given);
    const number = Number(value);
    if (!name || numbers.has(name) || value === '' || !Number.isFinite(number) || number < min) isFit = false;
    else numbers.set(name, number);
  }
  if (isFit) return numbers;
  faults.push(
    `${variable} must be \`name=number\`, separated by commas, each of ${names.join(', ')} once, ${min} or more.`,
  );
  return new Map();
}
