/** A request to copy into a terminal, addressed to the server that shows it. */
export function FirstRequest() {
  return (
    <section className="request" aria-labelledby="first-request">
      <h2 id="first-request">From a terminal</h2>
      {/* A keyboard reaches what a narrow window hides only if the scrolling block takes the focus. */}
      <pre tabIndex={0}>
        <code>
          {`curl ${location.origin}/graphql \\
  -H 'Content-Type: application/json' \\
  -d '{"query": "{ __typename }"}'`}
        </code>
      </pre>
    </section>
  );
}
