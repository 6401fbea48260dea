// Apollo Server with DataLoader.
import { readFileSync } from "node:fs";
import { ApolloServer } from "@apollo/server";
import { startStandaloneServer } from "@apollo/server/standalone";
import DataLoader from "dataloader";
import { batches, roots, scalars, since } from "./clinic.mjs";

// The loaders of a request: one for each batch and what else it is asked with.
const loaders = () => {
  const made = new Map();
  return (name, ...rest) => {
    const key = [name, ...rest].join();
    if (!made.has(key)) made.set(key, new DataLoader((ids) => batches[name](ids, ...rest)));
    return made.get(key);
  };
};

const patient = (row, _, { load }) => load("patients").load(row.patientId);
const practitioner = (row, _, { load }) => row.practitionerId && load("practitioners").load(row.practitionerId);

const resolvers = {
  ...scalars,
  ...roots,
  Patient: {
    appointments: (p, { first }, { load }) => load("visitsOfPatients", first).load(p.id),
    medicalRecords: (p, { first }, { load }) => load("recordsOfPatients", first).load(p.id),
  },
  Practitioner: { appointments: (d, { first, where }, { load }) => load("visitsOfPractitioners", first, since(where)).load(d.id) },
  Appointment: { patient, practitioner },
  MedicalRecord: { patient, practitioner },
};

const typeDefs = readFileSync(new URL("schema.graphql", import.meta.url), "utf8");
const server = new ApolloServer({ typeDefs, resolvers, introspection: false, csrfPrevention: false });
await startStandaloneServer(server, {
  listen: { host: "127.0.0.1", port: Number(process.env.PORT) },
  context: async () => ({ load: loaders() }),
});
