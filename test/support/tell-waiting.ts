import { openEmbedded } from "../../src/database/embedded.ts";
import { openServer } from "../../src/database/server.ts";
import { openProcess, placesAt } from "../catalogue/watches/fixtures.ts";

/** A process that tells those who wait until nothing is due; `where` is a server's address or a folder. Writes a point for each step and says when it is done. */
const [where = "", offers = "0"] = process.argv.slice(2);
const database = where.startsWith("postgres") ? openServer(where, { connections: 2 }) : await openEmbedded({ folder: where });
const { worker } = openProcess(
  database.db,
  Array.from({ length: Number(offers) }, (_, index) => placesAt(`kita-${index}`, 5)),
);
let more = true;
while (more) {
  more = await worker.step();
  process.stdout.write(".");
}
process.stdout.write("done\n");
await database.close();
