import { ApiError } from '../lib/graphql';
import type { FileFormat } from './save-file';

/** Counts the rows in the bytes of a file as they come. A line break within quotes ends no row of CSV. */
export function rowCounter(format: FileFormat) {
  let lines = 0;
  let isQuoted = false;
  return {
    add(bytes: Uint8Array) {
      for (const byte of bytes) {
        if (byte === 0x22 && format === 'csv') isQuoted = !isQuoted;
        else if (byte === 0x0a && !isQuoted) lines++;
      }
    },
    /** Without the line that names the columns. */
    get rows() {
      return format === 'csv' ? Math.max(lines - 1, 0) : lines;
    },
  };
}

interface Options {
  signal: AbortSignal;
  /** Told, as they come, how many rows there are. */
  onRows: (count: number) => void;
}

/** Why there is no file: what the server says in GraphQL's way, or what its status means. */
async function refusalOf(response: Response): Promise<ApiError> {
  const answer = await response.json().catch(() => null);
  const { message = String(response.status), extensions = {} } = answer?.errors?.[0] ?? {};
  const byStatus: Record<number, string> = { 401: 'UNAUTHENTICATED', 403: 'FORBIDDEN', 429: 'RATE_LIMITED', 503: 'UNAVAILABLE' };
  return new ApiError(extensions.code ?? byStatus[response.status] ?? '', message, [], Number(response.headers.get('retry-after')) || extensions.retryAfter);
}

/**
 * Loads a whole file, and resolves with its pieces and how many rows it has. It rejects with an ApiError: of the API, with
 * UNREACHABLE, or with BROKEN_OFF when it ended before its end.
 */
export async function load(address: string, format: FileFormat, { signal, onRows }: Options): Promise<{ pieces: BlobPart[]; rows: number }> {
  const response = await fetch(address, { signal }).catch((error: unknown) => {
    throw signal.aborted ? error : new ApiError('UNREACHABLE', '');
  });
  if (!response.ok || !response.body) throw await refusalOf(response);
  const counter = rowCounter(format);
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  const reader = response.body.getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      pieces.push(next.value);
      counter.add(next.value);
      onRows(counter.rows);
    }
  } catch (error) {
    throw signal.aborted ? error : new ApiError('BROKEN_OFF', '');
  }
  return { pieces, rows: counter.rows };
}
