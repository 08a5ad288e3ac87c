import { openEmbedded } from "../../src/database/embedded.ts";
import { openServer } from "../../src/database/server.ts";
import { openTelling } from "../review/publications/fixtures.ts";

/** A process that tells those who asked until nobody is left; `where` is a server's address or a folder. Writes a point for each step and says when it is done. */
const [where = ""] = process.argv.slice(2);
const database = where.startsWith("postgres") ? openServer(where, { connections: 2 }) : await openEmbedded({ folder: where });
const { worker } = openTelling(database.db);
let more = true;
while (more) {
  more = await worker.step();
  process.stdout.write(".");
}
process.stdout.write("done\n");
await database.close();
