// PostGraphile with the preset that its documentation starts from, filters and short names, as it is run in production.
import { createServer } from "node:http";
import { PgSimplifyInflectionPreset } from "@graphile/simplify-inflection";
import { postgraphile } from "postgraphile";
import { makePgService } from "postgraphile/adaptors/pg";
import { grafserv } from "postgraphile/grafserv/node";
import { PostGraphileAmberPreset } from "postgraphile/presets/amber";
import { pgSmartTags } from "postgraphile/utils";
import { PostGraphileConnectionFilterPreset } from "postgraphile-plugin-connection-filter";

// Of all tables these are shown.
const shown = ["patients", "practitioners", "appointments", "medical_records"];
const nothing = { behavior: "-*" };
const OnlyTheClinic = pgSmartTags([
  { kind: "class", match: (table) => !shown.includes(table.relname), tags: nothing },
  { kind: "attribute", match: (column) => column.attname === "row_id", tags: { name: "rowOf" } }, // else it is called like all ids
  { kind: "attribute", match: "appointments.status", tags: { behavior: "+attribute:filterBy" } }, // though no index has it
  { kind: "procedure", match: () => true, tags: nothing },
]);

const instance = postgraphile({
  extends: [PostGraphileAmberPreset, PgSimplifyInflectionPreset, PostGraphileConnectionFilterPreset],
  plugins: [OnlyTheClinic],
  pgServices: [
    makePgService({ connectionString: process.env.DATABASE_URL, schemas: ["public"], poolConfig: { max: Number(process.env.POOL), min: 2 } }),
  ],
  grafserv: { graphqlPath: "/graphql", graphiql: false, graphiqlOnGraphQLGET: false, watch: false },
  grafast: { explain: false },
});
if (process.env.PRINT_SCHEMA) {
  const { printSchema } = await import("graphql");
  console.log(printSchema(await instance.getSchema()));
  process.exit();
}
const server = createServer();
await instance.createServ(grafserv).addTo(server);
server.listen(Number(process.env.PORT), "127.0.0.1");
