/** What the editor holds at first: an operation that works on an empty clinic as well as on a full one. */
export const defaultQuery = `# Five patients, each with the three latest appointments.
# Ctrl+Enter runs it, Ctrl+Space offers what may stand here.
query Patients {
  patients(first: 5) {
    nodes {
      id
      mrn
      displayName
      birthDate
      age
      appointments(
        first: 3
        orderBy: [{field: STARTS_AT, direction: DESC}]
      ) {
        nodes {
          startsAt
          status
          reason
          practitioner {
            displayName
            specialty
          }
        }
      }
    }
  }
}
`;
