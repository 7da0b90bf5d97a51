import { Refusal } from '../../model/errors.ts';

/** @throws {Refusal} LIMIT_EXCEEDED */
export function assertDocumentFits(
  body: string,
  { name, id, documentBytesMax }: { readonly name: string; readonly id: string; readonly documentBytesMax: number },
): void {
  const bytes = Buffer.byteLength(body);
  if (bytes <= documentBytesMax) return;
  throw new Refusal('LIMIT_EXCEEDED', `${name} ${id} has ${bytes} bytes, more than ${documentBytesMax}.`, {
    limit: 'documentBytesMax',
    documentBytesMax,
    bytes,
  });
}
