const ERROR_CHARACTERS_MAX = 2_000;

/** An error in a few words for a log or a dead letter. */
export function errorText(error: unknown): string {
  const { name, message } = (error ?? {}) as { name?: unknown; message?: unknown };
  const text = typeof message === 'string' ? `${String(name)}: ${message}` : String(error);
  return text.slice(0, ERROR_CHARACTERS_MAX);
}
