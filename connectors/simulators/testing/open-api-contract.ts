import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';

/** What an OpenAPI 3.0 document says of one operation. */
interface Operation {
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
    readonly schema?: Schema;
  }[];
  readonly requestBody?: Content;
  readonly responses: Readonly<Record<string, Content>>;
}

interface Content {
  readonly content?: { readonly 'application/json'?: { readonly schema: Schema } };
}

interface Schema {
  readonly $ref?: string;
  readonly [keyword: string]: unknown;
}

interface OpenApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

type Direction = 'request' | 'answer';

const REFERENCE = '#/components/schemas/';

/**
 * A vendor's OpenAPI 3.0 document as a judge of what is said over its API. The vendor leaves its objects open; here each
 * object is closed, so that a misspelt optional member is a fault like a missing required one. Of requests, members that
 * only the vendor may write are faults as well.
 */
export class OpenApiContract {
  readonly #document: OpenApiDocument;
  readonly #validators = new Map<string, ValidateFunction>();
  readonly #ajv: Readonly<Record<Direction, Ajv>>;

  constructor(document: OpenApiDocument) {
    this.#document = document;
    this.#ajv = { request: this.#createAjv('request'), answer: this.#createAjv('answer') };
  }

  static read(file: string): OpenApiContract {
    return new OpenApiContract(JSON.parse(readFileSync(file, 'utf8')) as OpenApiDocument);
  }

  /** Whether the document has an operation; the path in its own words, such as `/v2/orders/{order_id}`. */
  has(method: string, path: string): boolean {
    return this.#find(method, path) !== undefined;
  }

  /** What is wrong with a request: its parameters and its body, which is undefined where there is none. */
  faultsOfRequest(
    operation: { readonly method: string; readonly path: string },
    request: { readonly query: URLSearchParams; readonly body: unknown },
  ): readonly string[] {
    const { parameters = [], requestBody } = this.#operation(operation);
    const declared = new Map(parameters.filter((each) => each.in === 'query').map((each) => [each.name, each]));
    const faults = [...request.query].flatMap(([name, value]) => {
      const parameter = declared.get(name);
      if (!parameter) return [`?${name} is no parameter`];
      return this.#faults('request', parameter.schema ?? {}, valueOf(value, this.#resolved(parameter.schema))).map(
        (fault) => `?${name}${fault}`,
      );
    });
    for (const { name, required } of declared.values()) {
      if (required === true && !request.query.has(name)) faults.push(`?${name} is missing`);
    }
    const schema = requestBody?.content?.['application/json']?.schema;
    if (schema) faults.push(...this.#faults('request', schema, request.body));
    else if (request.body !== undefined) faults.push('a body where none is taken');
    return faults;
  }

  /** What is wrong with the body of an answer. Errors are told in the same schema as success. */
  faultsOfAnswer(operation: { readonly method: string; readonly path: string }, body: unknown): readonly string[] {
    const schema = this.#operation(operation).responses['200']?.content?.['application/json']?.schema;
    return schema ? this.#faults('answer', schema, body) : ['no schema of an answer'];
  }

  /** As faultsOfAnswer, for a document that says of each status what is told, and of some that nothing is. */
  faultsOfStatus(
    operation: { readonly method: string; readonly path: string },
    { status, body }: { readonly status: number; readonly body: unknown },
  ): readonly string[] {
    const response = this.#operation(operation).responses[String(status)];
    if (!response) return [`${status} is none of its answers`];
    const schema = response.content?.['application/json']?.schema;
    if (schema) return this.#faults('answer', schema, body);
    return body === undefined ? [] : ['a body where none is told'];
  }

  /** What is wrong with something else that is said in the vendor's words, such as an object of a webhook. */
  faultsOf(schema: object, body: unknown): readonly string[] {
    return this.#faults('answer', schema as Schema, body);
  }

  #faults(direction: Direction, schema: Schema, value: unknown): readonly string[] {
    const key = `${direction} ${JSON.stringify(schema)}`;
    const validate = this.#validators.get(key) ?? this.#compile(direction, schema);
    this.#validators.set(key, validate);
    if (validate(value)) return [];
    return (validate.errors ?? []).map(({ instancePath, message, params }) => {
      const { additionalProperty } = params as { readonly additionalProperty?: string };
      return `${instancePath} ${message ?? ''}${additionalProperty === undefined ? '' : `: ${additionalProperty}`}`;
    });
  }

  #compile(direction: Direction, schema: Schema): ValidateFunction {
    return this.#ajv[direction].compile(this.#closed(schema, direction) as object);
  }

  #createAjv(direction: Direction): Ajv {
    // A reference may stand beside an annotation, which is no mistake of this code.
    const ajv = new Ajv({ allErrors: true, strict: true, strictTypes: false, allowUnionTypes: true });
    addFormats.default(ajv);
    const schemas = Object.entries(this.#document.components.schemas).map(
      ([name, schema]) => [name, this.#closed(schema, direction)] as const,
    );
    ajv.addSchema({ $id: 'vendor', $defs: Object.fromEntries(schemas) });
    return ajv;
  }

  /** As JSON Schema: objects closed, `nullable` in words that JSON Schema knows, references into the closed schemas. */
  #closed(schema: Schema, direction: Direction): unknown {
    const { nullable, readOnly: _, $ref, properties, items, additionalProperties, required, ...rest } = schema;
    const members = Object.entries((properties ?? {}) as Readonly<Record<string, Schema>>).filter(
      ([, each]) => direction === 'answer' || each['readOnly'] !== true,
    );
    const names = new Set(members.map(([name]) => name));
    const inner = (each: unknown): unknown => this.#closed(each as Schema, direction);
    const closed: Record<string, unknown> =
      $ref === undefined
        ? {
            // Annotations of the vendor's own mean nothing here.
            ...Object.fromEntries(Object.entries(rest).filter(([keyword]) => !keyword.startsWith('x-'))),
            ...(properties !== undefined && {
              properties: Object.fromEntries(members.map(([name, each]) => [name, inner(each)])),
            }),
            ...(Array.isArray(required) && { required: required.filter((name: string) => names.has(name)) }),
            ...(items !== undefined && { items: inner(items) }),
            ...(typeof additionalProperties === 'object'
              ? { additionalProperties: inner(additionalProperties) }
              : properties !== undefined && { additionalProperties: false }),
          }
        : { $ref: $ref.replace(REFERENCE, 'vendor#/$defs/') };
    return nullable === true ? { anyOf: [closed, { type: 'null' }] } : closed;
  }

  #resolved(schema: Schema = {}): Schema {
    const { $ref } = schema;
    return $ref === undefined ? schema : (this.#document.components.schemas[$ref.replace(REFERENCE, '')] ?? {});
  }

  #operation({ method, path }: { readonly method: string; readonly path: string }): Operation {
    const operation = this.#find(method, path);
    if (!operation) throw new Error(`The contract has no ${method} ${path}.`);
    return operation;
  }

  #find(method: string, path: string): Operation | undefined {
    return this.#document.paths[path]?.[method.toLowerCase()];
  }
}

/** A query says everything in text. */
function valueOf(text: string, { type }: Schema): unknown {
  if (type === 'array') return text.split(',');
  if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
  if ((type === 'integer' || type === 'number') && text !== '' && !Number.isNaN(Number(text))) return Number(text);
  return text;
}
