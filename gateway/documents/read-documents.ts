import { Kind, parse, print, separateOperations } from 'graphql';
import type { DocumentNode, FragmentDefinitionNode } from 'graphql';
import { sha256 } from '../planner/open-planner.ts';
import type { RegisteredOperation } from './document-manifest.ts';

/** A file with operations, fragments, or both. */
export interface DocumentFile {
  readonly path: string;
  readonly text: string;
}

export interface ReadDocuments {
  readonly operations: readonly RegisteredOperation[];
  /** What is wrong with which file. */
  readonly faults: readonly string[];
}

/**
 * The operations of some files, one document each with the fragments that it uses, which may stand in any of the files.
 * A file that is one whole document already is taken letter by letter, so that a client can hash what it has.
 */
export function readDocuments(files: readonly DocumentFile[]): ReadDocuments {
  const faults: string[] = [];
  const parsed = files.flatMap((file) => {
    try {
      return [{ ...file, document: parse(file.text, { noLocation: true }) }];
    } catch (error) {
      faults.push(`${file.path}: ${(error as Error).message}`);
      return [];
    }
  });
  const fragments = collectFragments(parsed, faults);
  const operations = parsed.flatMap((file) => operationsOf(file, fragments, faults));
  return { operations, faults };
}

interface ParsedFile extends DocumentFile {
  readonly document: DocumentNode;
}

function collectFragments(files: readonly ParsedFile[], faults: string[]): readonly FragmentDefinitionNode[] {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const { path, document } of files) {
    for (const definition of document.definitions) {
      if (definition.kind !== Kind.FRAGMENT_DEFINITION) continue;
      const name = definition.name.value;
      if (fragments.has(name)) faults.push(`${path}: the fragment ${name} stands in another file as well.`);
      fragments.set(name, definition);
    }
  }
  return [...fragments.values()];
}

function operationsOf(
  { path, text, document }: ParsedFile,
  fragments: readonly FragmentDefinitionNode[],
  faults: string[],
): readonly RegisteredOperation[] {
  const own = document.definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  const whole = separateOperations({ kind: Kind.DOCUMENT, definitions: [...own, ...fragments] });
  return Object.values(whole).flatMap((each) => {
    const [operation] = each.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
    if (!operation?.name) {
      faults.push(`${path}: an operation needs a name to be known by.`);
      return [];
    }
    const isAsWritten = own.length === 1 && each.definitions.length === document.definitions.length;
    const body = isAsWritten ? text : print(each);
    return [{ id: sha256(body), name: operation.name.value, type: operation.operation, body }];
  });
}
