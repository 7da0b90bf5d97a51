/** What one operation may ask for. Every limit counts what a client sends, before anything is planned or run. */
export interface OperationLimits {
  /** Bytes of the document's text in UTF-8. */
  readonly documentBytesMax: number;
  /** Lexical tokens of the document; bounds the cost of parsing and validation. */
  readonly tokensMax: number;
  /** Nesting of fields, fragments expanded; a field of the root has depth 1. */
  readonly depthMax: number;
  /** Fields under a name of the client's own, fragments expanded. */
  readonly aliasesMax: number;
  /** Fields of the root, fragments expanded. */
  readonly rootFieldsMax: number;
  /** All fields, fragments expanded; a small document can mean a very large operation. */
  readonly fieldsMax: number;
}

export const DEFAULT_OPERATION_LIMITS: OperationLimits = {
  documentBytesMax: 65_536,
  tokensMax: 5_000,
  depthMax: 20,
  aliasesMax: 100,
  rootFieldsMax: 30,
  fieldsMax: 2_000,
};
