/** One rule that one value of an input breaks, with words that follow the value's name: "is shorter than …". */
export interface Problem {
  path: (string | number)[];
  code: string;
  message: string;
}

interface Answer {
  data?: unknown;
  errors?: { message: string; extensions?: { code?: string; fields?: Problem[]; retryAfter?: number } }[];
}

/** Why there is no answer: a code of the API, or UNREACHABLE when the server says nothing that can be read. */
export class ApiError extends Error {
  override name = 'ApiError';

  constructor(
    readonly code: string,
    message: string,
    readonly problems: Problem[] = [],
    /** In seconds, with RATE_LIMITED. */
    readonly retryAfter = 0,
    /** All that the API says besides, such as `candidates` and `nextFree`. */
    readonly details: Record<string, unknown> = {},
  ) {
    super(message);
  }
}

/** Codes that leave open whether something was done: the same may be asked again. */
export const leftOpen: readonly string[] = ['UNREACHABLE', 'UNAVAILABLE', 'TIMED_OUT', 'INTERNAL'];

const patience = 30_000;

/** What a request with a session's cookie has to carry: no page of another site can send it. */
export const ownHeaders = { 'GraphQL-Require-Preflight': '1' };

async function post(query: string, variables: object): Promise<Response> {
  try {
    return await fetch('/graphql', {
      method: 'POST',
      headers: {
        ...ownHeaders,
        Accept: 'application/graphql-response+json',
        // What the server says in several languages comes in that of the page.
        'Accept-Language': document.documentElement.lang || 'en',
        'Content-Type': 'application/json',
      },
      body: JSON.stringify({ query, variables }),
      signal: AbortSignal.timeout(patience),
    });
  } catch {
    throw new ApiError('UNREACHABLE', 'the server does not answer');
  }
}

/**
 * Runs one operation as whoever is signed in and returns its data; rejects with an ApiError when there is any error.
 * With 401 nothing was run, and a cookie that is no longer good was taken away: once more, then, without it.
 */
export async function request<Data>(document: string, variables: object = {}): Promise<Data> {
  let response = await post(document, variables);
  if (response.status === 401) response = await post(document, variables);
  const answer: Answer | null = await response.json().catch(() => null);
  const [first] = answer?.errors ?? [];
  if (first) {
    const problems = answer?.errors?.flatMap((error) => error.extensions?.fields ?? []) ?? [];
    throw new ApiError(first.extensions?.code ?? '', first.message, problems, first.extensions?.retryAfter, first.extensions);
  }
  if (!answer?.data) throw new ApiError('UNREACHABLE', `the server answers ${response.status} without data`);
  return answer.data as Data;
}
