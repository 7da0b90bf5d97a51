import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';
import type { ValueNode } from 'graphql';
import type { ErrorCode } from '../../schema/errors.ts';

const TEXT_LENGTH_MAX = 100;

interface TextScalar {
  readonly name: string;
  readonly isValid: (text: string) => boolean;
  /** Completes the sentence "... must be". */
  readonly form: string;
  readonly code?: ErrorCode;
  /** Values of other types that resolvers may return, as the text that is sent. */
  readonly print?: (value: unknown) => unknown;
}

/** The scalars that the hub checks. A scalar of the SDL that is not among them is left as it is. */
export const SCALARS: readonly GraphQLScalarType[] = [
  safeInteger(),
  textScalar({
    name: 'DateTime',
    isValid: isDateTime,
    form: 'a time of RFC 3339 with an offset, such as 2011-12-09T12:50:00.000Z',
    print: (value) => (value instanceof Date ? value.toISOString() : value),
  }),
  textScalar({ name: 'Date', isValid: isDate, form: 'a day of ISO 8601, such as 2011-12-09' }),
  textScalar({
    name: 'Quantity',
    isValid: isDecimal,
    form: 'a decimal number as a string, such as "2" or "0.5"',
    code: 'INVALID_QUANTITY',
  }),
  textScalar({
    name: 'ChangeCursor',
    isValid: (text) => /^[a-z]{2,20}:[0-9a-z]{6,32}\.\d{1,15}$/.test(text),
    form: 'a change cursor that this hub issued',
    code: 'MALFORMED_CURSOR',
  }),
  textScalar({
    name: 'CurrencyCode',
    isValid: (text) => /^[A-Z]{3}$/.test(text),
    form: 'an ISO 4217 code, such as GBP',
  }),
  textScalar({ name: 'Rate', isValid: isDecimal, form: 'a decimal number as a string, such as "0.2"' }),
];

function textScalar(scalar: TextScalar): GraphQLScalarType {
  const { name, isValid, print = (value) => value } = scalar;
  const parse = (value: unknown, node?: ValueNode): string => {
    if (typeof value === 'string' && value.length <= TEXT_LENGTH_MAX && isValid(value)) return value;
    throw refusal(scalar, value, node);
  };
  return new GraphQLScalarType({
    name,
    serialize: (value) => {
      const text = print(value);
      if (typeof text === 'string' && isValid(text)) return text;
      // A plain error, because a value that a resolver made wrong is our own fault and not the caller's.
      throw new TypeError(`A resolver gave ${name} a value that is not ${scalar.form}.`);
    },
    parseValue: (value) => parse(value),
    parseLiteral: (node) => parse(node.kind === Kind.STRING ? node.value : undefined, node),
  });
}

function safeInteger(): GraphQLScalarType {
  const name = 'SafeInteger';
  const form = 'an integer of at most 53 bits';
  const parse = (value: unknown, node?: ValueNode): number => {
    if (Number.isSafeInteger(value)) return value as number;
    throw refusal({ name, form }, value, node);
  };
  return new GraphQLScalarType({
    name,
    serialize: (value) => {
      if (Number.isSafeInteger(value)) return value;
      throw new TypeError(`A resolver gave ${name} a value that is not ${form}.`);
    },
    parseValue: (value) => parse(value),
    parseLiteral: (node) => parse(node.kind === Kind.INT ? Number(node.value) : undefined, node),
  });
}

function refusal(
  { name, form, code = 'BAD_USER_INPUT' }: Pick<TextScalar, 'name' | 'form' | 'code'>,
  value: unknown,
  node: ValueNode | undefined,
): GraphQLError {
  const shown = typeof value === 'string' ? ` "${value.slice(0, TEXT_LENGTH_MAX)}"` : '';
  return new GraphQLError(`${name}${shown} must be ${form}.`, {
    ...(node && { nodes: node }),
    extensions: { code, retryable: false, details: { scalar: name } },
  });
}

function isDecimal(text: string): boolean {
  return /^-?\d{1,15}(\.\d{1,9})?$/.test(text);
}

function isDate(text: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!match) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

function isDateTime(text: string): boolean {
  const match = /^(\d{4}-\d{2}-\d{2})[Tt](\d{2}:\d{2}:\d{2})(\.\d{1,9})?([Zz]|[+-]\d{2}:\d{2})$/.exec(text);
  return match !== null && isDate(match[1] ?? '') && !Number.isNaN(Date.parse(text));
}
