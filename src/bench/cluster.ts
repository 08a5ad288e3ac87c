import { execFile } from "node:child_process";
import { chown, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { AppError, messageOf } from "../core/errors.ts";
import { findFreePort } from "./free-port.ts";

/** A PostgreSQL server of a benchmark's own, which it may crash. */
export interface Cluster {
  readonly url: string;
  /** Of the process whose children are the server's. */
  pid(): Promise<number>;
  /** Ends it without any goodbye and starts it again; resolves when it answers, after its recovery. */
  crash(): Promise<void>;
  stop(): Promise<void>;
}

const debianPrograms = "/usr/lib/postgresql";
const startWithinSeconds = 30;
const postgresUser = "postgres";
const settings = ["listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=100", "log_min_messages=fatal"];

const run = promisify(execFile);

/** Where initdb and pg_ctl lie: the newest of Debian's folders. */
async function findPrograms(): Promise<string> {
  const versions = await readdir(debianPrograms).catch(() => []);
  const [newest] = versions.map(Number).sort((a, b) => b - a);
  if (newest === undefined || Number.isNaN(newest))
    throw new AppError("USAGE", `This needs PostgreSQL's own programs in ${debianPrograms}. On Debian: apt-get install postgresql`);
  return join(debianPrograms, String(newest), "bin");
}

/** PostgreSQL refuses to run as root; then its programs run as the user that Debian makes for it. */
function createRunner(programs: string): (program: string, args: readonly string[]) => Promise<void> {
  const isRoot = process.getuid?.() === 0;
  return async (program, args) => {
    const path = join(programs, program);
    const [command, ...rest] = isRoot ? ["runuser", "-u", postgresUser, "--", path, ...args] : [path, ...args];
    try {
      await run(command ?? path, rest, { cwd: "/" });
    } catch (cause) {
      throw new AppError("USAGE", `${program} failed: ${messageOf(cause)}`, { cause });
    }
  };
}

/** The user that owns a cluster's folder. */
async function giveToPostgres(folder: string): Promise<void> {
  if (process.getuid?.() !== 0) return;
  const { stdout } = await run("id", ["-u", postgresUser]);
  await chown(folder, Number(stdout), -1);
}

/** Makes a cluster in a temporary folder on a free port of loopback and starts it. Throws USAGE where PostgreSQL is not installed. */
export async function startCluster(): Promise<Cluster> {
  const runProgram = createRunner(await findPrograms());
  const folder = await mkdtemp(join(tmpdir(), "stadtlotse-cluster-"));
  await giveToPostgres(folder);
  const data = join(folder, "data");
  const port = await findFreePort();
  const control = (...args: readonly string[]) => runProgram("pg_ctl", ["-D", data, "-w", "-t", String(startWithinSeconds), ...args]);
  const options = [`port=${port}`, ...settings].map((setting) => `-c ${setting}`).join(" ");
  const start = () => control("-l", join(folder, "log"), "-o", options, "start");
  await runProgram("initdb", ["-D", data, "-A", "trust", "-U", postgresUser, "-E", "UTF8", "--locale=C.UTF-8"]);
  await start();
  return {
    url: `postgres://${postgresUser}@127.0.0.1:${port}/postgres`,
    pid: async () => Number((await readFile(join(data, "postmaster.pid"), "utf8")).split("\n")[0]),
    crash: async () => {
      await control("-m", "immediate", "stop");
      await start();
    },
    stop: async () => {
      await control("-m", "immediate", "stop");
      await rm(folder, { recursive: true, force: true });
    },
  };
}
