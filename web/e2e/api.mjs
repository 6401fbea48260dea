// Questions to the API beside the pages, as whoever is signed in on one: as another window or another desk of theirs would.

/** The whole answer, errors too. */
export async function answerTo(page, query, variables = {}) {
  return page.evaluate(
    async (body) => {
      const headers = { 'Content-Type': 'application/json', 'GraphQL-Require-Preflight': '1' };
      return (await fetch('/graphql', { method: 'POST', headers, body })).json();
    },
    JSON.stringify({ query, variables }),
  );
}

/** The data of an answer without errors. */
export async function ask(page, query, variables) {
  const { data, errors } = await answerTo(page, query, variables);
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
}
