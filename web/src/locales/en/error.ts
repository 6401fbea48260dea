export default {
  unreachable: 'The server does not answer. Nothing you typed is lost; it is tried again as soon as the server is back.',
  timedOut: 'The server took too long. Try again in a moment.',
  unavailable: 'The server cannot reach its database. Try again in a moment.',
  signedOut: 'Your session has ended. Sign in and try again.',
  forbidden: 'Your role may not do this.',
  changed: 'Somebody else changed this in the meantime. Look at it again before you save.',
  internal: 'Something went wrong on the server. Its log says what.',
  server: 'The server says: {message}.',
  wait: { one: 'That was too often. Wait a second, then try again.', other: 'That was too often. Wait {count} seconds, then try again.' },
  problem: '{subject} {words}.',
  mend: { one: 'This has to be mended', other: 'These {count} have to be mended' },
};
