import type { Response } from 'undici';

/** An empty line ends an event. */
const ENDS = ['\n\n', '\n\r\n', '\r\r'];
const END_BYTES_MAX = 3;

/** The same response, whose body fails when more than `eventBytesMax` have come of an event that has not ended. */
export function boundEvents(response: Response, eventBytesMax: number): globalThis.Response {
  let unfinishedBytes = 0;
  let tail = '';
  const bound = new TransformStream<Uint8Array, Uint8Array>({
    transform: (chunk, controller) => {
      const text = tail + Buffer.from(chunk).toString('latin1');
      const end = Math.max(...ENDS.map((each) => text.lastIndexOf(each)));
      unfinishedBytes = end === -1 ? unfinishedBytes + chunk.length : text.length - end;
      tail = text.slice(1 - END_BYTES_MAX);
      if (unfinishedBytes > eventBytesMax) controller.error(new Error('An event is too long.'));
      else controller.enqueue(chunk);
    },
  });
  const { status, statusText, body } = response;
  const headers = [...response.headers];
  const bounded = body && (body as unknown as ReadableStream<Uint8Array>).pipeThrough(bound);
  return new globalThis.Response(bounded, { status, statusText, headers });
}
