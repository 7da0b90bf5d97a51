import { getNullableType, isEnumType, isListType, isNonNullType, isScalarType } from 'graphql';
import type { GraphQLOutputType } from 'graphql';
import type { JsonObject } from './merge-data.ts';
import { patternOf } from './pieces/answer-pattern.ts';
import type { FieldPlan, SelectionPlan } from './selection-plan.ts';

type CompileWriter = (selection: SelectionPlan) => (data: JsonObject) => string;

interface Place {
  /** The name of the value in the generated code. */
  readonly name: string;
  /** How many lists it is inside of. */
  readonly depth: number;
  /** The constant that writes an object. */
  readonly write: string | undefined;
  readonly field: FieldPlan;
}

/**
 * Code that appends values to the text `t` or leaves with the empty string. In scope are the object
 * `o`, the field's value `x`, the function `q` that quotes a string, the class `P` of pieces, the error
 * `e` for what is too large, and `constants` as `c0`,
 * `c1`, ...
 */
export class ValueCode {
  readonly constants: unknown[] = [];
  readonly #compileWriter: CompileWriter;
  readonly #charactersMax: number;

  constructor(compileWriter: CompileWriter, charactersMax: number) {
    this.#compileWriter = compileWriter;
    this.#charactersMax = charactersMax;
  }

  fieldValue(field: FieldPlan): string {
    if (field.refusal) return `return '';`;
    if (field.name === '__typename') return `t+=${JSON.stringify(JSON.stringify(field.typeName))};`;
    const write = field.selection && this.#constant(this.#compileWriter(field.selection));
    const value = this.#value(field.type, { name: 'x', depth: 0, write, field });
    return `x=o[${JSON.stringify(field.sourceKey)}];${this.#takePiece(field, value)}`;
  }

  /** A text that was found to be what is selected here is taken over; any other is read first. */
  #takePiece(field: FieldPlan, otherwise: string): string {
    const pattern = patternOf(field);
    if (pattern === undefined) return `if(x instanceof P)x=x.toValue();${otherwise}`;
    return `if(x instanceof P&&x.pattern===${this.#constant(pattern)})t+=x.text;else{if(x instanceof P)x=x.toValue();${otherwise}}`;
  }

  #value(type: GraphQLOutputType, place: Place): string {
    const { name } = place;
    const whenNull = isNonNullType(type) ? `return '';` : `if(${name}===undefined)return '';t+='null';`;
    return `if(${name}==null){${whenNull}}else{${this.#present(getNullableType(type), place)}}`;
  }

  #present(type: GraphQLOutputType, { name, depth, write, field }: Place): string {
    if (isListType(type)) {
      const [index, item] = [`i${depth}`, `x${depth}`];
      const inner = this.#value(type.ofType, { name: item, depth: depth + 1, write, field });
      return (
        `if(!Array.isArray(${name}))return '';t+='[';` +
        `for(let ${index}=0;${index}<${name}.length;${index}++){if(${index}>0)t+=',';` +
        `const ${item}=${name}[${index}];${inner}${this.#checkLength()}}t+=']';`
      );
    }
    if (write !== undefined) {
      return `if(typeof ${name}!=='object')return '';const r=${write}(${name});if(r==='')return '';t+=r;`;
    }
    return this.#leaf(type, name, field);
  }

  /** Each object writes a text of its own, which its list then adds to its own: a list is where texts grow. */
  #checkLength(): string {
    const max = this.#charactersMax;
    return max === Infinity ? '' : `if(t.length>${max})throw e(${max});`;
  }

  #leaf(type: GraphQLOutputType, name: string, { restrictedValues }: FieldPlan): string {
    const unless = (type_: string): string => `if(typeof ${name}!=='${type_}')return '';`;
    if (isEnumType(type)) {
      const check = restrictedValues ? `if(!${this.#constant(restrictedValues)}.has(${name}))return '';` : '';
      return `${unless('string')}${check}t+=q(${name});`;
    }
    switch (isScalarType(type) ? type.name : '') {
      case 'Int':
        return `if(${name}!==${name}>>0)return '';t+=${name};`;
      case 'Float':
        return `if(!Number.isFinite(${name}))return '';t+=${name};`;
      case 'Boolean':
        return `${unless('boolean')}t+=${name};`;
      case 'String':
        return `${unless('string')}t+=q(${name});`;
      case 'ID':
        return `if(typeof ${name}==='string')t+=q(${name});else if(Number.isSafeInteger(${name}))t+='"'+${name}+'"';else return '';`;
      default:
        return `t+=typeof ${name}==='string'?q(${name}):JSON.stringify(${name});`;
    }
  }

  #constant(value: unknown): string {
    this.constants.push(value);
    return `c${this.constants.length - 1}`;
  }
}
