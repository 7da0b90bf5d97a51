import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { parse } from 'csv-parse';
import { Refusal } from '../../kernel/model/errors.ts';
import { messageOfCells } from './message-of-cells.ts';

/** One line of a file as a message, or why it is none. */
export type FileLine =
  { readonly line: number; readonly value: unknown } | { readonly line: number; readonly reason: string };

/** The lines of a file of JSON lines, or the rows of one of CSV, one after the other. */
export function readLines(path: string, { lineBytesMax }: { readonly lineBytesMax: number }): AsyncIterable<FileLine> {
  return /\.csv$/i.test(path) ? readCsv(path, lineBytesMax) : readJsonLines(path, lineBytesMax);
}

async function* readJsonLines(path: string, lineBytesMax: number): AsyncGenerator<FileLine> {
  const input = createReadStream(path, { encoding: 'utf8' });
  let line = 0;
  for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    line++;
    if (text.trim() === '') continue;
    if (text.length > lineBytesMax) yield { line, reason: `The line is longer than ${lineBytesMax} characters.` };
    else yield parsed(line, text);
  }
}

function parsed(line: number, text: string): FileLine {
  try {
    return { line, value: JSON.parse(text) };
  } catch {
    return { line, reason: 'The line is not JSON.' };
  }
}

/** Rows are told by the number of the line that they end on; the header is the first. */
async function* readCsv(path: string, lineBytesMax: number): AsyncGenerator<FileLine> {
  const parser = createReadStream(path).pipe(
    parse({ bom: true, relax_column_count: true, skip_empty_lines: true, info: true, max_record_size: lineBytesMax }),
  );
  let header: readonly string[] | undefined;
  for await (const row of parser as AsyncIterable<{ record: readonly string[]; info: { lines: number } }>) {
    const { record, info } = row;
    if (!header) header = record.map((name) => name.trim());
    else yield rowOf(info.lines, { header, record });
  }
}

function rowOf(
  line: number,
  row: { readonly header: readonly string[]; readonly record: readonly string[] },
): FileLine {
  try {
    return { line, value: messageOfCells(row) };
  } catch (error) {
    if (error instanceof Refusal) return { line, reason: error.message };
    throw error;
  }
}
