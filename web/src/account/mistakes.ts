import { ApiError } from '../lib/graphql';

/** What a form says of a submission that failed: at its inputs, by their names, and about the whole. */
export interface Mistakes {
  inputs: Record<string, string>;
  whole: string;
}

/** What the API's words about a value follow: "The password" and "is shorter than 12 characters". */
const subjects: Record<string, string> = {
  loginName: 'The login name',
  displayName: 'The name',
  password: 'The password',
  repeated: 'The second password',
  code: 'The code',
  token: 'The link',
};

const wholes: Record<string, string> = {
  UNAUTHENTICATED: 'The login name or the password is wrong.',
  UNREACHABLE: 'The server does not answer. Try again in a moment.',
  UNAVAILABLE: 'The server cannot reach its database. Try again in a moment.',
  INTERNAL: 'Something went wrong on the server. Its log says what.',
};

function sentence(subject: string, words: string): string {
  return `${subject} ${words}.`;
}

function waiting(seconds: number): string {
  const time = seconds === 1 ? 'a second' : seconds < 100 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`;
  return `There were too many tries. Wait ${time}, then try again.`;
}

/** Says in words why a submission failed. Inputs are the names of those that the form shows. */
export function mistakesOf(error: unknown, inputs: string[]): Mistakes {
  const found: Mistakes = { inputs: {}, whole: '' };
  if (!(error instanceof ApiError)) {
    found.whole = 'Something went wrong on this page.';
    return found;
  }
  const others: string[] = [];
  for (const { path, message } of error.problems) {
    const name = path.filter((step) => typeof step === 'string').at(-1) ?? '';
    const words = sentence(subjects[name] ?? name, message);
    if (inputs.includes(name)) found.inputs[name] ??= words;
    else others.push(words);
  }
  if (others.length > 0) found.whole = others.join(' ');
  else if (error.code === 'RATE_LIMITED') found.whole = waiting(error.retryAfter);
  else if (error.problems.length === 0) found.whole = wholes[error.code] ?? sentence('The server says:', error.message);
  return found;
}
