// Runs a server in as many processes as WORKERS says, which share a port: node cluster.mjs ./apollo.mjs
import cluster from "node:cluster";

if (cluster.isPrimary) {
  for (let n = 0; n < Number(process.env.WORKERS); n++) cluster.fork();
  cluster.on("exit", () => process.exit(1));
} else {
  await import(process.argv[2]);
}
