// Mercurius with its own loaders, its cache of documents, and queries compiled from their first run on.
import { readFileSync } from "node:fs";
import Fastify from "fastify";
import mercurius from "mercurius";
import { batches, roots, scalars, since } from "./clinic.mjs";

// All of one loader's calls come with the arguments of the same field.
const ofObjects = (batch, rest) => (calls) => batch(calls.map(({ obj }) => obj.id), ...rest(calls[0].params));
const ofKey = (batch, column) => (calls) => batch(calls.map(({ obj }) => obj[column]));

const patient = ofKey(batches.patients, "patientId");
const practitioner = ofKey(batches.practitioners, "practitionerId");

const app = Fastify();
app.register(mercurius, {
  schema: readFileSync(new URL("schema.graphql", import.meta.url), "utf8"),
  resolvers: { ...scalars, ...roots },
  loaders: {
    Patient: {
      appointments: ofObjects(batches.visitsOfPatients, ({ first }) => [first]),
      medicalRecords: ofObjects(batches.recordsOfPatients, ({ first }) => [first]),
    },
    Practitioner: { appointments: ofObjects(batches.visitsOfPractitioners, ({ first, where }) => [first, since(where)]) },
    Appointment: { patient, practitioner },
    MedicalRecord: { patient, practitioner },
  },
  cache: true,
  jit: 1,
});
await app.listen({ host: "127.0.0.1", port: Number(process.env.PORT) });
