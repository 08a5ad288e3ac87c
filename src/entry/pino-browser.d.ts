/** pino's part for platforms without files and threads has no types of its own. */
declare module "pino/browser" {
  export { pino } from "pino";
}
