import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { parseCLI, startVitest, type TestCase, type Vitest } from "vitest/node";
import { z } from "zod";

const root = join(import.meta.dirname, "..");
const help = `Runs the checks (types, lint, unused code) and then the tests.

  npm test                                 everything, on the embedded database
  npm test -- test/walls.test.ts           the checks and the tests of one file
  npm test -- -t "takes over"              the checks and the tests of that name
  npm test -- --retry 1                    a test that fails is tried once more, and named at the end
  npm test -- --require-shared             fails where ../shared is absent instead of skipping what needs it
  DATABASE_URL=postgres://… npm test       the contract suites on that server as well; each makes a database of its own and drops it

Options other than --require-shared and --help go to vitest (npx vitest --help).
It ends with 1 if a check or a test fails, or if no test ran. The last line counts a failed check as one failure.`;

interface Skipped {
  readonly test: string;
  readonly reason: string;
}

interface Results {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: readonly Skipped[];
  /** Tests that failed once and passed the second time. */
  readonly secondTry: readonly string[];
}

/** The commands of `npm run check`, each by itself, so that one that fails does not hide the next. */
function checks(): readonly string[] {
  const file = z.object({ scripts: z.object({ check: z.string() }) }).parse(JSON.parse(readFileSync(join(root, "package.json"), "utf8")));
  return file.scripts.check.split("&&").map((command) => command.trim());
}

function runCheck(command: string): boolean {
  console.info(`> ${command}`);
  const path = [join(root, "node_modules/.bin"), process.env["PATH"]].join(delimiter);
  return spawnSync(command, { cwd: root, shell: true, stdio: "inherit", env: { ...process.env, PATH: path } }).status === 0;
}

const nameOf = (test: TestCase) => `${test.module.relativeModuleId} > ${test.fullName}`;

/** Counts tests; a file that cannot be read and an error outside every test count as one failure each. */
function resultsOf(vitest: Vitest): Results {
  const modules = vitest.state.getTestModules();
  const tests = modules.flatMap((module) => [...module.children.allTests()]);
  const count = (state: string) => tests.filter((test) => test.result().state === state).length;
  const suites = modules.flatMap((module) => [module, ...module.children.allSuites()]);
  const outside = suites.filter((suite) => suite.errors().length > 0).length + vitest.state.getUnhandledErrors().length;
  const skipped = tests.flatMap((test) => {
    const result = test.result();
    if (result.state !== "skipped") return [];
    return [{ test: nameOf(test), reason: result.note ?? "no reason given" }];
  });
  const secondTry = tests.filter((test) => test.diagnostic()?.flaky === true).map(nameOf);
  return { passed: count("passed"), failed: count("failed") + outside, skipped, secondTry };
}

async function runTests(args: readonly string[]): Promise<Results> {
  const { filter, options } = parseCLI(["vitest", "run", ...args]);
  const vitest = await startVitest("test", filter, { ...options, root, watch: false });
  const results = resultsOf(vitest);
  await vitest.close();
  return results;
}

function report(failedChecks: readonly string[], results: Results): void {
  if (results.skipped.length > 0) console.info("\nSkipped:");
  for (const { test, reason } of results.skipped) console.info(`  ${test}: ${reason}`);
  if (results.secondTry.length > 0) console.info("\nFailed at first and passed the second time:");
  for (const test of results.secondTry) console.info(`  ${test}`);
  for (const command of failedChecks) console.info(`\nFailed check: ${command}`);
  if (results.passed + results.failed === 0) console.info("\nNo test ran.");
  console.info(`\n${results.passed} passed, ${results.failed + failedChecks.length} failed, ${results.skipped.length} skipped`);
}

const args = process.argv.slice(2);
if (args.includes("--help")) {
  console.info(help);
} else {
  if (args.includes("--require-shared")) process.env["STADTLOTSE_REQUIRE_SHARED"] = "1";
  const failedChecks = checks().filter((command) => !runCheck(command));
  const results = await runTests(args.filter((argument) => argument !== "--require-shared"));
  report(failedChecks, results);
  process.exit(failedChecks.length + results.failed > 0 || results.passed === 0 ? 1 : 0);
}
